// The pure parts of the cluster view; the whole of it is looked at through a day in the life of a node in cluster-view.slow.test.ts.
import { describe, expect, test } from 'vitest';
import { commandLine } from './cluster-view-command.ts';
import { countHealth, podHealth } from './cluster-view-health.ts';

describe('a command for the terminal', () => {
  test('is typed as it is when its words are plain', () => {
    expect(commandLine('kubectl', '-n', 'kube-system', 'get', 'pod', 'etcd-controlplane')).toBe('kubectl -n kube-system get pod etcd-controlplane');
  });
  test.each([
    ['<img onerror=x>', `cat '<img onerror=x>'`],
    [`a'; reboot #`, `cat 'a'\\''; reboot #'`],
    ['$(reboot)', `cat '$(reboot)'`],
    ['a\rreboot\n', 'cat areboot'],
    ['\x1b[A\x04\x9b', `cat '[A'`],
    ['', `cat ''`],
  ])('cannot run or edit anything through a name: %j', (name, line) => {
    expect(commandLine('cat', name)).toBe(line);
  });
});

describe('health', () => {
  test.each([
    ['Running', '1/1', 'ok'], ['Running', '1/2', 'unready'], ['NotReady', '0/1', 'unready'], ['CrashLoopBackOff', '0/1', 'backOff'], ['ImagePullBackOff', '0/1', 'backOff'],
    ['Init:CrashLoopBackOff', '0/1', 'backOff'], ['Init:0/2', '0/1', 'starting'], ['ContainerCreating', '0/1', 'starting'], ['Pending', '0/1', 'starting'], ['Terminating', '1/1', 'starting'],
    ['Completed', '0/1', 'stopped'], ['Error', '0/1', 'failed'], ['RunContainerError', '0/1', 'failed'], ['Init:Error', '0/1', 'failed'], ['ErrImagePull', '0/1', 'failed'],
  ])('of a pod that is %s %s is %s', (word, ready, health) => {
    expect(podHealth(word, ready)).toBe(health);
  });
  test('of a count', () => {
    expect([countHealth(2, 2), countHealth(1, 2), countHealth(0, 0)]).toEqual(['ok', 'unready', 'stopped']);
  });
});
