/**
 * What a command leaves behind: an exit code, or a state to go on from. Whatever may wait long (`-w`, `-f`, rollout status, wait)
 * is a chain of such states; `main` checkpoints each of them, so nothing but the state survives from one step to the next.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import type { Cli } from './cli.ts';

/** A state of a step; `follow` names the step in steps.ts, the rest is the step's own plain data. */
export interface Follow { readonly follow: string }
export type Outcome<State extends Follow = Follow> = number | State;
/** Goes one step: until the next event, at most. `cli` is made anew from the arguments, its configuration kept. */
export type Step = (cli: Cli, state: never) => Coroutine<Outcome>;
