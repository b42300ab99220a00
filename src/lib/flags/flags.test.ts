import { describe, expect, test } from 'vitest';
import { formatDuration } from '../../base/duration.ts';
import { flagSet, flagUsages, parseFlags, parseGoDuration } from './index.ts';

const set = flagSet([
  { name: 'kubeconfig', type: 'string', default: '', usage: 'Path to the file.' },
  { name: 'namespace', shorthand: 'n', type: 'string', default: '', usage: 'Namespace' },
  { name: 'all-namespaces', shorthand: 'A', type: 'bool', default: false, usage: 'all' },
  { name: 'secure-port', type: 'int', default: 10257, usage: 'The port' },
  { name: 'profiling', type: 'bool', default: true, usage: 'Enable profiling' },
  { name: 'controllers', type: 'list', default: ['*'], usage: 'list' },
  { name: 'feature-gates', type: 'boolMap', default: {}, usage: 'gates' },
  { name: 'period', type: 'duration', default: 5_000_000, usage: 'how long' },
]);
const parse = (...argv: string[]) => parseFlags(set, argv);

describe('flags', () => {
  test('values', () => {
    const flags = parse('get', '-An', 'x', '--secure-port=0x10', '--controllers=*,a', '--controllers', 'b', '--period', '1m30s', '--profiling=false', 'pods', '--', '--foo');
    expect(flags.error).toBeNull();
    expect(flags.args).toEqual(['get', 'pods', '--foo']);
    expect(flags.dash).toBe(2);
    expect([flags.string('namespace'), flags.bool('all-namespaces'), flags.number('secure-port'), flags.list('controllers'), flags.number('period'), flags.bool('profiling')])
      .toEqual(['x', true, 16, ['*', 'a', 'b'], 90e6, false]);
    expect(flags.changed('kubeconfig')).toBe(false);
  });
  test('errors in the words of pflag', () => {
    const error = (...argv: string[]) => parse(...argv).error;
    expect(error('--xyz')).toBe('unknown flag: --xyz');
    expect(error('-z')).toBe("unknown shorthand flag: 'z' in -z");
    expect(error('--kubeconfig')).toBe('flag needs an argument: --kubeconfig');
    expect(error('-n')).toBe("flag needs an argument: 'n' in -n");
    expect(error('--secure-port=abc')).toBe('invalid argument "abc" for "--secure-port" flag: strconv.ParseInt: parsing "abc": invalid syntax');
    expect(error('--profiling=tru')).toBe('invalid argument "tru" for "--profiling" flag: strconv.ParseBool: parsing "tru": invalid syntax');
    expect(error('--feature-gates=Foo')).toBe('invalid argument "Foo" for "--feature-gates" flag: missing bool value for Foo');
    expect(error('--=x')).toBe('bad flag syntax: --=x');
    expect(parse('-h').help).toBe(true);
  });
  test('durations', () => {
    expect(parseGoDuration('1h2m3.5s')).toEqual({ us: 3723_500_000 });
    expect(parseGoDuration('5')).toEqual({ error: 'time: missing unit in duration "5"' });
    expect([0, 800e3, 5e6, 90e6, 3600e6].map(formatDuration)).toEqual(['0s', '800ms', '5s', '1m30s', '1h0m0s']);
  });
  test('usage', () => {
    expect(flagUsages(set)).toContain('      --secure-port int               The port (default 10257)\n');
    expect(flagUsages(set)).toContain('  -n, --namespace string              Namespace\n');
  });
});
