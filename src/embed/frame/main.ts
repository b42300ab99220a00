// The frame's page. It draws a cover and listens; the lab itself is fetched when it is wanted: on a click, once it is seen, at once, or
// when the host calls for it.
import { readPreferences } from '../../ui/settings.ts';
import '../../ui/tokens.css';
import type { Language, Theme } from '../embed.d.ts';
import { here, type Argument, type Call } from '../protocol.ts';
import { Bridge } from './bridge.ts';
import { Cover } from './cover.ts';
import type { Actions } from './actions.ts';
import { readParameters } from './parameters.ts';
import { labNames } from './titles.ts';

const query = new URLSearchParams(location.search);
const { parameters, complaints } = readParameters(query, labNames);
for (const complaint of complaints) console.warn(complaint);

const root = document.getElementById('root')!;
const cover = new Cover(root, parameters.lab, readPreferences(query), () => void start());
let running: Promise<Actions> | undefined;

const bridge = window.parent === window || parameters.host === null ? null : new Bridge({
  host: window.parent, origin: parameters.host, nonce: location.hash.slice(1), perform,
  welcomed: () => bridge!.tell('ready', { lab: parameters.lab, task: Number(query.get('task')) || 1, lang: cover.language }),
});
if (bridge) {
  window.addEventListener('message', (event) => bridge.hear(event));
  // A page without an origin cannot be addressed by it; what is said here is no secret.
  window.parent.postMessage(here, parameters.host === 'null' ? '*' : parameters.host!);
}

function start(): Promise<Actions> {
  cover.wait();
  running ??= import('./app.tsx').then(({ run }) => run(root, parameters, { language: cover.language, theme: cover.theme }, bridge?.tell.bind(bridge) ?? (() => undefined)));
  return running;
}

async function perform({ method, argument }: Call): Promise<unknown> {
  // A host may choose how the cover looks before anything is fetched.
  if (method === 'setTheme' && !running) return cover.show({ theme: argument as Theme });
  if (method === 'setLang' && !running) return cover.show({ language: argument as Language });
  const actions = await start();
  return (actions[method] as (argument: Argument<typeof method>) => unknown)(argument as never);
}

if (parameters.run === 'load') void start();
if (parameters.run === 'visible') {
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    observer.disconnect();
    void start();
  }, { threshold: 0.4 });
  observer.observe(root);
}
