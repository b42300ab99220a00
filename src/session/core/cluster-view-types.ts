/** What the cluster map is given. Plain frozen data; times are virtual µs, words are upstream's own. */
import type { VTime } from '../../kernel/sys.ts';

/** How something is, for its shape and colour; the word beside it is upstream's. */
export type Health = 'ok' | 'starting' | 'unready' | 'backOff' | 'failed' | 'stopped' | 'absent';
/** Where it is drawn: PID 1, a service of it, a static pod, a pod of the cluster's own namespaces, any other pod. */
export type Role = 'init' | 'service' | 'static' | 'addOn' | 'workload';

/** How a process ended. */
export interface ExitView {
  readonly code: number | null;
  /** `KILL`, when a signal ended it. */ readonly signal: string | null;
  /** `Error`, `StartError`, `exit-code`. */ readonly reason: string;
  readonly at: VTime;
  /** What the runtime said about it; '' when nothing. */ readonly message: string;
}
export interface BackOffView { readonly from: VTime; readonly until: VTime }

export interface ComponentView {
  /** `unit/kubelet.service`, `pod/kube-system/etcd-controlplane`. */ readonly id: string;
  readonly role: Role;
  /** A short name, `kube-scheduler`. */ readonly label: string;
  /** The whole name, `kube-scheduler-controlplane`. */ readonly name: string;
  readonly namespace: string | null;
  readonly health: Health;
  /** kubectl's STATUS or systemctl's state: `CrashLoopBackOff`, `active (running)`. '' when it is absent. */ readonly word: string;
  /** `1/1`; null for a unit. */ readonly ready: string | null;
  readonly restarts: number;
  readonly backOff: BackOffView | null;
  readonly lastExit: ExitView | null;
  /** The last line of its log, whatever a program wrote there. */ readonly lastLine: string | null;
  /** Shows in the terminal what the map shows. One line, without control characters. */ readonly command: string;
}

/** `count` connections from one component to another; `at` is what was dialled, `172.30.1.2:6443` or a socket's path. */
export interface LinkView { readonly from: string; readonly to: string; readonly at: string; readonly count: number }

/** An API object and those it owns. */
export interface ObjectView {
  /** `Deployment/default/web`. */ readonly id: string;
  readonly kind: string; /** '' for a node. */ readonly namespace: string; readonly name: string;
  readonly health: Health;
  /** STATUS of a pod or a node; '' for what only counts pods. */ readonly word: string;
  /** `2/3`; '' for a node. */ readonly ready: string;
  /** Why it is not what it should be, in the API's words; '' when it says nothing. */ readonly note: string;
  readonly children: readonly ObjectView[];
  /** How many more it owns than `children` names. */ readonly more: number;
  readonly command: string;
}

export interface ClusterView {
  /** In reading order. Empty while the node is off. */ readonly components: readonly ComponentView[];
  readonly links: readonly LinkView[];
  readonly objects: {
    /** Whether an API server is there to serve them. */ readonly served: boolean;
    readonly roots: readonly ObjectView[];
  };
}

/** Of a node that is off. */
export const NOTHING: ClusterView = { components: [], links: [], objects: { served: false, roots: [] } };
