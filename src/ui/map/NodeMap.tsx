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
  const related = useMemo(() => new Set(cluster.links.flatMap(({ from, to }) => (from === active ? [to] : to === active ? [from] : []))), [cluster.links, active]);
  return (
    <div className={styles.map} style={{ width: layout.width, height: layout.height }}>
      <svg className={styles.lines} width={layout.width} height={layout.height} aria-hidden="true">
        {layout.lines.map(({ from, to, path, at: [x, y], open, odd }) => (
          <g key={`${from} ${to}`} data-open={open} data-odd={odd} data-active={active !== null && (from === active || to === active)}>
            <path d={path} />
            {!open && <path data-mark d={`M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7`} />}
          </g>
        ))}
      </svg>
      {layout.headings.map(({ group, y }) => <h3 key={group} className={styles.heading} style={{ top: y }}>{words.map.groups[group]}</h3>)}
      <ul className={styles.components} aria-label={words.map.components}>
        {layout.placed.map(({ component, box }) => (
          <Component
            key={component.id} component={component} box={box} second={component.backOff === null ? 0 : second}
            active={component.id === active} related={related.has(component.id)} handlers={handlers}
          />
        ))}
      </ul>
    </div>
  );
}
