import { expect, test } from 'vitest';
import type { FileEntry } from '../../session/host/index.ts';
import { en } from '../i18n/en.ts';
import { detailsOf, foldersOf, inOrder, join, modeString, visibleRows } from './tree.ts';

const entry = (name: string, type: FileEntry['type'] = 'file'): FileEntry => ({ name, type, mode: 0o640, uid: 0, gid: 101, size: 12, mtime: 0 });

test('paths', () => {
  expect([join('/', 'etc'), join('/etc', 'hosts'), join('/etc/hosts', '..'), join('/etc', '..')]).toEqual(['/etc', '/etc/hosts', '/etc', '/']);
});

test('the folders of a file', () => {
  expect(foldersOf('/etc/kubernetes/x.yaml')).toEqual(['/', '/etc', '/etc/kubernetes']);
  expect(foldersOf('/x')).toEqual(['/']);
});

test('directories come first, in the order of their bytes', () => {
  expect(inOrder([entry('b'), entry('a'), entry('B'), entry('z', 'dir'), entry('.', 'dir'), entry('..', 'dir')]).map(({ name }) => name)).toEqual(['z', 'B', 'a', 'b']);
});

test('only what lies in open directories is visible, and an open directory inside a closed one is not', () => {
  const files: Record<string, FileEntry[]> = { '/': [entry('etc', 'dir'), entry('var', 'dir')], '/etc': [entry('hosts')], '/var/log': [entry('x')], '/var': [entry('log', 'dir')] };
  const rows = visibleRows((path) => files[path] ?? [], new Set(['/etc', '/var/log']));
  expect(rows.map(({ path, depth }) => `${depth} ${path}`)).toEqual(['1 /etc', '2 /etc/hosts', '1 /var']);
});

test('modes and owners as ls -l has them', () => {
  expect(modeString('dir', 0o755)).toBe('drwxr-xr-x');
  expect(modeString('file', 0o600)).toBe('-rw-------');
  expect(detailsOf(entry('x'), en.tree)).toBe('-rw-r----- root 101 12');
});
