import { expect, test } from 'vitest';
import { busyboxWords } from './index.ts';

const curly = (word: string): string => `\xe2\x80\x98${word}\xe2\x80\x99`;

test.each([
  ['cat', '/x: No such file or directory', "can't open '/x': No such file or directory"],
  ['cat', '/etc: Is a directory', 'read error: Is a directory'],
  ['ls', "cannot access '/x': No such file or directory", '/x: No such file or directory'],
  ['ls', "cannot open directory '/root': Permission denied", "can't open '/root': Permission denied"],
  ['rm', "cannot remove 'x': No such file or directory", "can't remove 'x': No such file or directory"],
  ['rm', "cannot remove '/tmp': Is a directory", "'/tmp' is a directory"],
  ['cp', "cannot stat 'a': No such file or directory", "can't stat 'a': No such file or directory"],
  ['cp', "cannot create regular file '/a': Read-only file system", "can't create '/a': Read-only file system"],
  ['mv', "cannot stat 'a': No such file or directory", "can't rename 'a': No such file or directory"],
  ['mkdir', `cannot create directory ${curly('/tmp')}: File exists`, "can't create directory '/tmp': File exists"],
  ['rmdir', "failed to remove 'd': Directory not empty", "'d': Directory not empty"],
  ['touch', "cannot touch '/x': Read-only file system", '/x: Read-only file system'],
  ['head', "cannot open 'x' for reading: No such file or directory", 'x: No such file or directory'],
  ['tail', "cannot open 'x' for reading: No such file or directory", "can't open 'x': No such file or directory"],
  ['chmod', "changing permissions of '/etc': Operation not permitted", '/etc: Operation not permitted'],
  ['chown', `invalid user: ${curly('bob')}`, 'unknown user bob'],
  ['find', `${curly('/x')}: No such file or directory`, '/x: No such file or directory'],
  ['sleep', `invalid time interval ${curly('x')}`, "invalid number 'x'"],
  ['grep', 'x: No such file or directory', 'x: No such file or directory'],
  ['date', `invalid date ${curly('x')}`, "invalid date 'x'"],
])('%s: %s', (tool, gnu, words) => {
  expect(busyboxWords(tool, gnu)).toBe(words);
});
