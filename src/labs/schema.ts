/**
 * What a lab is: plain data, checked before use, so that a lab from elsewhere is inert whatever it holds.
 * A lab breaks things as a colleague would (commands, run without a terminal), checks by predicates over
 * objects, processes and files, and solves itself with a script of the headless runner.
 */
export type Lang = 'en' | 'ko';
export const LANGS: readonly Lang[] = ['en', 'ko'];

/** A step into a JSON value: a key, an index, or the first array element that has these fields. */
export type PathStep = string | number | { readonly [field: string]: string | number | boolean };

/** True of a world or not. `path` defaults to the whole object. */
export type Predicate =
  | { readonly object: string; readonly path?: readonly PathStep[]; readonly test: Test }          // "pods/kube-system/etcd-controlplane"
  | { readonly every: string; readonly path: readonly PathStep[]; readonly test: Test; readonly unless?: Predicate1 }  // "pods" of all namespaces
  | FilePredicate
  | { readonly process: string; readonly running: boolean }
  | { readonly all: readonly Predicate[] } | { readonly any: readonly Predicate[] } | { readonly not: Predicate };
export interface FilePredicate { readonly file: string; readonly exists?: boolean; readonly contains?: string; readonly lacks?: string }
/** A test of one object of an `every`. */
export interface Predicate1 { readonly path: readonly PathStep[]; readonly test: Test }
export type Test =
  | { readonly equals: string | number | boolean | null } | { readonly atLeast: number } | { readonly present: boolean }
  | { readonly matches: string }            // substring
  | { readonly steady: true };              // the same value at every look

export interface Check { readonly id: string; readonly predicate: Predicate }
/** Commands of a shell, run as root from outside any terminal, `before` the task begins (for the first task: before the lab opens). */
export interface Fault { readonly before: string; readonly run: readonly string[] }
export interface Hint { readonly when?: Predicate; readonly text: string }
export interface Task { readonly id: string; readonly faults: readonly Fault[]; readonly checks: readonly Check[]; readonly hints: readonly Hint[]; readonly solution: readonly string[] }
export interface LabDefinition {
  readonly id: string; readonly level: 'easy' | 'medium' | 'hard'; readonly minutes: number;
  /** Age of the machine when the lab opens, e.g. "930s": the node, registered some seconds later, is then 15m old. */ readonly opensAfter: string;
  /** Commands that prepare a healthy cluster, this long before the opening. */ readonly setup: readonly Fault[];
  readonly tasks: readonly Task[];
}
/** The words of a lab in one language. `hints` by the key a `Hint.text` names. */
export interface LabText {
  readonly title: string; readonly summary: string;
  readonly tasks: Readonly<Record<string, { readonly title: string; readonly text: string; readonly checks: Readonly<Record<string, string>>; readonly hints: Readonly<Record<string, string>> }>>;
}

/** Virtual time spans of labs and scripts: `40s`, `1.5s`, `2m`, `1h`, `250ms`. → µs, or null. */
export function parseSpan(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  if (match === null) return null;
  const unit = { ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 }[match[2] as 'ms' | 's' | 'm' | 'h'];
  return Math.round(Number(match[1]) * unit);
}

/** Problems of a lab, one sentence each; empty when it is sound. */
export function problemsOf(lab: LabDefinition, texts: Readonly<Record<Lang, LabText>>): readonly string[] {
  const problems: string[] = [];
  if (!/^[a-z0-9-]{1,64}$/.test(lab.id)) problems.push(`id ${JSON.stringify(lab.id)} is not a name`);
  if (parseSpan(lab.opensAfter) === null) problems.push(`opensAfter ${lab.opensAfter} is not a span`);
  for (const fault of [...lab.setup, ...lab.tasks.flatMap((t) => t.faults)]) if (parseSpan(fault.before) === null) problems.push(`before ${fault.before} is not a span`);
  for (const task of lab.tasks) {
    for (const lang of LANGS) {
      const text = texts[lang].tasks[task.id];
      if (text === undefined) {
        problems.push(`task ${task.id} has no text in ${lang}`);
        continue;
      }
      for (const check of task.checks) if (text.checks[check.id] === undefined) problems.push(`check ${task.id}/${check.id} has no name in ${lang}`);
      for (const hint of task.hints) if (text.hints[hint.text] === undefined) problems.push(`hint ${task.id}/${hint.text} has no text in ${lang}`);
    }
  }
  return problems;
}
