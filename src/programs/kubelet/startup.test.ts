import { expect, it } from 'vitest';
import { probedStatus } from './probestatus.ts';
import { goDuration } from './startup.ts';
import type { Pod, PodStatus } from './types.ts';

it.each([
  [32_822_978, 844, '32.822978844s'], [1_986_231, 784, '1.986231784s'], [2_000_000, 0, '2s'], [2_384_428, 30, '2.38442803s'], [65_000_300, 0, '1m5.0003s'], [3_600_000_000, 0, '1h0m0s'], [912_345, 678, '912.345678ms'],
])('%i µs and %i ns are %s', (us, nanos, text) => expect(goDuration(us, nanos)).toBe(text));

const pod = { metadata: { name: 'a', namespace: 'b', uid: 'u' }, spec: { containers: [{ name: 'c' }] } } as unknown as Pod;
const status = (ready: boolean): PodStatus => ({
  phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }, { type: 'ContainersReady', status: ready ? 'True' : 'False' }, { type: 'PodScheduled', status: 'True' }],
  containerStatuses: [{ name: 'c', ready, started: true, restartCount: 0, image: '', imageID: '', containerID: 'containerd://1' }],
});

it('a readiness probe that succeeds makes the container and the pod ready at once', () => {
  const next = probedStatus(pod, status(false), { type: 'readiness', containerId: '1', result: 'success' })!;
  expect(next.containerStatuses![0]!.ready).toBe(true);
  expect(next.conditions!.map((one) => one.status)).toEqual(['True', 'True', 'True']);
});
it('one that fails names the container', () => {
  const next = probedStatus(pod, status(true), { type: 'readiness', containerId: '1', result: 'failure' })!;
  expect(next.conditions![0]).toMatchObject({ status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [c]' });
});
it('what is known already, and other containers, change nothing', () => {
  expect(probedStatus(pod, status(true), { type: 'readiness', containerId: '1', result: 'success' })).toBe(null);
  expect(probedStatus(pod, status(true), { type: 'readiness', containerId: '2', result: 'failure' })).toBe(null);
});
