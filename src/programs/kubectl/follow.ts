/**
 * What a command leaves behind: an exit code, or a state to go on from. Whatever may wait long (`-w`, `-f`, rollout status, wait)
 * is a chain of such states; `main` checkpoints each of them, so nothing but the state survives from one step to the next.
 */
import type { HttpConn } from '../../lib/http/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';

/** A state of a step; `kind` names the step in steps.ts, the rest is the step's own plain data. */
export interface Follow { readonly follow: string; readonly [key: string]: unknown }
export type Outcome = number | Follow;

/** What every step that talks to the server carries. */
export interface Session { readonly config: RestConfig; readonly conn: HttpConn | null }

export const isFollow = (outcome: unknown): outcome is Follow => typeof outcome === 'object' && outcome !== null && 'follow' in outcome;
