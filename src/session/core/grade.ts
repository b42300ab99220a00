/**
 * Grading: looks at a fork of the learner's world now and at each 10 s of the next ten virtual minutes.
 * Objects are seen through the API, by kubectl with the admin's kubeconfig, as a marker would see them;
 * so a cluster whose API does not answer passes nothing. All of it gives way after each `budget` system calls,
 * because ten minutes of a busy cluster take longer than a page may stand still.
 */
import type { World } from '../../kernel/world.ts';
import type { Json } from '../../kernel/sys.ts';
import type { Check, Predicate } from '../../labs/schema.ts';
import type { CheckResult, GradingProgress } from './types.ts';
import { evaluate } from './predicate.ts';
import type { Sight } from './predicate.ts';
import { HOST, runningOnNode, toEnd } from './node.ts';
import { decodeUtf8 } from '../../base/utf8.ts';

const STEP = 10_000_000;
const LOOKS = 60;
/** Ids of commands run for grading: far from those of labs (they live in forks only). */
const EXEC_BASE = 1_000_000;
const RESOURCES = 'pods,nodes,deployments.apps';

interface Item { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } }
const PLURAL: Readonly<Record<string, string>> = { Pod: 'pods', Node: 'nodes', Deployment: 'deployments.apps' };

/** Runs a command on a fork, giving way after each `budget` system calls. */
function* looking(world: World, id: number, budget: number): Generator<void, Sight, void> {
  const command = `kubectl --kubeconfig=/etc/kubernetes/admin.conf get ${RESOURCES} -A -o json`;
  const ran = yield* runningOnNode(world, id, command, (input) => world.apply(input), budget);
  const seen = { file: (path: string) => { const data = world.readFile(HOST, path); return data === null ? null : decodeUtf8(data); },
    running: (program: string) => world.processes(HOST).some((p) => p.program === program && p.status === null) };
  if (ran.code !== 0) return { ...seen, objects: null, why: decodeUtf8(ran.stderr).trim().split('\n').pop() || 'the API server did not answer' };
  const objects = new Map<string, Json>();
  for (const item of (JSON.parse(decodeUtf8(ran.stdout)) as { items: (Item & Json)[] }).items) {
    const { name, namespace } = item.metadata;
    objects.set(`${PLURAL[item.kind] ?? item.kind}/${namespace === undefined ? '' : `${namespace}/`}${name}`, item);
  }
  return { ...seen, objects, why: '' };
}

/** One look through the API. Uses virtual time: call it on a fork. */
export const lookAt = (world: World, id: number): Sight => toEnd(looking(world, id, Infinity));

const judge = (checks: readonly Check[], sight: Sight, first: Sight): CheckResult[] => checks.map(({ id, predicate }) => ({ id, ...evaluate(predicate, sight, first) }));

/** Whether it compares with an earlier look. */
function lasts(predicate: Predicate): boolean {
  if ('all' in predicate) return predicate.all.some(lasts);
  if ('any' in predicate) return predicate.any.some(lasts);
  if ('not' in predicate) return lasts(predicate.not);
  return 'test' in predicate && 'steady' in predicate.test;
}

/** What holds right now. That something stays as it is cannot be seen in one look, so it does not pass and nothing is said of it. */
export function* lookingNow(world: World, checks: readonly Check[], budget: number): Generator<void, readonly CheckResult[], void> {
  const sight = yield* looking(world.fork(), EXEC_BASE, budget);
  return judge(checks, sight, sight).map((result, at) => (result.pass && lasts(checks[at]!.predicate) ? { ...result, pass: false } : result));
}

/**
 * What holds now and keeps holding: a check that once fails has failed. Looks ahead while all is well, and as long as something
 * passes of which one look says nothing: a pod in its back-off has restarted no more often now than now.
 */
export function* grading(world: World, checks: readonly Check[], budget: number): Generator<GradingProgress, readonly CheckResult[], void> {
  const fork = world.fork();
  const begin = fork.now;
  const first = yield* at(0, looking(fork, EXEC_BASE, budget));
  const enduring = checks.map(({ predicate }) => lasts(predicate));
  let results = judge(checks, first, first);
  const isOpen = () => results.every(({ pass }) => pass) || results.some(({ pass }, i) => pass && enduring[i]);
  for (let n = 1; n <= LOOKS && isOpen(); n++) {
    while (fork.advance(begin + n * STEP, budget) === 'budget') yield { done: n, of: LOOKS };
    const sight = yield* at(n, looking(fork, EXEC_BASE + n, budget));
    const now = judge(checks, sight, first);
    results = results.map((before, i) => (before.pass && !now[i]!.pass ? { ...now[i]!, seen: `after ${n * 10}s: ${now[i]!.seen}` } : before));
  }
  return results;
}

/** Runs a piece of the work, saying how far the whole has come whenever it gives way. */
function* at<T>(done: number, work: Generator<void, T, void>): Generator<GradingProgress, T, void> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield { done, of: LOOKS };
  }
}

/** Whether a hint's condition holds now. */
export function holdsNow(world: World, predicate: Predicate): boolean {
  const sight = lookAt(world.fork(), EXEC_BASE);
  return evaluate(predicate, sight, sight).pass;
}
