// Draws the page. The simulation's chunk and what the lab opens with are asked for at the same time, so that all arrive together.
import { createRoot } from 'react-dom/client';
import { loadStart, prefetch } from './session/host/index.ts';
import { App } from './ui/App.tsx';
import { request } from './ui/store.ts';
import './ui/tokens.css';

void loadStart();
if (!request.home) void prefetch('front', request.lab, request.seed);
createRoot(document.getElementById('root')!).render(<App />);
