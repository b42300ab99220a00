/** sysctl(8) of procps 4: reads and writes /proc/sys. What is written is remembered by the machine; it changes no behaviour. */
import { cpu, readDir, readFile, write, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { complain, quietly, quote, reason } from '../../lib/tool/index.ts';
import { join, look } from '../../lib/tool/tree.ts';

const ROOT = '/proc/sys';
const USAGE = '\nUsage:\n sysctl [options] [variable[=value] ...]\n\nOptions:\n  -a, --all            display all variables\n  -e, --ignore         ignore unknown variables errors\n  -n, --values         print only values of the given variable(s)\n  -N, --names          print only variable names\n  -p, --load[=<file>]  read values from file\n  -w, --write          enable writing a value to variable\n  -q, --quiet          do not echo variable set\n\nFor more details see sysctl(8).\n';
const pathOf = (name: string): string => `${ROOT}/${name.includes('/') ? name : name.replaceAll('.', '/')}`;
const nameOf = (path: string): string => path.slice(ROOT.length + 1).replaceAll('/', '.');

interface Look { readonly values: boolean; readonly names: boolean; readonly ignore: boolean; readonly quiet: boolean }

function* show(path: string, look_: Look): Coroutine<boolean> {
  const it = yield* look(path);
  if (it === null) {
    if (!look_.ignore) yield* complain('sysctl', `cannot stat ${path}: No such file or directory`);
    return look_.ignore;
  }
  if (it.type === 'dir') {
    let well = true;
    for (const { name } of [...(yield* readDir(path))].sort((a, b) => (a.name < b.name ? -1 : 1))) well = (yield* show(join(path, name), look_)) && well;
    return well;
  }
  const text = (yield* readFile(path)).replace(/\n$/, '');
  yield* write(1, look_.names ? `${nameOf(path)}\n` : look_.values ? `${text}\n` : text.split('\n').map((line) => `${nameOf(path)} = ${line}\n`).join(''));
  return true;
}
function* set(name: string, value: string, look_: Look): Coroutine<boolean> {
  const path = pathOf(name);
  if ((yield* look(path))?.type !== 'file') {
    if (!look_.ignore) yield* complain('sysctl', `cannot stat ${path}: No such file or directory`);
    return look_.ignore;
  }
  try {
    yield* writeFile(path, `${value}\n`);
  } catch (caught) {
    yield* complain('sysctl', `permission denied on key ${quote(nameOf(path))}${reason(caught) === 'Permission denied' ? '' : `: ${reason(caught)}`}`);
    return false;
  }
  if (!look_.quiet) yield* write(1, look_.values ? `${value}\n` : `${nameOf(path)} = ${value}\n`);
  return true;
}
function* load(file: string, look_: Look): Coroutine<boolean> {
  let text: string;
  try {
    text = yield* readFile(file);
  } catch (caught) {
    yield* complain('sysctl', `cannot open "${file}": ${reason(caught)}`);
    return false;
  }
  let well = true;
  for (const line of text.split('\n')) {
    const m = /^\s*([^#;=\s][^=\s]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (m !== null) well = (yield* set(m[1]!, m[2]!, look_)) && well;
  }
  return well;
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const { options, operands, error } = getopt(argv.slice(1), 'aenNp::wqAbxX', { all: 'a', ignore: 'e', values: 'n', names: 'N', load: 'p::', write: 'w', quiet: 'q', system: 'system', binary: 'b' });
  const on = (name: string): boolean => options.some((o) => o.name === name);
  if (error !== null || (operands.length === 0 && !['a', 'p', 'system', 'A', 'X'].some(on))) {
    yield* write(error === null ? 1 : 2, error === null ? USAGE : `sysctl: ${error}\n${USAGE}`);
    return 1;
  }
  const how: Look = { values: on('n'), names: on('N'), ignore: on('e'), quiet: on('q') };
  if (on('a') || on('A') || on('X')) return (yield* show(ROOT, how)) ? 0 : 1;
  let well = true;
  if (on('system')) {
    for (const dir of ['/etc/sysctl.d', '/run/sysctl.d', '/usr/lib/sysctl.d']) {
      if ((yield* look(dir))?.type !== 'dir') continue;
      for (const { name } of yield* readDir(dir)) {
        if (!name.endsWith('.conf')) continue;
        yield* write(1, `* Applying ${dir}/${name} ...\n`);
        well = (yield* load(`${dir}/${name}`, how)) && well;
      }
    }
  } else if (on('p')) {
    const file = options.find((o) => o.name === 'p')!.value ?? operands[0] ?? '/etc/sysctl.conf';
    return (yield* load(file, how)) ? 0 : 1;
  }
  for (const word of operands) {
    const at = word.indexOf('=');
    if (at < 0 && on('w')) {
      yield* complain('sysctl', `${quote(word)} must be of the form name=value`);
      well = false;
    } else well = (at < 0 ? yield* show(pathOf(word), how) : yield* set(word.slice(0, at), word.slice(at + 1), how)) && well;
  }
  return well ? 0 : 1;
}

export const program: Program = { name: 'sysctl', main: (argv) => quietly(body(argv)) };
