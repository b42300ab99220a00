/** What the simulation costs on this machine, without a page: processor time in Node. */
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'fflate';
import { encodeSnapshot } from '../../kernel/codec/index.ts';
import type { WorldSnapshot } from '../../kernel/world.ts';
import { labs } from '../../labs/index.ts';
import { openSession } from '../../session/core/index.ts';
import type { Session } from '../../session/core/index.ts';
import { openingOf } from '../../session/core/opening.ts';
import { ScriptPlayer } from '../../session/core/script.ts';
import { kilobytes, ms, percentile, type Row } from './table.ts';

function time<T>(run: () => T): { ms: number; value: T } {
  const begin = performance.now();
  const value = run();
  return { ms: performance.now() - begin, value };
}
const spent = (run: () => unknown): number => time(run).ms;

function open(opening: WorldSnapshot): Session {
  const session = openSession({ lab: 'sandbox', cols: 120, rows: 40, opening });
  session.settle(Infinity);
  return session;
}
const play = (session: Session, script: string): number => spent(() => new ScriptPlayer(session).play(script));

function commands(opening: WorldSnapshot): Row[] {
  const session = open(opening);
  play(session, 'kubectl get po -A');
  const answers = Array.from({ length: 100 }, () => play(session, 'kubectl get po -A'));
  const keyframes = Array.from({ length: 20 }, () => spent(() => session.world.snapshot()));
  session.send('ls\r');
  const undo = spent(() => { session.undo(); session.settle(Infinity); });
  return [
    ['kubectl get po -A, Enter to prompt, warm, p50 / p99', `${ms(percentile(answers, 0.5))} / ${ms(percentile(answers, 0.99))}`, '16 ms p99'],
    ['keyframe before a command', ms(percentile(keyframes, 0.5)), '-'],
    ['undo in memory', ms(undo), '10 ms'],
  ];
}

function idleHour(opening: WorldSnapshot): number {
  const session = open(opening);
  return spent(() => session.advance(session.world.now + 3_600_000_000, Infinity));
}

/** Rows of the table. Takes half a minute. */
export function simulation(): Row[] {
  const opening = time(() => openingOf(labs.get('sandbox')!.definition, 1));
  const text = encodeSnapshot(opening.value);
  const scaling = 'kubectl scale deploy app --replicas=100\nkubectl rollout status deploy app --timeout=10m';
  return [
    ['boot and 15 virtual minutes (what the build keeps)', ms(opening.ms), '-'],
    ['the kept opening, gzip', kilobytes(gzipSync(new TextEncoder().encode(text), { level: 9 }).length), '-'],
    ...commands(opening.value),
    ['one idle virtual hour', ms(idleHour(opening.value)), '1 s (stretch 0.5 s)'],
    ['a 100-replica deployment Ready', ms(play(open(opening.value), scaling)), '1 s'],
  ];
}
