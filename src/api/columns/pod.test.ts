import { describe, expect, it } from 'vitest';
import { podSummary } from './pod.ts';

const now = Date.parse('2026-11-22T08:20:00Z') * 1000;
const pod = (status: object, spec: object = {}, metadata: object = {}): never => ({ metadata: { name: 'p', ...metadata }, spec: { containers: [{ name: 'a' }], ...spec }, status: { phase: 'Running', ...status } }) as never;
const is = (state: object, more: object = {}): object => ({ name: 'a', ready: false, restartCount: 0, state, ...more });
const waiting = (reason: string): object => ({ waiting: { reason } });
const running = { running: { startedAt: '2026-11-22T08:00:00Z' } };
const ended = (terminated: object): object => ({ terminated });

describe('STATUS', () => {
  it.each<[string, never, string, string]>([
    ['only a phase', pod({ phase: 'Pending' }), '0/1', 'Pending'],
    ['running', pod({ containerStatuses: [is(running, { ready: true })] }), '1/1', 'Running'],
    ['waiting', pod({ containerStatuses: [is(waiting('CrashLoopBackOff'))] }), '0/1', 'CrashLoopBackOff'],
    ['ended with a reason', pod({ containerStatuses: [is(ended({ exitCode: 1, reason: 'Error' }))] }), '0/1', 'Error'],
    ['ended without one', pod({ containerStatuses: [is(ended({ exitCode: 3 }))] }), '0/1', 'ExitCode:3'],
    ['killed by a signal', pod({ containerStatuses: [is(ended({ exitCode: 137, signal: 9 }))] }), '0/1', 'Signal:9'],
    ['done', pod({ phase: 'Succeeded', containerStatuses: [is(ended({ exitCode: 0, reason: 'Completed' }))] }), '0/1', 'Completed'],
    ['one done, one running', pod({ containerStatuses: [is(ended({ exitCode: 0, reason: 'Completed' })), is(running, { name: 'b', ready: true })] }, { containers: [{ name: 'a' }, { name: 'b' }] }), '1/2', 'NotReady'],
    ['the same, and the pod ready', pod({ conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [is(ended({ exitCode: 0, reason: 'Completed' })), is(running, { name: 'b', ready: true })] }, { containers: [{ name: 'a' }, { name: 'b' }] }), '1/2', 'Running'],
    ['the first container speaks', pod({ containerStatuses: [is(waiting('ErrImagePull')), is(waiting('CrashLoopBackOff'), { name: 'b' })] }, { containers: [{ name: 'a' }, { name: 'b' }] }), '0/2', 'ErrImagePull'],
    ['starting init containers', pod({ phase: 'Pending', initContainerStatuses: [{ name: 'i', ready: false, restartCount: 0, state: waiting('PodInitializing') }] }, { initContainers: [{ name: 'i' }, { name: 'j' }] }), '0/1', 'Init:0/2'],
    ['the second init container', pod({ phase: 'Pending', initContainerStatuses: [{ name: 'i', ready: true, restartCount: 0, state: ended({ exitCode: 0 }) }, { name: 'j', ready: false, restartCount: 0, state: running }] }, { initContainers: [{ name: 'i' }, { name: 'j' }] }), '0/1', 'Init:1/2'],
    ['an init container that crashes', pod({ phase: 'Pending', initContainerStatuses: [{ name: 'i', ready: false, restartCount: 1, state: waiting('CrashLoopBackOff') }] }, { initContainers: [{ name: 'i' }] }), '0/1', 'Init:CrashLoopBackOff'],
    ['an init container that failed', pod({ phase: 'Pending', initContainerStatuses: [{ name: 'i', ready: false, restartCount: 0, state: ended({ exitCode: 1, reason: 'Error' }) }] }, { initContainers: [{ name: 'i' }] }), '0/1', 'Init:Error'],
    ['going', pod({ containerStatuses: [is(running, { ready: true })] }, {}, { deletionTimestamp: '2026-11-22T08:20:30Z' }), '1/1', 'Terminating'],
    ['going from a lost node', pod({ reason: 'NodeLost', containerStatuses: [is(running, { ready: true })] }, {}, { deletionTimestamp: '2026-11-22T08:20:30Z' }), '1/1', 'Unknown'],
    ['evicted', pod({ phase: 'Failed', reason: 'Evicted' }), '0/1', 'Evicted'],
    ['gated', pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }), '0/1', 'SchedulingGated'],
  ])('%s', (_, object, ready, status) => expect(podSummary(object, now)).toMatchObject({ ready, status }));
});

it.each([
  [0, null, '0'], [2, '2026-11-22T08:19:52Z', '2 (8s ago)'], [7, '2026-11-22T08:14:05Z', '7 (5m55s ago)'], [1, null, '1'],
])('RESTARTS %i, last at %s: %s', (restartCount, finishedAt, shown) => {
  const lastState = finishedAt === null ? {} : { terminated: { exitCode: 1, finishedAt } };
  expect(podSummary(pod({ containerStatuses: [is(running, { ready: true, restartCount, lastState })] }), now).restarts).toBe(shown);
});
