import { describe, expect, test } from 'vitest';
import { getopt } from './index.ts';

describe('getopt', () => {
  const parse = (...argv: string[]) => getopt(argv, 'hn:o::q', { help: 'h', lines: 'n:', 'no-pager': '', 'no-legend': '', output: 'o::' });
  test('bundles, arguments, operands in any order', () => {
    expect(parse('status', '-qn5', '--lines=7', '-n', '9', '-ocat', '-o', '--no-pager', '--', '-x')).toEqual({
      options: [{ name: 'q', value: null }, { name: 'n', value: '5' }, { name: 'n', value: '7' }, { name: 'n', value: '9' }, { name: 'o', value: 'cat' }, { name: 'o', value: null }, { name: 'no-pager', value: null }],
      operands: ['status', '-x'], error: null });
  });
  test('abbreviations', () => expect(parse('--li', '3').options).toEqual([{ name: 'n', value: '3' }]));
  test('glibc words for mistakes', () => {
    expect(parse('-z').error).toBe("invalid option -- 'z'");
    expect(parse('-n').error).toBe("option requires an argument -- 'n'");
    expect(parse('--foo').error).toBe("unrecognized option '--foo'");
    expect(parse('--lines').error).toBe("option '--lines' requires an argument");
    expect(parse('--help=1').error).toBe("option '--help' doesn't allow an argument");
    expect(parse('--no').error).toBe("option '--no' is ambiguous; possibilities: '--no-pager' '--no-legend'");
  });
});
