// The lab in the frame: draws it, and hands back what the host may do with it once it is open. A chunk of its own, fetched when wanted.
import { createRoot } from 'react-dom/client';
import { loadStart, prefetch, type Sitting } from '../../session/host/index.ts';
import { request, useUi } from '../../ui/store.ts';
import type { Language, Theme } from '../embed.d.ts';
import { actions, type Actions } from './actions.ts';
import type { Bridge } from './bridge.ts';
import { Frame } from './Frame.tsx';
import type { Parameters } from './parameters.ts';
import { report } from './report.ts';

void loadStart();
void prefetch('front', request.lab, request.seed);

/** Opens the lab; resolves when its first prompt stands. */
export async function run(root: HTMLElement, parameters: Parameters, look: { readonly language: Language; readonly theme: Theme }, tell: Bridge['tell']): Promise<Actions> {
  const { lab, hints, solution, hide, cmd } = parameters;
  useUi.setState({ ...look, pane: parameters.layout === 'tabs' ? 'task' : 'terminal', filesShown: false, offers: { hints: hints === 'on', solution, reset: !hide.has('reset') } });
  root.replaceChildren();
  createRoot(root).render(<Frame parameters={parameters} onHeight={(height) => tell('resize', { lab, task: useUi.getState().progress.shown + 1, height })} />);
  try {
    const sitting = await opened();
    await firstPrompt(sitting);
    if (cmd !== '') sitting.type(cmd);
    report(tell);
    return actions();
  } catch (error) {
    tell('error', { lab, task: 0, message: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

/** The sitting that the terminal's pane opens once it knows its size. */
function opened(): Promise<Sitting> {
  return new Promise((resolve, reject) => {
    const stop = useUi.subscribe(({ opened, failure }) => {
      if (failure === null && !opened) return;
      stop();
      if (opened) resolve(opened.sitting);
      else reject(new Error(failure ?? ''));
    });
  });
}

function firstPrompt(sitting: Sitting): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!sitting.shellWaits || sitting.transcript() === '') return;
      stop();
      resolve();
    };
    const stop = sitting.subscribe(look);
    look();
  });
}
