// One component of the node: a button with its shape, its name and upstream's word for its state.
import { memo } from 'react';
import type { ComponentView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import type { Box } from './layout.ts';
import { Shape } from './Shape.tsx';
import styles from './Component.module.css';
import { nameOf, nextTry, partLeft } from './words.ts';

export interface Handlers {
  /** The one under the pointer and the one with the keyboard, by id; what the pointer is on is told of first. */
  readonly hover: (id: string | null) => void;
  readonly focus: (id: string | null) => void;
  /** Before a press: with what. A finger cannot hover, so its first press only tells. */
  readonly touch: (isFinger: boolean) => void;
  readonly press: (id: string, command: string) => void;
}

/** What makes an element of the map tell of itself and type its command. */
export const pressable = ({ hover, focus, touch, press }: Handlers, id: string, command: string) => ({
  onPointerEnter: () => hover(id), onPointerLeave: () => hover(null), onFocus: () => focus(id), onBlur: () => focus(null),
  onPointerDown: (event: React.PointerEvent) => touch(event.pointerType === 'touch'), onKeyDown: () => touch(false), onClick: () => press(id, command),
});

interface Props {
  readonly component: ComponentView;
  readonly box: Box;
  /** The world's clock; 0 for a component that waits for nothing, so that it is not drawn again each second. */
  readonly second: number;
  readonly active: boolean;
  /** Connected to the one that is told of. */
  readonly related: boolean;
  readonly handlers: Handlers;
}

export const Component = memo(function Component({ component, box, second, active, related, handlers }: Props) {
  const words = useWords();
  const { id, label, word, health, ready, restarts, command } = component;
  const wait = nextTry(component, second, words);
  const state = word === '' ? words.map.health[health] : word;
  return (
    <li className={styles.place} style={{ left: box.x, top: box.y, width: box.width, height: box.height }}>
      <button
        type="button" className={styles.component} data-health={health} data-role={component.role} data-active={active} data-related={related}
        aria-label={nameOf(component, second, words)} aria-describedby={active ? 'map-detail' : undefined}
        {...pressable(handlers, id, command)}
      >
        <Shape health={health} grave={component.role !== 'workload'} left={partLeft(component, second)} />
        <span className={styles.text}>
          <span className={styles.label}>{label}</span>
          <span className={styles.word}>{health === 'unready' && ready !== null ? `${state} ${ready}` : state}</span>
          {wait !== '' && <span className={styles.wait}>{wait}{restarts > 0 ? ` · ↻${restarts}` : ''}</span>}
        </span>
      </button>
    </li>
  );
});
