/** Every row of the catalogue on a healthy node: it breaks as upstream says, and mending it heals the cluster. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../kernel/world.ts';
import { newWorld } from '../session/core/opening.ts';
import { CATALOGUE } from './catalogue.ts';
import { shell } from './replay.ts';

let healthy: World;
beforeAll(() => {
  healthy = newWorld(1);
  healthy.advance(healthy.birth + 300_000_000);
}, 120_000);

const pass = (world: World, seconds: number): void => void world.advance(world.now + seconds * 1_000_000);

/** What is not as it should be: a node that is not Ready, pods that are not. Empty when all is well. */
function ailments(world: World): string {
  const { output } = shell(world, 'kubectl get no --no-headers; kubectl get po -A --no-headers');
  return output.split('\n').filter((line) => line !== '' && !/^controlplane +Ready /.test(line) && !/ 1\/1 +Running /.test(line)).join('\n');
}

describe('catalogue', () => {
  it.each(CATALOGUE.map((row) => [row.id, row] as const))('%s', (_id, { breaks, wait, looks, says, fix, heal }) => {
    const world = healthy.fork();
    shell(world, breaks);
    pass(world, wait);
    const seen = looks.map((look) => shell(world.fork(), look).output).join('\n');
    for (const words of says) expect(seen).toContain(words);
    if (fix !== null) shell(world, fix);
    pass(world, heal);
    expect(ailments(world)).toBe('');
    expect(world.crashes).toEqual([]);
  }, 60_000);
});

it('a node whose files are all gone goes on with what runs, and nothing of it panics', () => {
  const world = healthy.fork();
  shell(world, 'rm -rf /*');
  pass(world, 600);
  expect(world.crashes).toEqual([]);
}, 60_000);
