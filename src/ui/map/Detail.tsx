// What there is to say of what the pointer or the keyboard is on: the command that a click types, the last exit, whom it is connected to
// and its last words. Its place is always there, so that nothing moves; when there is nothing to tell it explains the shapes.
import type { ClusterView, ComponentView, ExitView, Health } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import styles from './Detail.module.css';
import { Shape } from './Shape.tsx';
import { ending, nextTry, span } from './words.ts';

const legend: readonly Health[] = ['ok', 'starting', 'unready', 'backOff', 'failed', 'stopped', 'absent'];

/** Whether the pointer is a finger. */
const coarse = matchMedia('(pointer: coarse)');

export interface Shown {
  readonly title: string;
  /** Upstream's word for the state. */
  readonly state: string;
  readonly note: string;
  readonly command: string;
  /** What the node knows of it. */
  readonly component: ComponentView | undefined;
}

export function Detail({ shown, cluster, second }: { shown: Shown | undefined; cluster: ClusterView; second: number }) {
  const words = useWords();
  if (!shown) {
    return (
      <ul className={styles.legend} aria-label={words.map.legend}>
        {legend.map((health) => <li key={health}><Shape health={health} size={18} />{words.map.health[health]}</li>)}
      </ul>
    );
  }
  const { title, state, note, command, component } = shown;
  return (
    <div className={styles.detail} id="map-detail">
      <p className={styles.title}>
        <strong>{title}</strong>
        {[state, component ? nextTry(component, second, words) : ''].filter((part) => part !== '').map((part) => <span key={part}>{part}</span>)}
      </p>
      <p className={styles.command}><code>{command}</code> <span>{coarse.matches ? words.map.tap : words.map.click}</span></p>
      {component?.lastExit && <LastExit exit={component.lastExit} second={second} />}
      {note !== '' && <p>{note}</p>}
      {component?.lastLine && <p className={styles.line}><span className="unseen">{words.map.lastLine}: </span>{component.lastLine}</p>}
      {component && <Connections of={component} cluster={cluster} />}
    </div>
  );
}

function LastExit({ exit, second }: { exit: ExitView; second: number }) {
  const words = useWords();
  const how = exit.signal === null ? words.map.exitCode(String(exit.code)) : words.map.exitSignal(`SIG${exit.signal}`);
  return (
    <>
      <p>{words.map.lastExit(`${how}${exit.reason === '' ? '' : ` (${exit.reason})`}`, span(second - Math.floor(exit.at / 1e6)), new Date(exit.at / 1000).toISOString().slice(11, 19))}</p>
      {exit.message !== '' && <p className={styles.message}>{ending(exit.message)}</p>}
    </>
  );
}

/** `→ etcd ×18`: those it connected to, and those that connected to it. */
function Connections({ of, cluster }: { of: ComponentView; cluster: ClusterView }) {
  const words = useWords();
  const label = (id: string) => cluster.components.find((it) => it.id === id)?.label ?? id;
  const count = new Map<string, number>();
  for (const { from, to, count: n } of cluster.links) {
    const text = from === of.id ? `→ ${label(to)}` : to === of.id ? `← ${label(from)}` : '';
    if (text !== '') count.set(text, (count.get(text) ?? 0) + n);
  }
  return <p className={styles.connections}>{count.size === 0 ? words.map.noConnections : [...count].map(([text, n]) => `${text}${n > 1 ? ` ×${n}` : ''}`).join('   ')}</p>;
}
