/**
 * The controllers of kube-controller-manager 1.33 by upstream's names, what their informers call themselves in the log, and which of
 * them do something here. The others have no objects in this lab to work on (volumes, autoscalers, quotas, tokens of old).
 */
import type { Controller } from '../../lib/controller/index.ts';
import { deploymentController } from './controllers/deployment.ts';
import { replicaSetController } from './controllers/replicaset.ts';

export interface RosterRow {
  readonly name: string;
  /** `controller="…"` in the lines about its caches. */ readonly synced: readonly string[];
  readonly controller?: Controller;
  /** A thread of its own instead of a plain reconcile. */ readonly thread?: string;
  readonly alias?: string;
  readonly offByDefault?: boolean;
}

const row = (name: string, alias: string, synced: string | readonly string[], more: Partial<RosterRow> = {}): RosterRow => ({ name, alias, synced: typeof synced === 'string' ? [synced] : synced, ...more });
const works = (controller: Controller): Partial<RosterRow> => ({ controller });

/** In the order in which they are started here (upstream's is random, but for the first). */
export const ROSTER: readonly RosterRow[] = [
  row('serviceaccount-token-controller', 'serviceaccount-token', 'tokens'),
  row('deployment-controller', 'deployment', 'deployment', works(deploymentController)),
  row('replicaset-controller', 'replicaset', 'ReplicaSet', works(replicaSetController)),
];

export const controllerNames = ROSTER.map((entry) => entry.name).sort();

/** Whether a controller runs under a --controllers list. Models genericcontrollermanager.IsControllerEnabled. */
export function isEnabled(row: RosterRow, list: readonly string[]): boolean {
  const names = [row.name, row.alias];
  if (list.some((entry) => names.includes(entry))) return true;
  if (list.some((entry) => entry.startsWith('-') && names.includes(entry.slice(1)))) return false;
  return list.includes('*') && !row.offByDefault;
}

/** `"foo" is not in the list of known controllers` for the first stranger; null when there is none. */
export function unknownControllers(list: readonly string[]): string | null {
  const known = new Set(ROSTER.flatMap((row) => [row.name, row.alias]));
  const strangers = list.map((entry) => entry.replace(/^-/, '')).filter((entry) => entry !== '*' && !known.has(entry)).map((entry) => `"${entry}" is not in the list of known controllers`);
  return strangers.length === 0 ? null : strangers.length === 1 ? strangers[0]! : `[${strangers.join(', ')}]`;
}
