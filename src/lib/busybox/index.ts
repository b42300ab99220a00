/**
 * Which BusyBox a machine has, if any, and how its applets speak. The tools of this lab are GNU's; where a machine's /bin/busybox says
 * that they are BusyBox' applets, `complain` and `usageError` (lib/tool) put what they have to say into its words.
 */
import { attempt, stat, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { buildOfSize } from './builds.ts';
import type { Build } from './builds.ts';
import { usageOf } from './usage.ts';

export { BUILDS, type Build } from './builds.ts';
export { busyboxWords } from './words.ts';
export { APPLETS, usageOf } from './usage.ts';

/** The machine's BusyBox, or null when its tools are GNU's. */
export function* busyboxHere(): Coroutine<Build | null> {
  const found = yield* attempt(stat('/bin/busybox'), 'ENOENT', 'ENOTDIR', 'EACCES');
  return 'errno' in found ? null : buildOfSize(found.size);
}

/** `BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.` */
export const banner = (build: Build): string => `BusyBox v${build.version} (${build.built}) multi-call binary.\n`;

/** What an applet prints when it is asked for help, or called wrongly. */
export function* showUsage(build: Build, applet: string): Coroutine<void> {
  yield* write(2, `${banner(build)}\nUsage: ${usageOf(applet)}\n`);
}

/** An applet's answer to a command line it does not take. `message` is glibc's, without the program's name. → the status. */
export function* appletUsage(build: Build, applet: string, message: string): Coroutine<number> {
  if (/^unrecognized option '--help'$/.test(message)) {
    yield* showUsage(build, applet);
    return 0;
  }
  // musl's getopt has words of its own; what an applet finds out itself it tells with the usage alone.
  const option = /^(?:invalid option -- '(.)'|unrecognized option '--(.*)')$/.exec(message);
  const missing = /^option requires an argument -- '(.)'$/.exec(message);
  const musl = option !== null ? `unrecognized option: ${option[1] ?? option[2]}` : missing !== null ? `option requires an argument: ${missing[1]}` : null;
  if (musl !== null) yield* write(2, `${applet}: ${build.libc === 'musl' ? musl : message}\n`);
  yield* showUsage(build, applet);
  return 1;
}
