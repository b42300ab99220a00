// The cluster map: the node at this moment and the objects beside it. It reads the sitting's view of the world and changes nothing; a click
// types a command into the terminal, and what runs is the learner's decision.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ClusterView, ObjectView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import { useCluster } from './cluster.ts';
import type { Handlers } from './Component.tsx';
import { Detail, type Shown } from './Detail.tsx';
import styles from './MapPane.module.css';
import { NodeMap } from './NodeMap.tsx';
import { Objects } from './Objects.tsx';
import { typeCommand } from './typing.ts';

/** From here on the objects stand beside the node. */
const wide = 720;

function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(place.current!);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}

function findObject(objects: readonly ObjectView[], id: string): ObjectView | undefined {
  for (const object of objects) {
    const found = object.id === id ? object : findObject(object.children, id);
    if (found) return found;
  }
  return undefined;
}

/** A pod among the objects is told of by what the node knows of it, if it runs there. */
function shownOf({ components, objects }: ClusterView, id: string): Shown | undefined {
  const component = components.find((it) => it.id === id);
  if (component) return { title: component.name, command: component.command, component };
  const object = findObject(objects.roots, id);
  return object && { title: `${object.kind} ${object.name}`, command: object.command, component: components.find((it) => it.id === `pod/${object.namespace}/${object.name}` && object.kind === 'Pod') };
}

export default function MapPane() {
  const words = useWords();
  const [place, width] = useWidth();
  const seen = useCluster(place);
  const [hovered, hover] = useState<string | null>(null);
  const [focused, focus] = useState<string | null>(null);
  const active = hovered ?? focused;
  const [busy, setBusy] = useState(false);
  const handlers = useMemo<Handlers>(() => ({ hover, focus, type: (command) => setBusy(!typeCommand(command)) }), []);
  const cluster = seen?.cluster;
  return (
    <section className={styles.pane} data-pane="map" aria-label={words.pane.map}>
      <div ref={place} className={styles.scroll} data-wide={width >= wide}>
        {cluster && width > 0 && (cluster.components.length === 0 ? <p className={styles.off}>{words.map.off}</p> : (
          <>
            <NodeMap cluster={cluster} second={seen.second} width={width >= wide ? Math.min(width * 0.55, 560) : width} active={active} handlers={handlers} />
            <Objects {...cluster.objects} active={active} handlers={handlers} />
          </>
        ))}
      </div>
      <div className={styles.foot}>
        <p role="status" className={busy ? styles.busy : 'unseen'}>{busy ? words.map.busy : ''}</p>
        {cluster && <Detail shown={active === null ? undefined : shownOf(cluster, active)} cluster={cluster} second={seen.second} />}
      </div>
    </section>
  );
}
