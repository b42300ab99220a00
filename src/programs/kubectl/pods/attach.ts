/** kubectl attach: the streams of a container's first process. Models kubectl pkg/cmd/attach. */
import { isatty, type Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { CliError, usageError } from '../errors.ts';
import type { Follow, Outcome } from '../follow.ts';
import { eprint } from '../io.ts';
import { targetsOf } from '../resource/targets.ts';
import { field, getOne, items, metaOf, type Obj } from '../rest.ts';
import { chooseContainer, firstPod } from './choose.ts';
import { openStreams } from './exec.ts';

/** What comes after the session: a word about how to come back. */
export interface SessionEnd extends Follow { readonly follow: 'session-end'; readonly text: string }

/** Joins a container of the pod; `after` is where to go on when the session is over. */
export function* attachTo(cli: Cli, pod: Obj, container: string, after: Follow): Coroutine<Outcome> {
  const spec = items(field(pod, 'spec'), 'containers').find(({ name }) => name === container) ?? {};
  const stdin = cli.flags.bool('stdin');
  let tty = cli.flags.bool('tty');
  if (tty && spec.tty !== true) {
    yield* eprint(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
    tty = false;
  } else if (!tty && spec.tty === true && stdin && (yield* isatty(0))) tty = true;
  if (tty && !(yield* isatty(0))) {
    yield* eprint('Unable to use a TTY - input is not a terminal or the right kind of file\n');
    tty = false;
  }
  if (stdin && tty && !cli.flags.bool('quiet')) yield* eprint("If you don't see a command prompt, try pressing enter.\n");
  return yield* openStreams(cli, pod, 'attach', [], container, stdin, tty, after);
}

/** How to come back to a container that goes on without us. */
export function resumeText(pod: Obj, container: string, tty: boolean): string {
  if (!tty || field(pod, 'spec').restartPolicy !== 'Always') return '';
  return `Session ended, resume using 'kubectl attach ${metaOf(pod).name} -c ${container} -i -t' command when the pod is running\n`;
}

export function* attach(cli: Cli): Coroutine<Outcome> {
  const { args, flags } = cli;
  if (args.length === 0) throw new CliError('at least 1 argument is required for attach');
  if (args.length > 2) throw usageError(cli.path, `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`);
  const [target] = yield* targetsOf(cli, { args, defaultType: 'pods' });
  const { resource, namespace, name } = target!;
  const pod = yield* firstPod(cli, { resource, namespace, name: name!, object: yield* getOne(cli, resource, namespace, name!), source: '' }, flags.number('pod-running-timeout'));
  const phase = field(pod, 'status').phase;
  if (phase === 'Succeeded' || phase === 'Failed') throw new CliError(`cannot attach a container in a completed pod; current phase is ${phase}`);
  const container = yield* chooseContainer(pod, flags.string('container'), flags.bool('quiet'));
  return yield* attachTo(cli, pod, container, { follow: 'session-end', text: flags.bool('quiet') ? '' : resumeText(pod, container, flags.bool('stdin') && flags.bool('tty')) } as SessionEnd);
}

/** The session is over. */
export function* endSession(_cli: Cli, state: SessionEnd): Coroutine<number> {
  yield* eprint(state.text);
  return 0;
}
