/**
 * crictl 1.33: a client of the container runtime for people.
 * Not modelled: creating pods and containers by hand, stats, port-forward, go-templates, tracing.
 */
import { cpu, isatty, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { logrusText } from '../../lib/cri/index.ts';
import { info, inspect, pull, rm, rmi, rmp, stop, stopp, version } from './actions.ts';
import { connectRuntime, Fatal, print } from './context.ts';
import type { Context } from './context.ts';
import { HELP, USAGE } from './help.ts';
import { images, pods, ps } from './list.ts';
import { attach, exec, follow, logs } from './logs.ts';
import { ABSENT, ALIASES, COMMANDS, FlagError, GLOBAL, parseFlags } from './options.ts';
import type { Parsed } from './options.ts';

const RUN: Readonly<Record<string, (context: Context, flags: Parsed) => Coroutine<number>>> = {
  ps, pods, images, logs, stop, rm, stopp, rmp, pull, rmi, info, exec, version,
  inspect: (context, flags) => inspect(context, flags, 'container'), inspectp: (context, flags) => inspect(context, flags, 'sandbox'), inspecti: (context, flags) => inspect(context, flags, 'image'),
};

function usage(command: string): string {
  const [text, args] = USAGE[command] ?? ['', ''];
  const { values, switches } = COMMANDS[command]!;
  const names = [...values.map((name) => `--${name} value`), ...switches.map((name) => `--${name}`)].sort();
  return `NAME:\n   crictl ${command} - ${text}\n\nUSAGE:\n   crictl ${command} [command options]${args === '' ? '' : ` ${args}`}\n\nOPTIONS:\n${names.map((name) => `   ${name}\n`).join('')}`;
}

function* command(argv: readonly string[]): Coroutine<number> {
  const global = parseFlags(argv.slice(1), GLOBAL);
  if (global.switches.has('version')) return yield* say('crictl version 1.33.0\n');
  const given = global.args[0];
  if (given === undefined || given === 'help' || given === 'h' || global.switches.has('help')) return yield* say(HELP);
  const name = ALIASES[given] ?? given;
  const flagSet = COMMANDS[name];
  if (flagSet === undefined) {
    if (ABSENT.includes(name)) {
      yield* write(2, `crictl: ${given} is not available in this lab\n`);
      return 1;
    }
    yield* print(HELP);
    throw new Fatal(`command "${given}" not found`);
  }
  const flags = parseFlags(global.args.slice(1), flagSet);
  if (flags.switches.has('help')) return yield* say(usage(name));
  return yield* RUN[name]!(yield* connectRuntime(global), flags);
}

function* say(text: string): Coroutine<number> {
  yield* print(text);
  return 0;
}

interface Saved { readonly context: Context; readonly following?: Parameters<typeof follow>[1]; readonly executing?: Parameters<typeof attach>[1] }

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  try {
    const resumed = saved as unknown as Saved | undefined;
    if (resumed?.following !== undefined) return yield* follow(resumed.context, resumed.following);
    if (resumed?.executing !== undefined) return yield* attach(resumed.context, resumed.executing);
    yield* cpu(20_000);
    return yield* command(argv);
  } catch (caught) {
    if (caught instanceof FlagError) yield* write(1, `Incorrect Usage: ${caught.message}\n\n`);
    else if (!(caught instanceof Fatal)) throw caught;
    yield* logrusText(yield* isatty(2), 'fatal', (caught as Error).message);
    return 1;
  }
}

export const program: Program = { name: 'crictl', main };
