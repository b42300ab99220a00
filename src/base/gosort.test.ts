import { expect, test } from 'vitest';
import { goSort } from './gosort.ts';

// From a recording of `kubectl get events` and of the same with --sort-by=.lastTimestamp, a moment later.
const listed: [string, number | null][] = [
  ['Scheduled', 22], ['Pulled', 21], ['Created', 21], ['Started', 21], ['SuccessfulCreate', 22], ['ScalingReplicaSet', 22], ['Starting kubelet', 57], ['CgroupV1', 57],
  ['NodeAllocatableEnforced', 57], ['NodeHasSufficientMemory', 57], ['NodeHasNoDiskPressure', 57], ['NodeHasSufficientPID', 57], ['RegisteredNode', 51], ['Starting', null],
];

test('ties come out as Go leaves them', () => {
  const sorted = goSort(listed, ([, a], [, b]) => (a === null && b === null ? false : a === null ? true : b === null ? false : a > b));
  expect(sorted.map(([name]) => name)).toEqual(['Starting', 'NodeHasSufficientMemory', 'Starting kubelet', 'CgroupV1', 'NodeAllocatableEnforced', 'NodeHasNoDiskPressure',
    'NodeHasSufficientPID', 'RegisteredNode', 'SuccessfulCreate', 'ScalingReplicaSet', 'Scheduled', 'Created', 'Started', 'Pulled']);
});

test('sorts', () => {
  for (const n of [0, 1, 2, 12, 13, 40, 200, 3000]) {
    const data = Array.from({ length: n }, (_, i) => (i * 7919) % 541);
    expect(goSort(data, (a, b) => a < b)).toEqual([...data].sort((a, b) => a - b));
  }
});
