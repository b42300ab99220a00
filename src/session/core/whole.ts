/** The rest of a session's code, at work: what looks at the cluster and what keeps worlds remember what they did last. */
import type { SessionRest } from './rest.ts';

export interface Whole extends SessionRest { readonly viewer: InstanceType<SessionRest['ClusterViewer']>; readonly kept: InstanceType<SessionRest['KeptWorld']> }

export const wholeOf = (rest: SessionRest): Whole => ({ ...rest, viewer: new rest.ClusterViewer(), kept: new rest.KeptWorld() });
