// Lines as they stand in the terminal, and what can be followed in them.
import { expect, test } from 'vitest';
import { isSafeAddress, linksIn } from './links.ts';

const known = {
  isFile: (path: string) => ['/etc/kubernetes/manifests/etcd.yaml', '/etc/hosts', '/root/a.txt'].includes(path),
  pod: (name: string) => (['etcd-controlplane', 'web-5d9c-x7'].includes(name) ? `kubectl describe po ${name}` : undefined),
};

test.each<[string, string[]]>([
  ['vi /etc/kubernetes/manifests/etcd.yaml', ['/etc/kubernetes/manifests/etcd.yaml']],
  ['open /etc/hosts: no such file', ['/etc/hosts']],
  ['"/etc/hosts", (/root/a.txt).', ['/etc/hosts', '/root/a.txt']],
  ['/etc/gone ~/etc/hosts x/etc/hosts /etc', []],
  ['etcd-controlplane   1/1   Running', ['etcd-controlplane']],
  ['pod/web-5d9c-x7 created', ['web-5d9c-x7']],
  ['kube-system_etcd-controlplane_0 etcd-controlplane-2', []],
  ['see https://kubernetes.io/docs/etcd-controlplane/etc/hosts.', ['https://kubernetes.io/docs/etcd-controlplane/etc/hosts']],
  ['dial https://172.30.1.2:6443/api?x=1: refused', ['https://172.30.1.2:6443/api?x=1']],
  ['javascript:alert(1) file:///etc/passwd ftp://x.y', []],
])('%s', (line, found) => expect(linksIn(line, known).map(({ from, to }) => line.slice(from, to))).toEqual(found));

test.each([['https://a.b/c', true], ['http://a', true], ['javascript:alert(1)', false], ['data:text/html,x', false], ['//a.b', false], ['', false]])('%s may be opened: %s', (url, safe) => {
  expect(isSafeAddress(url)).toBe(safe);
});
