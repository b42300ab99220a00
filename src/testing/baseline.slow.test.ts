/** The healthy cluster's two recordings as one session in the sandbox: how many commands print the same, and which do not. */
import { expect, it } from 'vitest';
import { labs } from '../labs/index.ts';
import { openWorld } from '../session/core/opening.ts';
import { readRecording } from './recording.ts';
import { replay } from './replay.ts';

/** Commands of tools that this lab does not claim to have. */
const BEYOND = /^(?:iptables|etcdutl)\b|^kubectl (?:explain|top|diff)\b|^crictl stats\b/;
const SHARE = 0.8;

it('01 then 00', () => {
  const world = openWorld(labs.get('sandbox')!.definition, 1);
  const replayed = ['01-baseline-node', '00-baseline-kubectl'].flatMap((name) => replay(world, readRecording(name).map((entry) => ({ ...entry, name }))));
  const claimed = replayed.filter(({ recorded }) => !BEYOND.test(recorded.command));
  const equal = claimed.filter((r) => r.equal);
  console.log(`${equal.length} of ${claimed.length} commands equal (${Math.round((100 * equal.length) / claimed.length)} %); different:\n${claimed.filter((r) => !r.equal).map((r) => `  ${r.recorded.command.slice(0, 110)}`).join('\n')}`);
  expect(world.crashes).toEqual([]);
  expect(equal.length / claimed.length).toBeGreaterThanOrEqual(SHARE);
}, 300_000);
