/** The steps of whatever waits: how each kind of follow state goes on. */
import { awaitDeletion } from './change/delete.ts';
import { followDrain } from './change/drain.ts';
import { afterRun, followRun } from './change/interactive.ts';
import { followEvents } from './cluster/events.ts';
import { serveProxy } from './cluster/proxy.ts';
import type { Step } from './follow.ts';
import { joinDebug } from './debug/index.ts';
import { followWatch } from './get/watch.ts';
import { awaitGoal } from './observe/wait.ts';
import { endSession } from './pods/attach.ts';
import { relay } from './pods/exec.ts';
import { followForward } from './pods/portforward.ts';
import { followLogs } from './pods/logs.ts';
import { followRollout } from './rollout/status.ts';

export const steps: Readonly<Record<string, Step>> = {
  debug: joinDebug, delete: awaitDeletion, drain: followDrain, events: followEvents, 'get-watch': followWatch, wait: awaitGoal, exec: relay, 'session-end': endSession, run: followRun, 'run-end': afterRun, 'port-forward': followForward, proxy: serveProxy, logs: followLogs, rollout: followRollout,
};
