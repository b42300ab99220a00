/**
 * Where the node's programs keep what they know, and what shape it has: for whoever looks at a world from outside
 * (the cluster map). Only types and pure readers; nothing here runs a program.
 */
export { STATE_FILE as CONTAINERD_STATE } from '../programs/containerd/store.ts';
export type { Metadata as ContainerdState } from '../programs/containerd/store.ts';
export type { ContainerRecord, SandboxRecord } from '../programs/containerd/records.ts';
export { RESTART_LIMITS } from '../programs/kubelet/backoff.ts';
export type { BackoffEntry } from '../programs/kubelet/backoff.ts';
export type { StatusRecord } from '../programs/kubelet/types.ts';
export { CONFIG_SOURCE } from '../programs/kubelet/types.ts';
export { parseLogLine } from '../lib/cri/logs.ts';
export { LABEL as CRI_LABEL } from '../lib/cri/index.ts';
export { range as etcdRange } from '../lib/etcd/db.ts';
export type { EtcdDb } from '../lib/etcd/db.ts';
export { JOURNAL_DIR } from '../lib/journal/index.ts';
export type { Entry as JournalEntry, Journal } from '../lib/journal/index.ts';
export { signalName } from '../lib/systemd/index.ts';
export type { UnitRecord } from '../lib/systemd/index.ts';
