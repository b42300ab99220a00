// The objects that own pods, as trees: deployment → replica set → pods, with what kubectl would say of each.
import type { ObjectView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import { pressable, type Handlers } from './Component.tsx';
import styles from './Objects.module.css';
import { Shape } from './Shape.tsx';
import { objectName } from './words.ts';

interface Props {
  readonly roots: readonly ObjectView[];
  /** Whether an API server serves them at this moment. */
  readonly served: boolean;
  readonly active: string | null;
  readonly handlers: Handlers;
}

export function Objects({ roots, served, active, handlers }: Props) {
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
          <Trees objects={roots.filter((it) => it.namespace === namespace)} active={active} handlers={handlers} />
        </section>
      ))}
    </section>
  );
}

function Trees({ objects, active, handlers }: { objects: readonly ObjectView[]; active: string | null; handlers: Handlers }) {
  const words = useWords();
  return (
    <ul className={styles.tree}>
      {objects.map((object) => {
        const { id, kind, name, health, word, ready, command, children } = object;
        return (
          <li key={id}>
            <button
              type="button" className={styles.object} data-health={health} data-active={id === active} aria-label={objectName(object, words)} aria-describedby={id === active ? 'map-detail' : undefined}
              {...pressable(handlers, id, command)}
            >
              <Shape health={health} size={18} />
              <span className={styles.text}>
                <span className={styles.kind}>{kind}</span>
                <span className={styles.name}>{name}</span>
              </span>
              <span className={styles.state}>{word === '' ? '' : `${word} `}<span>{ready}</span></span>
            </button>
            {children.length > 0 && <Trees objects={children} active={active} handlers={handlers} />}
          </li>
        );
      })}
    </ul>
  );
}
