/** `npm run bench`: what the simulation costs on this machine. Prints a table; nothing here is a test. */
import { performance } from 'node:perf_hooks';
import { openSession } from '../session/core/index.ts';
import type { Session } from '../session/core/index.ts';
import { openingOf } from '../session/core/opening.ts';
import { labs } from '../labs/index.ts';
import { encodeSnapshot } from '../kernel/codec.ts';
import { gzipSync } from 'fflate';
import { ScriptPlayer } from '../session/core/script.ts';

const rows: [what: string, got: string, aim: string][] = [];
function time<T>(run: () => T): { ms: number; value: T } {
  const begin = performance.now();
  const value = run();
  return { ms: performance.now() - begin, value };
}
const ms = (n: number): string => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`;
const percentile = (sorted: readonly number[], p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))]!;

const definition = labs.get('sandbox')!.definition;
const opening = time(() => openingOf(definition, 1));
rows.push(['boot and 15 virtual minutes (sandbox opening)', ms(opening.ms), '-']);
const text = time(() => encodeSnapshot(opening.value));
rows.push(['opening as text, gzip', `${Math.round(gzipSync(new TextEncoder().encode(text.value), { level: 9 }).length / 1024)} KB`, '-']);

const open = (): Session => openSession({ lab: 'sandbox', cols: 120, rows: 40, opening: opening.value });
const session = open();
session.settle(Infinity);
const play = (script: string): number => time(() => new ScriptPlayer(session).play(script)).ms;
play('kubectl get po -A');
const runs = Array.from({ length: 100 }, () => play('kubectl get po -A')).sort((a, b) => a - b);
rows.push(['kubectl get po -A, warm, CPU, p50 / p99', `${ms(percentile(runs, 0.5))} / ${ms(percentile(runs, 0.99))}`, '16 ms p99']);

const idle = open();
idle.settle(Infinity);
rows.push(['one idle virtual hour, CPU', ms(time(() => idle.advance(idle.world.now + 3_600_000_000, Infinity)).ms), '1 s (stretch 0.5 s)']);

const scaled = open();
scaled.settle(Infinity);
rows.push(['a 100-replica deployment Ready, CPU', ms(time(() => new ScriptPlayer(scaled).play('kubectl scale deploy app --replicas=100\nkubectl rollout status deploy app --timeout=10m')).ms), '1 s']);

const snapshots = Array.from({ length: 20 }, () => time(() => session.world.snapshot()).ms).sort((a, b) => a - b);
rows.push(['keyframe before a command', ms(percentile(snapshots, 0.5)), '-']);
session.send('ls\r');
rows.push(['undo in memory', ms(time(() => { session.undo(); session.settle(Infinity); }).ms), '10 ms']);

const width = Math.max(...rows.map(([what]) => what.length));
process.stdout.write(`${rows.map(([what, got, aim]) => `${what.padEnd(width)}  ${got.padEnd(18)}  aim ${aim}`).join('\n')}\n`);
