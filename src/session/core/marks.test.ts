import { expect, test } from 'vitest';
import type { ClusterView, ComponentView } from './cluster-view-types.ts';
import { marksBetween } from './marks.ts';

const web: ComponentView = { id: 'pod/default/web', role: 'workload', label: 'web', name: 'web', namespace: 'default', health: 'ok', word: 'Running', ready: '1/1', restarts: 0, backOff: null, lastExit: null, lastLine: null, command: '' };
const other: ComponentView = { ...web, id: 'pod/default/other', label: 'other' };
const view = (...components: ComponentView[]): ClusterView => ({ components, links: [], objects: { served: true, roots: [] } });
const exit = (at: number) => ({ code: 1, signal: null, reason: 'Error', at, message: '' });

test.each<[string, ClusterView, ClusterView, string[]]>([
  ['nothing', view(web), view(web), []],
  ['a pod that is new, and runs', view(other), view(other, web), ['started web']],
  ['a pod that is new, and waits for a node', view(other), view(other, { ...web, health: 'starting', word: 'Pending' }), []],
  ['an image that is not there', view({ ...web, health: 'starting' }), view({ ...web, health: 'failed', word: 'ErrImagePull' }), ['stuck web ErrImagePull']],
  ['and the wait for the next try', view({ ...web, health: 'failed' }), view({ ...web, health: 'backOff', word: 'ImagePullBackOff' }), []],
  ['an exit', view(web), view({ ...web, health: 'failed', lastExit: exit(5) }), ['exited web']],
  ['the wait after it', view({ ...web, health: 'failed', lastExit: exit(5) }), view({ ...web, health: 'backOff', lastExit: exit(5) }), []],
  ['a restart', view({ ...web, health: 'backOff', lastExit: exit(5) }), view({ ...web, lastExit: exit(5), restarts: 1 }), ['restarted web']],
  ['a probe that fails', view(web), view({ ...web, health: 'unready' }), ['unready web']],
  ['a pod that was deleted', view(web, other), view(other), ['gone web']],
  ['a static pod whose manifest is gone', view({ ...web, role: 'static' }), view({ ...web, role: 'static', health: 'absent' }), ['gone web']],
  ['a node that was switched off', view(web, other), view(), []],
])('%s', (_, before, after, marks) =>
  expect(marksBetween(before, after, 9).map(({ kind, name, word }) => [kind, name, word].filter(Boolean).join(' '))).toEqual(marks));
