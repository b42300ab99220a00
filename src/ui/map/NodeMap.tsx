// The node as a drawing: lines in an SVG beneath, components as buttons above it, both placed by the same layout.
import { useMemo } from 'react';
import type { ClusterView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import { Component, type Handlers } from './Component.tsx';
import { layOut } from './layout.ts';
import styles from './NodeMap.module.css';

interface Props {
  readonly cluster: ClusterView;
  readonly second: number;
  readonly width: number;
  readonly active: string | null;
  readonly handlers: Handlers;
}

export function NodeMap({ cluster, second, width, active, handlers }: Props) {
  const words = useWords();
  const layout = useMemo(() => layOut(cluster, width), [cluster, width]);
  const { lines } = layout;
  const isActive = ({ from, to }: { from: string; to: string }) => from === active || to === active;
  const related = useMemo(() => new Set(cluster.links.flatMap(({ from, to }) => (from === active ? [to] : to === active ? [from] : []))), [cluster.links, active]);
  return (
    <div className={styles.map} style={{ width: layout.width, height: layout.height }}>
      <svg className={styles.lines} width={layout.width} height={layout.height} aria-hidden="true">
        {[...lines.filter((it) => !isActive(it)), ...lines.filter(isActive)].map(({ from, to, path, at: [x, y], open, odd }) => (
          <g key={`${from} ${to}`} data-open={open} data-odd={odd} data-active={isActive({ from, to })}>
            <path d={path} />
            {!open && <path data-mark d={`M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7`} />}
          </g>
        ))}
      </svg>
      {layout.groups.map(({ name, headingY, placed }) => (
        <section key={name}>
          <h3 className={headingY === null ? 'unseen' : styles.heading} style={headingY === null ? undefined : { top: headingY }}>{words.map.groups[name]}</h3>
          <ul className={styles.components}>
            {placed.map(({ component, box }) => (
              <Component
                key={component.id} component={component} box={box} second={component.backOff === null ? 0 : second}
                active={component.id === active} related={related.has(component.id)} handlers={handlers}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
