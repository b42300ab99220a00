/**
 * kubectl: finds the command, parses its flags, runs it, and says what went wrong in kubectl's words. What waits long is a chain of
 * states that are checkpointed one by one (follow.ts).
 */
import { checkpoint, cpu, environ, isatty, ttySize, type Coroutine, type Json, type Program } from '../../kernel/sys.ts';
import { klogWarn } from '../../lib/klog/index.ts';
import { parseFlags, type ParsedFlags } from '../../lib/flags/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import type { Cli } from './cli.ts';
import { complete } from './cobra/complete.ts';
import { commandPath, findCommand, flagsOf, suggestions, type Found, type KubectlFlag } from './cobra/command.ts';
import { helpText, optionsText } from './cobra/help.ts';
import { root } from './commands/index.ts';
import { unknownSubcommand } from './cluster/info.ts';
import { CliError, Exit, exitCode, fatalText, HelpWanted, isUserError, usageError } from './errors.ts';
import type { Follow, Outcome } from './follow.ts';
import { eprint, print } from './io.ts';
import { filesOf } from './resource/files.ts';
import { steps } from './steps.ts';

/** What starting up costs: Go's runtime, flag tables, reading the configuration. µs. */
const START_US = 80_000;

/** Columns to wrap help at; 0 when it does not go to a terminal. */
function* wrapLimit(): Coroutine<number> {
  if (!(yield* isatty(1))) return 0;
  const { cols } = yield* ttySize(1);
  return cols >= 120 ? 120 : cols >= 100 ? 100 : cols >= 80 ? 80 : 0;
}

function cliOf(found: Found, flags: ParsedFlags, env: Cli['env'], config: RestConfig | null): Cli {
  const withCache: ParsedFlags = flags.string('cache-dir') === '' ? Object.assign(Object.create(flags) as ParsedFlags, {
    string: (name: string) => (name === 'cache-dir' ? env.KUBECACHEDIR ?? `${env.HOME ?? '/root'}/.kube/cache` : flags.string(name)),
    bool: (name: string) => flags.bool(name), number: (name: string) => flags.number(name), list: (name: string) => flags.list(name), map: (name: string) => flags.map(name), changed: (name: string) => flags.changed(name),
  }) : flags;
  return { path: commandPath(found.chain), flags: withCache, args: flags.args, dash: flags.dash, env, known: { config, resources: null } };
}

/** Why the flags cannot be used; null when they can. */
function flagComplaint({ chain }: Found, flags: ParsedFlags): string | null {
  if (flags.error !== null) return `error: ${flags.error}\nSee '${commandPath(chain)} --help' for usage.`;
  const missing = flagsOf(chain).specs.find((spec) => (spec as KubectlFlag).missing && flags.changed(spec.name));
  return missing === undefined ? null : `${commandPath(chain)}: --${missing.name} is not available in this lab`;
}

/** Groups that write their help to standard output when they are called by themselves. */
const ON_STDOUT = ['kubectl rollout', 'kubectl certificate'];

/** A command that only groups others was called by itself, or with a word that is none of them. */
function* withoutRun(found: Found, flags: ParsedFlags): Coroutine<number> {
  const [word] = flags.args;
  if (found.chain.length === 1) {
    if (word === undefined) {
      yield* print(helpText(found.chain, yield* wrapLimit()));
      return 0;
    }
    const likely = suggestions(root, word);
    throw new CliError(`unknown command ${JSON.stringify(word)} for "kubectl"${likely.length === 0 ? '' : `\n\nDid you mean this?\n${likely.map((name) => `\t${name}\n`).join('')}`}`);
  }
  if (word !== undefined) throw new Exit(1, unknownSubcommand(commandPath(found.chain), flags.args));
  const path = commandPath(found.chain);
  yield* (ON_STDOUT.includes(path) ? print : eprint)(helpText(found.chain, yield* wrapLimit()));
  return path === 'kubectl certificate' ? 0 : 1;
}

/** From the arguments to the command's first outcome. */
function* begin(argv: readonly string[], env: Cli['env']): Coroutine<Outcome> {
  if (argv[0] === '__complete' || argv[0] === '__completeNoDesc') return yield* complete(root, argv.slice(1), (found, flags) => cliOf(found, flags, env, null));
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  if (words[0] === 'options') {
    yield* print(optionsText(root, yield* wrapLimit()));
    return 0;
  }
  const found = findCommand(root, words);
  if (argv[0] === 'help' && found.chain.length === 1 && argv.length > 1) {
    const help = helpText(found.chain, yield* wrapLimit());
    yield* eprint(`Unknown help topic [\`${argv.slice(1).join('` `')}\`]\n${help.split('\n').filter((_line, i) => i !== 0 && i !== 2).join('\n')}`);
    return 0;
  }
  const flags = parseFlags(flagsOf(found.chain), found.rest);
  if (flags.help) {
    yield* print(helpText(found.chain, yield* wrapLimit()));
    return 0;
  }
  const complaint = flagComplaint(found, flags);
  if (complaint !== null) throw new Exit(1, complaint);
  const command = found.chain.at(-1)!;
  if (command.run === undefined) return yield* withoutRun(found, flags);
  if (commandPath(found.chain) === 'kubectl create' && filesOf(flags).length === 0) {
    if (flags.args.length > 0) throw usageError(commandPath(found.chain), `Unexpected args: [${flags.args.join(' ')}]`);
    throw new CliError('must specify one of -f and -k');
  }
  const required = (command.required ?? []).filter((name) => !flags.changed(name));
  if (required.length > 0) throw new CliError(`required flag(s) ${required.map((name) => `"${name}"`).join(', ')} not set`);
  const cli = cliOf(found, flags, env, null);
  if (flags.values.get('dry-run') === 'unchanged') yield* klogWarn('helpers.go:703', '--dry-run is deprecated and can be replaced with --dry-run=client.');
  try {
    return withConfig(cli, yield* command.run(cli));
  } catch (caught) {
    if (caught instanceof HelpWanted) yield* print(helpText(found.chain, yield* wrapLimit()));
    throw caught;
  }
}

/** The state carries the configuration along, so that no step reads it again. */
const withConfig = (cli: Cli, outcome: Outcome): Outcome => (typeof outcome === 'number' || cli.known.config === null ? outcome : { ...outcome, config: cli.known.config } as Follow);

function* step(argv: readonly string[], env: Cli['env'], state: Follow): Coroutine<Outcome> {
  const found = findCommand(root, argv);
  const cli = cliOf(found, parseFlags(flagsOf(found.chain), found.rest), env, (state as { readonly config?: RestConfig }).config ?? null);
  return withConfig(cli, yield* steps[state.follow]!(cli, state as never));
}

function* start(argv: readonly string[]): Coroutine<Outcome> {
  yield* cpu(START_US);
  return yield* begin(argv, yield* environ());
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  try {
    // A resumed run must come back to its checkpoint first of all.
    let outcome: Outcome = (saved as unknown as Follow | null | undefined) ?? (yield* start(argv.slice(1)));
    while (typeof outcome !== 'number') {
      yield* checkpoint(outcome);
      outcome = yield* step(argv.slice(1), yield* environ(), outcome);
    }
    return outcome;
  } catch (caught) {
    if (!isUserError(caught)) throw caught;
    yield* eprint(fatalText(caught));
    return exitCode(caught);
  }
}

export const program: Program = { name: 'kubectl', main };
