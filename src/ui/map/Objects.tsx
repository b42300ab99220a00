// The objects that own pods, as trees: deployment → replica set → pods, with what kubectl would say of each.
import { memo } from 'react';
import type { ComponentView, ObjectView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import { pressable, type Handlers } from './Component.tsx';
import styles from './Objects.module.css';
import { Shape } from './Shape.tsx';
import { nextTry, objectName, partLeft } from './words.ts';

interface Props extends Shared {
  readonly roots: readonly ObjectView[];
  /** Whether an API server serves them at this moment. */
  readonly served: boolean;
}
interface Shared {
  /** Pods of the node that wait for their next try, by id. */
  readonly waiting: ReadonlyMap<string, ComponentView>;
  /** The world's clock; 0 while nothing waits, so that nothing is drawn again each second. */
  readonly second: number;
  readonly active: string | null;
  readonly handlers: Handlers;
}

export const Objects = memo(function Objects({ roots, served, ...shared }: Props) {
  const words = useWords();
  const namespaces = [...new Set(roots.map((it) => it.namespace))];
  return (
    <section className={styles.objects} data-served={served}>
      <h3 className={styles.heading}>{words.map.objects}</h3>
      {!served && roots.length > 0 && <p className={styles.note}>{words.map.notServed}</p>}
      {roots.length === 0 && <p className={styles.note}>{words.map.noObjects}</p>}
      {namespaces.map((namespace) => (
        <section key={namespace}>
          {namespace !== '' && <h4 className={styles.namespace}>{namespace}</h4>}
          <Trees objects={roots.filter((it) => it.namespace === namespace)} shared={shared} />
        </section>
      ))}
    </section>
  );
});

function Trees({ objects, more = 0, shared }: { objects: readonly ObjectView[]; more?: number; shared: Shared }) {
  const words = useWords();
  return (
    <ul className={styles.tree}>
      {objects.map((object) => (
        <li key={object.id}>
          <Row object={object} shared={shared} />
          {object.children.length > 0 && <Trees objects={object.children} more={object.more} shared={shared} />}
        </li>
      ))}
      {more > 0 && <li className={styles.note}>{words.map.more(more)}</li>}
    </ul>
  );
}

function Row({ object, shared: { waiting, second, active, handlers } }: { object: ObjectView; shared: Shared }) {
  const words = useWords();
  const { id, kind, namespace, name, health, word, ready, command } = object;
  const pod = kind === 'Pod' ? waiting.get(`pod/${namespace}/${name}`) : undefined;
  const wait = pod ? nextTry(pod, second, words) : '';
  return (
    <button
      type="button" className={styles.object} data-active={id === active} aria-label={objectName(object, wait, words)} aria-describedby={id === active ? 'map-detail' : undefined}
      {...pressable(handlers, id, command)}
    >
      <Shape health={health} left={pod && partLeft(pod, second)} size={pod ? 20 : 18} />
      <span className={styles.text}>
        <span className={styles.kind}>{kind}</span>
        <span className={styles.name}>{name}</span>
      </span>
      <span className={styles.state}>
        {word === '' ? '' : `${word} `}<strong>{ready}</strong>
        {wait !== '' && <span className={styles.wait}>{wait}</span>}
      </span>
    </button>
  );
}
