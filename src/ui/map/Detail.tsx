// What there is to say of the component under the pointer or the focus: its last exit, its last words, whom it is connected to, and the
// command that a click types. Its place is always there, so that nothing moves; without a component it explains the shapes.
import type { ClusterView, ComponentView, ExitView, Health } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import styles from './Detail.module.css';
import { Shape } from './Shape.tsx';
import { nextTry, span } from './words.ts';

const legend: readonly Health[] = ['ok', 'starting', 'unready', 'backOff', 'failed', 'stopped', 'absent'];

export interface Shown { readonly title: string; readonly command: string; readonly component: ComponentView | undefined }

export function Detail({ shown, cluster, second }: { shown: Shown | undefined; cluster: ClusterView; second: number }) {
  const words = useWords();
  if (!shown) {
    return (
      <ul className={styles.legend} aria-label={words.map.legend}>
        {legend.map((health) => <li key={health}><Shape health={health} size={18} />{words.map.health[health]}</li>)}
      </ul>
    );
  }
  const { title, command, component } = shown;
  return (
    <div className={styles.detail} id="map-detail">
      <p className={styles.title}>{title}{component && <span> {component.word} {nextTry(component, second, words)}</span>}</p>
      {component?.lastExit && <LastExit exit={component.lastExit} second={second} />}
      {component && <Connections of={component} cluster={cluster} />}
      {component?.lastLine && <p className={styles.line}><span className="unseen">{words.map.lastLine}: </span>{component.lastLine}</p>}
      <p className={styles.command}><code>{command}</code> <span>{words.map.click}</span></p>
    </div>
  );
}

function LastExit({ exit, second }: { exit: ExitView; second: number }) {
  const words = useWords();
  const how = exit.signal === null ? words.map.exitCode(String(exit.code)) : words.map.exitSignal(`SIG${exit.signal}`);
  return (
    <>
      <p>{words.map.lastExit(`${how}${exit.reason === '' ? '' : ` (${exit.reason})`}`, span(second - Math.floor(exit.at / 1e6)), new Date(exit.at / 1000).toISOString().slice(11, 19))}</p>
      {exit.message !== '' && <p className={styles.line}>{exit.message}</p>}
    </>
  );
}

function Connections({ of, cluster }: { of: ComponentView; cluster: ClusterView }) {
  const words = useWords();
  const label = (id: string) => cluster.components.find((it) => it.id === id)?.label ?? id;
  const count = new Map<string, number>();
  for (const { from, to, count: n } of cluster.links) {
    const text = from === of.id ? `→ ${label(to)}` : to === of.id ? `← ${label(from)}` : '';
    if (text !== '') count.set(text, (count.get(text) ?? 0) + n);
  }
  return <p className={styles.connections}>{count.size === 0 ? words.map.noConnections : [...count].map(([text, n]) => `${text}${n > 1 ? ` ×${n}` : ''}`).join('  ')}</p>;
}
