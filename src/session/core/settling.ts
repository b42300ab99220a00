/** The step clock: time passes until everything that was typed has been dealt with. */
import type { World } from '../../kernel/world.ts';
import type { VTime } from '../../kernel/sys.ts';

export type Settled = 'settled' | 'budget' | 'limit' | 'idle';

/** Runs on until `isAtRest`, for `budget` system calls and until `limit` at most. 'idle': nothing will ever happen by itself. Errors: MissingPart. */
export function settling(world: World, isAtRest: () => boolean, budget: number, limit: VTime): Settled {
  const end = world.steps + budget;
  for (;;) {
    if (!world.settle(end - world.steps)) return 'budget';
    if (isAtRest()) return 'settled';
    const next = world.nextTimer;
    if (next === null) return 'idle';
    if (next > limit) return 'limit';
    if (world.advance(next, end - world.steps) === 'budget') return 'budget';
  }
}
