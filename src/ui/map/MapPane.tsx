// The cluster map: the node at this moment and the objects beside it. It reads the sitting's view of the world and changes nothing; a click
// types a command into the terminal, and what runs is the learner's decision.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ClusterView, ObjectView } from '../../session/host/index.ts';
import type { Words } from '../i18n/en.ts';
import { useWords } from '../i18n/index.ts';
import { focusPane } from '../panes.ts';
import { useUi } from '../store.ts';
import { useDesk } from '../terminal/desk.ts';
import { useCluster, type Seen } from './cluster.ts';
import type { Handlers } from './Component.tsx';
import { Detail, type Shown } from './Detail.tsx';
import styles from './MapPane.module.css';
import { NodeMap } from './NodeMap.tsx';
import { Objects } from './Objects.tsx';
import { typeCommand } from '../terminal/typeCommand.ts';

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
function shownOf({ components, objects }: ClusterView, id: string, words: Words): Shown | undefined {
  const component = components.find((it) => it.id === id);
  if (component) return { title: component.label, state: component.word === '' ? words.map.health[component.health] : component.word, note: '', command: component.command, component };
  const object = findObject(objects.roots, id);
  if (!object) return undefined;
  const { kind, name, namespace, word, ready, note, command } = object;
  return { title: `${kind} ${name}`, state: `${word} ${ready}`.trim(), note, command, component: kind === 'Pod' ? components.find((it) => it.id === `pod/${namespace}/${name}`) : undefined };
}

/** What is told of, and what a press does: with a finger the first one tells and the second types. */
function usePresses() {
  const [hovered, hover] = useState<string | null>(null);
  const [focused, focus] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isFinger = useRef(false);
  const told = useRef<string | null>(null);
  const handlers = useMemo<Handlers>(() => ({
    hover, focus,
    touch: (finger) => { isFinger.current = finger; },
    press: (id, command) => {
      const types = !isFinger.current || told.current === id;
      told.current = types ? null : id;
      focus(id);
      if (types) setBusy(!typeCommand(command, useDesk.getState().front));
    },
  }), []);
  return { active: hovered ?? focused, busy, handlers };
}

/** The toggle that opened the pane could not hand the keyboard over before there was something to hand it to. */
function useKeyboardOf(isReady: boolean): void {
  useEffect(() => {
    if (isReady && document.activeElement?.getAttribute('aria-pressed') === 'true' && useUi.getState().pane === 'map') focusPane('map');
  }, [isReady]);
}

export default function MapPane() {
  const words = useWords();
  const [place, width] = useWidth();
  const seen = useCluster(place);
  const { active, busy, handlers } = usePresses();
  useKeyboardOf(seen !== null && width > 0);
  return (
    <section className={styles.pane} data-pane="map" aria-label={words.pane.map}>
      <h2 className="unseen">{words.pane.map}</h2>
      <div ref={place} className={styles.scroll} data-wide={width >= wide}>
        {seen && width > 0 && <Whole seen={seen} width={width} active={active} handlers={handlers} />}
      </div>
      <div className={styles.foot}>
        <p role="status" className={busy ? styles.busy : 'unseen'}>{busy ? words.map.busy : ''}</p>
        {seen && <Detail shown={active === null ? undefined : shownOf(seen.cluster, active, words)} cluster={seen.cluster} second={seen.second} />}
      </div>
    </section>
  );
}

function Whole({ seen: { cluster, second }, width, active, handlers }: { seen: Seen; width: number; active: string | null; handlers: Handlers }) {
  const words = useWords();
  // Pods that wait for their next try are drawn each second, and only they.
  const waiting = useMemo(() => new Map(cluster.components.filter((it) => it.backOff !== null).map((it) => [it.id, it])), [cluster.components]);
  if (cluster.components.length === 0) return <p className={styles.off}>{words.map.off}</p>;
  return (
    <>
      <NodeMap cluster={cluster} second={second} width={width >= wide ? Math.min(width * 0.55, 560) : width} active={active} handlers={handlers} />
      <Objects {...cluster.objects} waiting={waiting} second={waiting.size === 0 ? 0 : second} active={active} handlers={handlers} />
    </>
  );
}
