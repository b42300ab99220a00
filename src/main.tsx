// Draws the page. The simulation's chunk is asked for at the same time, so that both arrive together.
import { createRoot } from 'react-dom/client';
import { loadCore } from './session/host/index.ts';
import { App } from './ui/App.tsx';
import './ui/tokens.css';

void loadCore();
createRoot(document.getElementById('root')!).render(<App />);
