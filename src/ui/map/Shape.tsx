// How something is, as a shape of its own for each state, so that colour is never alone in telling; around it what is left of a back-off.
import type { Health } from '../../session/host/index.ts';
import styles from './Shape.module.css';

const drawings: Readonly<Record<Health, React.ReactNode>> = {
  ok: <><circle cx="12" cy="12" r="7" data-filled /><path d="M8.8 12.2l2.2 2.2 4.2-4.6" data-cut /></>,
  starting: <><circle cx="12" cy="12" r="7" strokeDasharray="3.4 3.93" /><circle cx="12" cy="12" r="2.2" data-filled /></>,
  unready: <><path d="M12 5.2l7.4 13H4.6z" data-filled /><path d="M12 9.8v4.2m0 2v.2" data-cut /></>,
  backOff: <><path d="M15.6 9.4A4.6 4.6 0 1 0 16.6 12.4" /><path d="M16.2 6.4v3.4h-3.4" /></>,
  failed: <><path d="M9.1 5h5.8L19 9.1v5.8L14.9 19H9.1L5 14.9V9.1z" data-filled /><path d="M9.4 9.4l5.2 5.2m0-5.2l-5.2 5.2" data-cut /></>,
  stopped: <rect x="6.5" y="6.5" width="11" height="11" rx="1.5" />,
  absent: <path d="M6 12h12" strokeDasharray="3 3" />,
};

const around = 2 * Math.PI * 10;

interface Props {
  readonly health: Health;
  /** What is left of the back-off, from 1 to 0. */
  readonly left?: number | undefined;
  /** The node needs it, so that its absence is no rest. */
  readonly grave?: boolean;
  readonly size?: number;
}

export function Shape({ health, left, grave = false, size = 24 }: Props) {
  return (
    <svg className={styles.shape} data-health={health} data-grave={grave} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      {left !== undefined && <circle cx="12" cy="12" r="10" data-track />}
      {left !== undefined && <circle cx="12" cy="12" r="10" data-left strokeDasharray={`${left * around} ${around}`} transform="rotate(-90 12 12)" />}
      {drawings[health]}
    </svg>
  );
}
