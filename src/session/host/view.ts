// What the page is shown of a sitting.
import type { CheckResult, EditorRequest, GradingProgress, LabView, Session, TerminalState, TimelineView } from '../core/index.ts';

export interface SittingView {
  readonly lab: LabView;
  /** 0-based; as many as there are tasks when all are done. */
  readonly task: number;
  /** What the checks say of this moment; whether it lasts is for `check` to find out. */
  readonly checks: readonly CheckResult[];
  /** How far a grading has come; null when none runs. */
  readonly grading: GradingProgress | null;
  /** The world's clock in whole seconds since the Unix epoch. */
  readonly second: number;
  /** How fast time passes; 0: only while a foreground command waits. */
  readonly speed: number;
  /** The sitting runs on by itself until something happens. */
  readonly skipping: boolean;
  readonly terminals: readonly TerminalState[];
  readonly timeline: TimelineView;
  /** What a guest program waits for in the editor. */
  readonly editor: EditorRequest | null;
  /** Goes up whenever the world's files may have changed. */
  readonly revision: number;
  /** The rest of the simulation's code: without it the world waits where it needs it. */
  readonly rest: 'here' | 'coming' | 'lost';
  /** Our own bug stopped the world; what went wrong. */
  readonly crash: Error | null;
}

/** What is shown before anything has happened. What holds of the checks is found out later: it takes a look through the API. */
export function firstView(session: Session, speed: number, rest: SittingView['rest']): SittingView {
  const { lab, task, terminals, timeline, world } = session;
  return {
    lab, task, second: Math.floor(world.now / 1e6), checks: [], grading: null, speed, skipping: false, terminals, timeline, editor: session.editorRequest(), revision: 0, rest, crash: null,
  };
}

/** The list that was shown before, when nothing about it has changed. */
export function sameTerminals(before: readonly TerminalState[], now: readonly TerminalState[]): readonly TerminalState[] {
  return JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
