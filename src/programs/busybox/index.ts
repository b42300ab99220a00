/**
 * BusyBox' multi-call binary: what it says of itself, the applets that are nobody else's (wget, ifconfig), and `busybox APPLET`, which
 * runs the applet of that name. Most applets are the lab's ordinary tools, which know a BusyBox by /bin/busybox (lib/busybox).
 */
import { access, cpu, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { APPLETS, banner, BUILDS, busyboxHere, showUsage } from '../../lib/busybox/index.ts';
import type { Build } from '../../lib/busybox/index.ts';
import { quietly } from '../../lib/tool/index.ts';
import { runProgram } from '../../lib/tool/run.ts';
import { ifconfig } from './ifconfig.ts';
import { wget } from './wget.ts';

const ABOUT = 'BusyBox is copyrighted by many authors between 1998-2015.\nLicensed under GPLv2. See source distribution for detailed\ncopyright notices.\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list[-full]\n   or: busybox --install [-s] [DIR]\n   or: function [arguments]...\n\n'
  + '\tBusyBox is a multi-call binary that combines many common Unix\n\tutilities into a single executable.  Most people will create a\n\tlink to busybox for each function they wish to use and BusyBox\n\twill act like whatever it was invoked as.\n\nCurrently defined functions:\n';

/** The applets this image has: those whose file is there. */
function* present(): Coroutine<readonly string[]> {
  const found: string[] = [];
  for (const name of APPLETS) if (yield* access(`/bin/${name}`, 'x')) found.push(name);
  return found;
}
/** The names as the help shows them, in lines of a terminal's width. */
function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const [i, name] of names.entries()) {
    const word = `${name}${i < names.length - 1 ? ',' : ''}`;
    if (line !== '' && line.length + 1 + word.length > 71) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${word}`;
  }
  return [...lines, line].map((text) => `\t${text}\n`).join('');
}

/** `busybox …` under its own name. */
function* itself(build: Build, words: readonly string[]): Coroutine<number> {
  const [first, ...rest] = words;
  if (first === undefined || first === '--help') {
    yield* write(1, `${banner(build)}${ABOUT}${wrapped(yield* present())}\n`);
    return 0;
  }
  if (first === '--list' || first === '--list-full') {
    yield* write(1, (yield* present()).map((name) => `${first === '--list-full' ? 'bin/' : ''}${name}\n`).join(''));
    return 0;
  }
  if (first === '--install' || first === '--show') {
    yield* write(2, `busybox: ${first} is not available in this lab\n`);
    return 1;
  }
  if (first === 'busybox') return yield* itself(build, rest);
  if (!(yield* present()).includes(first)) {
    yield* write(2, `${first}: applet not found\n`);
    return 127;
  }
  return yield* runProgram({ path: `/bin/${first}`, argv: [first, ...rest] }, (reason) => `${first}: ${reason}`);
}

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(1000);
  const build = (yield* busyboxHere()) ?? BUILDS['1.37'];
  const name = argv[0]!.replace(/^.*\//, '');
  if (argv[1] === '--help' && (name === 'wget' || name === 'ifconfig')) {
    yield* showUsage(build, name);
    return 0;
  }
  switch (name) {
    case 'wget': return yield* wget(build, argv.slice(1));
    case 'ifconfig': return yield* ifconfig(argv.slice(1));
    default: return yield* itself(build, argv.slice(1));
  }
}

export const program: Program = { name: 'busybox', main: (argv) => quietly(body(argv)) };
