/**
 * `kubectl __complete WORD… PREFIX`: what the shell's completion asks. Candidates one a line with a description after a tab, then a
 * line `:N` of directives. Models cobra's completions and kubectl pkg/util/completion. Errors and warnings are kept quiet.
 */
import type { Coroutine } from '../../../kernel/sys.ts';
import { flagSet, parseFlags } from '../../../lib/flags/index.ts';
import type { Cli } from '../cli.ts';
import { readConfig } from '../config/file.ts';
import { namespaceOf } from '../config/load.ts';
import { discover, fullName, resolveResource, type Resource } from '../discovery/index.ts';
import { isUserError } from '../errors.ts';
import { eprint, print } from '../io.ts';
import { listObjects } from '../resource/objects.ts';
import { field, items, metaOf } from '../rest.ts';
import { findCommand, flagsOf, type Command, type Completes, type Found } from './command.ts';

/** cobra's ShellCompDirective bits. */
const DEFAULT = 0, NO_SPACE = 2, NO_FILES = 4;
interface Answer { readonly candidates: readonly string[]; readonly directive: number }
const NOTHING: Answer = { candidates: [], directive: NO_FILES };

const WORKLOADS = ['deployment', 'daemonset', 'statefulset', 'replicaset', 'replicationcontroller'];
/** Types that lead to pods: `logs deployments/app`. */
const WITH_PODS = ['daemonsets', 'deployments', 'pods', 'jobs', 'replicasets', 'replicationcontrollers', 'services', 'statefulsets'];
const OUTPUTS = ['custom-columns', 'custom-columns-file', 'go-template', 'go-template-file', 'json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'name', 'template', 'templatefile', 'wide', 'yaml'];

const names = (commands: readonly Command[]) => commands.filter((command) => !command.hidden).map(({ name, short }) => `${name}\t${short}`).sort();

function* namesOf(cli: Cli, resource: Resource): Coroutine<string[]> {
  const namespace = resource.namespaced ? (yield* namespaceOf(cli)).namespace : '';
  return (yield* listObjects(cli, resource, namespace)).map((object) => metaOf(object).name);
}

/** Types as `api-resources -o name` has them (of a command that takes only some, those, in the singular), or for `TYPE/` their objects. */
function* typesOf(cli: Cli, prefix: string, only: readonly string[] | null): Coroutine<Answer> {
  const slash = prefix.indexOf('/');
  if (slash >= 0) {
    const type = prefix.slice(0, slash);
    return { candidates: (yield* namesOf(cli, yield* resolveResource(cli, type))).map((name) => `${type}/${name}`), directive: NO_FILES };
  }
  if (only !== null) return { candidates: only, directive: NO_FILES };
  const listable = (yield* discover(cli)).filter((r) => r.verbs.includes('get'));
  const before = prefix.slice(0, prefix.lastIndexOf(',') + 1);
  return { candidates: [...new Set(listable.map((r) => before + fullName(r)))].sort(), directive: NO_FILES };
}

function* argumentsOf(cli: Cli, kind: Completes | undefined, args: readonly string[], prefix: string): Coroutine<Answer> {
  const of = function* (type: string, used: readonly string[]): Coroutine<Answer> {
    return { candidates: (yield* namesOf(cli, yield* resolveResource(cli, type))).filter((name) => !used.includes(name)), directive: NO_FILES };
  };
  switch (kind) {
    case 'resource': case 'workload':
      if (args.length > 0 && !args[0]!.includes('/') && !prefix.includes('/')) return yield* of(args[0]!, args.slice(1));
      return yield* typesOf(cli, prefix, kind === 'workload' ? WORKLOADS : null);
    case 'type': return args.length === 0 ? yield* typesOf(cli, prefix, null) : NOTHING;
    case 'pod': {
      if (prefix.includes('/')) return yield* typesOf(cli, prefix, null);
      if (args.length === 0) {
        const pods = yield* of('pods', []);
        const fits = pods.candidates.some((name) => name.startsWith(prefix));
        return { candidates: [...pods.candidates, ...WITH_PODS.map((type) => `${type}/`)], directive: fits ? NO_FILES : NO_FILES | NO_SPACE };
      }
      return NOTHING;
    }
    case 'node': {
      if (cli.path.endsWith(' taint')) return args.length === 0 ? { candidates: ['node'], directive: NO_FILES } : yield* of('nodes', args);
      return yield* of('nodes', args);
    }
    case 'namespace': return yield* of('namespaces', args);
    case 'context': return args.length === 0 ? { candidates: (yield* readConfig(cli)).contexts.map(({ name }) => name), directive: NO_FILES } : NOTHING;
    default: return kind === 'none' ? NOTHING : { candidates: [], directive: DEFAULT };
  }
}

function* containersOf(cli: Cli): Coroutine<Answer> {
  const name = cli.args[0];
  if (name === undefined) return NOTHING;
  const pods = yield* listObjects(cli, yield* resolveResource(cli, 'pods'), (yield* namespaceOf(cli)).namespace, { fieldSelector: `metadata.name=${name.replace(/^.*\//, '')}` });
  const candidates = pods.flatMap((pod) => [...items<{ name: string }>(field(pod, 'spec'), 'initContainers'), ...items<{ name: string }>(field(pod, 'spec'), 'containers')].map((one) => one.name));
  return { candidates, directive: NO_FILES };
}

function* flagValues(cli: Cli, flag: string): Coroutine<Answer> {
  switch (flag) {
    case 'namespace': return yield* argumentsOf(cli, 'namespace', [], '');
    case 'output': return { candidates: OUTPUTS, directive: NO_FILES };
    case 'container': return yield* containersOf(cli);
    case 'context': case 'cluster': case 'user': {
      const config = yield* readConfig(cli);
      return { candidates: config[`${flag}s`].map(({ name }) => name), directive: NO_FILES };
    }
    case 'dry-run': return { candidates: ['none', 'server', 'client'], directive: NO_FILES };
    default: return { candidates: [], directive: DEFAULT };
  }
}

/** The flag whose value is being typed; null when none is. */
function openFlag({ chain, rest }: Found, prefix: string): { readonly name: string; readonly before: string; readonly typed: string } | null {
  const set = flagsOf(chain);
  const eq = /^--([\w-]+)=(.*)$/s.exec(prefix);
  if (eq !== null) return { name: eq[1]!, before: `--${eq[1]}=`, typed: eq[2]! };
  const last = rest.at(-1) ?? '';
  const spec = last.startsWith('--') ? set.byName.get(last.slice(2)) : /^-\w$/.test(last) ? set.byShorthand.get(last[1]!) : undefined;
  if (spec === undefined || spec.type === 'bool' || spec.noOptDefault !== undefined) return null;
  return { name: spec.name, before: '', typed: prefix };
}

function flagNames({ chain }: Found, prefix: string): Answer {
  const set = flagsOf(chain);
  const long = set.specs.map(({ name, usage }) => `--${name}\t${usage}`);
  const short = prefix.startsWith('--') ? [] : set.specs.flatMap(({ shorthand, usage }) => (shorthand === undefined ? [] : [`-${shorthand}\t${usage}`]));
  return { candidates: [...short, ...long, '--help\thelp'].sort(), directive: NO_FILES };
}

/** Writes the answer; always succeeds. `make` builds the run of the command that is being typed. */
export function* complete(root: Command, words: readonly string[], make: (found: Found, flags: Cli['flags']) => Cli): Coroutine<number> {
  const prefix = words.at(-1) ?? '';
  const found = findCommand(root, words.slice(0, -1));
  const flags = parseFlags(flagSet(flagsOf(found.chain).specs), found.rest, { ignoreUnknown: true });
  const cli = make(found, flags);
  const open = openFlag(found, prefix);
  let answer: Answer;
  try {
    if (open !== null) answer = yield* flagValues(cli, open.name);
    else if (prefix.startsWith('-')) answer = flagNames(found, prefix);
    else if (found.chain.at(-1)!.children && flags.args.length === 0) answer = { candidates: names(found.chain.at(-1)!.children!), directive: NO_FILES };
    else answer = yield* argumentsOf(cli, found.chain.at(-1)!.completes, flags.args, prefix);
  } catch (caught) {
    if (!isUserError(caught)) throw caught;
    answer = NOTHING;
  }
  const typed = open?.typed ?? prefix;
  const fitting = answer.candidates.filter((candidate) => candidate.startsWith(typed)).map((candidate) => (open?.before ?? '') + candidate);
  yield* print(`${fitting.map((candidate) => `${candidate}\n`).join('')}:${answer.directive}\n`);
  const words2 = [[NO_SPACE, 'ShellCompDirectiveNoSpace'], [NO_FILES, 'ShellCompDirectiveNoFileComp']].filter(([bit]) => (answer.directive & (bit as number)) !== 0).map(([, name]) => name);
  yield* eprint(`Completion ended with directive: ${words2.length === 0 ? 'ShellCompDirectiveDefault' : words2.join(', ')}\n`);
  return 0;
}
