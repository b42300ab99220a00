/** The healthy cluster's two recordings as one session in the sandbox: how many commands print the same, and which do not. */
import { expect, it } from 'vitest';
import { labs } from '../labs/index.ts';
import { openWorld } from '../session/core/opening.ts';
import { recordersOwn } from './recorder.ts';
import { readRecording } from './recording.ts';
import { replay, type Replayed } from './replay.ts';

/** Commands of tools that this lab does not claim to have. */
const BEYOND = /^iptables\b|^crictl stats\b/;
const SHARE = 0.83;
const OWN_SHARE = 0.98;

const share = (rows: readonly Replayed[]): number => rows.filter((r) => r.equal).length / rows.length;
const summary = (name: string, rows: readonly Replayed[]): string => `${rows.filter((r) => r.equal).length} of ${rows.length} ${name} equal (${Math.round(100 * share(rows))} %)`;

it('01 then 00', () => {
  const world = openWorld(labs.get('sandbox')!.definition, 1);
  const replayed = ['01-baseline-node', '00-baseline-kubectl'].flatMap((name) => replay(world, readRecording(name).map((entry) => ({ ...entry, name }))));
  const claimed = replayed.filter(({ recorded }) => !BEYOND.test(recorded.command));
  const ours = claimed.filter(({ recorded }) => recordersOwn(recorded.command) === undefined);
  const rows = claimed.filter((r) => !r.equal).map(({ recorded: { command } }) => { const own = recordersOwn(command); return `  ${command.slice(0, 110)}${own === undefined ? '' : `   (${own})`}`; });
  console.log(`${summary('commands', claimed)}; ${summary('without anything of the recorder', ours)}; different:\n${rows.join('\n')}`);
  expect(world.crashes).toEqual([]);
  expect(share(claimed)).toBeGreaterThanOrEqual(SHARE);
  expect(share(ours)).toBeGreaterThanOrEqual(OWN_SHARE);
}, 300_000);
