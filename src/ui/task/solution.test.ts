import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { readable } from './solution.ts';

test('directives of the runner become comments, an edit below the command that opens the editor', () => {
  const lines = ['kubectl get po', '=> edit /etc/x s/a/b/', 'vi /etc/x', '~ 60s', '=> key C-c', '=> check'];
  expect(readable(lines, en.task.solutionWords)).toBe('kubectl get po\nvi /etc/x\n# in the editor: s/a/b/\n# wait 60s\n# press C-c');
});
