/**
 * Grading: looks at a fork of the learner's world now and at each 10 s of the next ten virtual minutes.
 * Objects are seen through the API, by kubectl with the admin's kubeconfig, as a marker would see them;
 * so a cluster whose API does not answer passes nothing.
 */
import type { World } from '../../kernel/world.ts';
import type { Json } from '../../kernel/sys.ts';
import type { Check, Predicate } from '../../labs/schema.ts';
import type { CheckResult } from './types.ts';
import { evaluate } from './predicate.ts';
import type { Sight } from './predicate.ts';
import { HOST, runOnNode } from './node.ts';
import { decodeUtf8 } from '../../base/utf8.ts';

const STEP = 10_000_000;
const LOOKS = 60;
/** Ids of commands run for grading: far from those of labs (they live in forks only). */
const EXEC_BASE = 1_000_000;
const RESOURCES = 'pods,nodes,deployments.apps';

interface Item { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } }
const PLURAL: Readonly<Record<string, string>> = { Pod: 'pods', Node: 'nodes', Deployment: 'deployments.apps' };

/** One look through the API. Uses virtual time: call it on a fork. */
export function lookAt(world: World, id: number): Sight {
  const ran = runOnNode(world, id, `kubectl --kubeconfig=/etc/kubernetes/admin.conf get ${RESOURCES} -A -o json`, (input) => world.apply(input));
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

const judge = (checks: readonly Check[], sight: Sight, first: Sight): CheckResult[] => checks.map(({ id, predicate }) => ({ id, ...evaluate(predicate, sight, first) }));

/** What holds right now. */
export function lookNow(world: World, checks: readonly Check[]): readonly CheckResult[] {
  const sight = lookAt(world.fork(), EXEC_BASE);
  return judge(checks, sight, sight);
}

/** What holds now and keeps holding. Stops looking ahead as soon as something fails. */
export function grade(world: World, checks: readonly Check[]): readonly CheckResult[] {
  const fork = world.fork();
  const begin = fork.now;
  const first = lookAt(fork, EXEC_BASE);
  let results = judge(checks, first, first);
  for (let n = 1; n <= LOOKS && results.every((r) => r.pass); n++) {
    fork.advance(begin + n * STEP);
    const sight = lookAt(fork, EXEC_BASE + n);
    results = judge(checks, sight, first).map((r) => (r.pass ? r : { ...r, seen: `after ${n * 10}s: ${r.seen}` }));
  }
  return results;
}

/** Whether a hint's condition holds now. */
export function holdsNow(world: World, predicate: Predicate): boolean {
  const sight = lookAt(world.fork(), EXEC_BASE);
  return evaluate(predicate, sight, sight).pass;
}
