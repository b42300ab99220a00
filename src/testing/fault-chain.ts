/**
 * All recorded faults one after the other in one cluster, at the recorded times, as they were recorded: what an earlier fault
 * left behind (restarts, back-offs, events) is there when the next begins. Every row of every command is compared.
 */
import { World } from '../kernel/world.ts';
import type { WorldSnapshot } from '../kernel/world.ts';
import { rom } from '../distro/index.ts';
import { programs } from '../distro/programs.ts';
import { newWorld } from '../session/core/opening.ts';
import { recordedRows } from './recorded-rows.ts';
import { began, readRecording, secondsOf } from './recording.ts';
import type { Recorded } from './recording.ts';
import { bornAt, shell } from './replay.ts';

/** In the order they were recorded. */
export const CHAIN = ['S01', 'C01', 'C02', 'A01', 'A02', 'A11', 'N01', 'A27'] as const;
export interface ChainMiss { readonly section: string; readonly command: string; readonly row: string }
export interface ChainReport { readonly total: number; readonly matched: number; readonly misses: readonly ChainMiss[]; readonly byCommand: ReadonlyMap<string, readonly [matched: number, total: number]> }

/**
 * Faults between the recorded ones of which no recording was given, as the next recording shows what they left: a scheduler
 * that crashed twice and got its file back with cp, an etcd that did not run for two and a half minutes.
 */
const UNRECORDED: Readonly<Record<string, readonly (readonly [wall: string, command: string])[]>> = {
  A11: [['08:35:04', "sed -i 's#--kubeconfig=/etc/kubernetes/scheduler.conf#--kubeconfig=/etc/kubernetes/schduler.conf#' /etc/kubernetes/manifests/kube-scheduler.yaml"], ['08:35:29', 'cp /root/backup/manifests/kube-scheduler.yaml /etc/kubernetes/manifests/']],
  A27: [['08:39:01', "sed -i 's#--cert-file=/etc/kubernetes/pki/etcd/server.crt#--cert-file=/etc/kubernetes/pki/etcd/server-certificate.crt#' /etc/kubernetes/manifests/etcd.yaml"], ['08:41:36', 'cp /root/backup/manifests/etcd.yaml /etc/kubernetes/manifests/']],
};

/** The cluster at each second from an instant on. */
class Film {
  readonly #frames: WorldSnapshot[] = [];
  readonly #rows = new Map<string, ReadonlySet<string>>();
  constructor(world: World, seconds: number) {
    for (let s = 0, begin = world.now; s <= seconds; s++) {
      world.advance(begin + s * 1_000_000);
      this.#frames.push(world.snapshot());
    }
  }
  at(second: number, command: string): ReadonlySet<string> {
    const key = `${second} ${command}`;
    let rows = this.#rows.get(key);
    if (rows === undefined) {
      const world = new World(this.#frames[Math.min(second, this.#frames.length - 1)]!, programs, rom);
      this.#rows.set(key, (rows = new Set(recordedRows(command, shell(world, command).output))));
    }
    return rows;
  }
}

/** Seconds at which a row of second `t` may be shown, the nearest first. */
function window(t: number): number[] {
  const from = Math.max(0, Math.ceil(0.85 * t - 3));
  return Array.from({ length: Math.floor(1.15 * t + 3) - from + 1 }, (_, i) => from + i).sort((a, b) => Math.abs(a - t) - Math.abs(b - t) || a - b);
}

function compare(world: World, observed: readonly Recorded[]): ChainReport {
  const film = new Film(world, Math.ceil(1.15 * Math.max(0, ...observed.map((e) => e.at)) + 4));
  const misses: ChainMiss[] = [];
  const byCommand = new Map<string, readonly [number, number]>();
  let total = 0;
  for (const { section, at, command, output } of observed) {
    const rows = recordedRows(command, output);
    const missed = rows.filter((row) => !window(at).some((second) => film.at(second, command).has(row)));
    for (const row of missed) misses.push({ section, command, row });
    total += rows.length;
    const [m, n] = byCommand.get(command) ?? [0, 0];
    byCommand.set(command, [m + rows.length - missed.length, n + rows.length]);
  }
  return { total, matched: total - misses.length, misses, byCommand };
}

function join(a: ChainReport, b: ChainReport): ChainReport {
  const byCommand = new Map(a.byCommand);
  for (const [command, [m, n]] of b.byCommand) byCommand.set(command, [(byCommand.get(command)?.[0] ?? 0) + m, (byCommand.get(command)?.[1] ?? 0) + n]);
  return { total: a.total + b.total, matched: a.matched + b.matched, misses: [...a.misses, ...b.misses], byCommand };
}

const NOTHING: ChainReport = { total: 0, matched: 0, misses: [], byCommand: new Map() };

/**
 * What was done to the healthy cluster before the first fault, with its time: the recorder's own deployment, the two baselines, and the
 * deployment's end, of which only the traces were recorded. */
function before(): readonly { readonly at: number; readonly command: string }[] {
  const baselines = ['01-baseline-node', '00-baseline-kubectl'].flatMap((name) => {
    const entries = readRecording(name);
    const start = Math.max(...entries.map((it) => secondsOf(it.wall) - it.at));
    return entries.map(({ at, command }) => ({ at: start + at, command }));
  });
  return [{ at: secondsOf('08:19:43'), command: 'kubectl create deployment app --image=nginx:alpine; mkdir -p /root/backup; cp -rp /etc/kubernetes/manifests /root/backup/' }, ...baselines, { at: secondsOf('08:20:42'), command: 'kubectl delete deployment app' }];
}

/** Plays the chain on a seed; compares the recordings named. */
export function playChain(seed: number, compared: ReadonlySet<string>): ReadonlyMap<string, ChainReport> {
  const world = newWorld(seed);
  world.advance(world.birth + 45_000_000);
  const born = bornAt(world);
  const atWall = (second: number): number => Math.max(world.now, world.birth + Math.round((second - born) * 1e6));
  for (const { at, command } of before()) {
    world.advance(atWall(at));
    shell(world, command);
  }
  const reports = new Map<string, ChainReport>();
  for (const name of CHAIN) {
    const entries = readRecording(name);
    for (const [wall, command] of UNRECORDED[name] ?? []) {
      world.advance(atWall(secondsOf(wall)));
      shell(world, command);
    }
    let report = NOTHING;
    for (const [action, phase] of [['the fault', 't+'], ['the fix', 'fix+']] as const) {
      const commands = entries.filter((e) => e.section === action);
      world.advance(atWall(began(entries, action, phase)));
      for (const { command } of commands) shell(world, command);
      if (compared.has(name)) report = join(report, compare(world.fork(), entries.filter((e) => e.section.startsWith(phase))));
    }
    if (compared.has(name)) reports.set(name, report);
  }
  return reports;
}
