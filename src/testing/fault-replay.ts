/**
 * Holds a recorded fault against the simulator: the recorded commands break and mend a simulated cluster, which is
 * kept at every second; a recorded row at t counts as matched when the same command shows it at some second
 * between 0.85 t − 3 s and 1.15 t + 3 s, not before the row's own kind was matched last.
 */
import { World } from '../kernel/world.ts';
import type { WorldSnapshot } from '../kernel/world.ts';
import { rom } from '../distro/index.ts';
import { programs } from '../distro/programs.ts';
import { normalise } from './normalise.ts';
import type { Recorded } from './recording.ts';
import { shell } from './replay.ts';

export interface Row { readonly kind: 'pod' | 'event' | 'container' | 'log'; readonly text: string; /** Events: how often. */ readonly count: number }
export interface Unmatched { readonly section: string; readonly at: number; readonly row: Row }
export interface FaultReport { readonly total: number; readonly matched: number; readonly unmatched: readonly Unmatched[] }

/** The rows of an output that the comparison is about; empty for commands it is not about. */
export function rowsOf(command: string, output: string, component: string): readonly Row[] {
  const lines = output.split('\n');
  if (command === 'kubectl get po -A') {
    return lines.filter((l) => /-controlplane\s/.test(l)).map((l) => {
      const m = /^\S+\s+(\S+)\s+(\d+\/\d+)\s+(\S+)\s+(\d+)/.exec(l);
      return { kind: 'pod' as const, text: m === null ? l : `${m[1]} ${m[2]} ${m[3]} ${m[4]}`, count: 0 };
    });
  }
  if (command.startsWith('kubectl -n kube-system describe po') || command.startsWith('kubectl describe po -n kube-system')) {
    const events = lines.slice(lines.findIndex((l) => l.startsWith('Events:')) + 3);
    return events.map((l) => /^ {2}(Normal|Warning)\s+(\S+)\s+(\S+(?: \(x(\d+) over [^)]*\))?)\s+(\S+)\s+(.*)$/.exec(l)).filter((m) => m !== null)
      .map((m) => ({ kind: 'event' as const, text: normalise(`${m[1]} ${m[2]} ${m[6]}`), count: Number(m[4] ?? 1) }));
  }
  if (command === 'crictl ps -a') {
    return lines.map((l) => new RegExp(`\\s(Running|Exited|Created)\\s+${component}\\s+(\\d+)\\s`).exec(l)).filter((m) => m !== null).map((m) => ({ kind: 'container' as const, text: `${m[1]} ${m[2]}`, count: 0 }));
  }
  if (command.startsWith('crictl logs')) return normalise(output).split('\n').filter((l) => l !== '').map((text) => ({ kind: 'log' as const, text, count: 0 }));
  return [];
}

const same = (a: Row, b: Row): boolean => a.kind === b.kind && a.text === b.text && Math.abs(a.count - b.count) <= 1;

/** A cluster kept at every second from an instant on, asked again and again. */
class Film {
  readonly #frames: WorldSnapshot[] = [];
  readonly #answers = new Map<string, readonly Row[]>();
  readonly #component: string;
  constructor(world: World, seconds: number, component: string) {
    this.#component = component;
    const begin = world.now;
    for (let s = 0; s <= seconds; s++) {
      world.advance(begin + s * 1_000_000);
      this.#frames.push(world.snapshot());
    }
  }
  at(second: number, command: string): readonly Row[] {
    const key = `${second} ${command}`;
    let rows = this.#answers.get(key);
    if (rows === undefined) {
      const world = new World(this.#frames[Math.min(second, this.#frames.length - 1)]!, programs, rom);
      rows = rowsOf(command, shell(world, command).output, this.#component);
      this.#answers.set(key, rows);
    }
    return rows;
  }
}

/** Seconds of a window, the recorded time itself first. */
function seconds(t: number): number[] {
  const from = Math.max(0, Math.ceil(0.85 * t - 3));
  const to = Math.floor(1.15 * t + 3);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i).sort((a, b) => Math.abs(a - t) - Math.abs(b - t) || a - b);
}

/** Breaks and mends `world` as recorded. `component` is the container the recording is about. */
export function replayFault(world: World, entries: readonly Recorded[], component: string): FaultReport {
  const unmatched: Unmatched[] = [];
  let total = 0;
  for (const [action, phase] of [['the fault', (s: string) => s.startsWith('t+')], ['the fix', (s: string) => s.startsWith('fix+')]] as const) {
    for (const { command } of entries.filter((e) => e.section === action)) shell(world, command);
    const observed = entries.filter((e) => phase(e.section));
    const film = new Film(world, Math.ceil(1.15 * Math.max(0, ...observed.map((e) => e.at)) + 4), component);
    for (const { section, at, command, output } of observed) {
      for (const row of rowsOf(command, output, component)) {
        total++;
        if (!seconds(at).some((s) => film.at(s, command).some((shown) => same(row, shown)))) unmatched.push({ section, at, row });
      }
    }
  }
  return { total, matched: total - unmatched.length, unmatched };
}
