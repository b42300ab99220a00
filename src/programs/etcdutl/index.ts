/**
 * etcdutl: works on etcd's files without a server. Models etcd v3.5 etcdutl. Known here: version, snapshot status and restore.
 * Not modelled: backup, defrag, hashkv.
 */
import { write, type Coroutine, type Program } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { CtlError } from '../../lib/etcdtool/output.ts';
import { printStatus, restore } from '../../lib/etcdtool/snapshot.ts';
import { flagSet, parseFlags, type FlagSpec } from '../../lib/flags/index.ts';

const text = (name: string, value: string, shorthand?: string): FlagSpec => ({ name, type: 'string', default: value, usage: '', ...(shorthand === undefined ? {} : { shorthand }) });
const specs = flagSet([
  text('write-out', 'simple', 'w'), text('data-dir', ''), text('wal-dir', ''), text('name', 'default'), text('initial-cluster', 'default=http://localhost:2380'),
  text('initial-cluster-token', 'etcd-cluster'), text('initial-advertise-peer-urls', 'http://localhost:2380'),
  { name: 'skip-hash-check', type: 'bool', default: false, usage: '' }, { name: 'help', type: 'bool', default: false, usage: '', shorthand: 'h' },
]);
const UPSTREAM = ['backup', 'defrag', 'hashkv', 'completion', 'help', 'snapshot', ''];

function* run(argv: readonly string[]): Coroutine<number> {
  const flags = parseFlags(specs, argv.slice(1));
  if (flags.error !== null) throw new CtlError(flags.error);
  const [one = '', two = '', ...args] = flags.args;
  if (one === 'version') {
    yield* write(1, 'etcdutl version: 3.5.21\nAPI version: 3.5\n');
    return 0;
  }
  if (one === 'snapshot' && (two === 'status' || two === 'restore')) {
    if (args.length !== 1) throw new CtlError(`snapshot ${two} requires exactly one argument`, 128);
    return yield* two === 'status' ? printStatus(args[0]!, flags.string('write-out')) : restore(args[0]!, flags, 'console');
  }
  if (UPSTREAM.includes(one) || flags.bool('help')) throw new CtlError(`etcdutl ${`${one} ${two}`.trim() || '--help'} is not available in this lab`);
  throw new CtlError(`unknown command "${one}" for "etcdutl"\nRun 'etcdutl --help' for usage.`);
}

export const program: Program = { name: 'etcdutl', *main(argv) {
  try {
    return yield* run(argv);
  } catch (caught) {
    if (!(caught instanceof CtlError)) throw caught;
    yield* write(2, encodeUtf8(`Error: ${caught.message}\n`));
    return caught.code;
  }
} };
