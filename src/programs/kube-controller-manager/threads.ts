/** The threads of controllers that keep a clock or a memory of their own. */
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { autoscaling } from './controllers/autoscaler.ts';
import { garbageCollector } from './controllers/garbage.ts';
import { namespaceDeletion } from './controllers/namespaces.ts';
import { nodeLifecycle } from './controllers/node-lifecycle.ts';

export const ownThreads: Readonly<Record<string, (arg: Json, saved?: Json) => Coroutine<void>>> = {
  'node-lifecycle': nodeLifecycle, 'garbage-collector': garbageCollector, namespace: namespaceDeletion, autoscaler: autoscaling,
};
