/**
 * What the learner did, as a tree. A moment is one command (Enter), one saved file or one task begun; its
 * keyframe is the world just before it. Going back leaves the branch where it stands: its far end is kept as
 * a keyframe too, so nothing is lost until the lab ends.
 */
import type { VTime } from '../../kernel/sys.ts';
import type { Mark, Moment, MomentKind, TimelineView } from './types.ts';

interface Knot<F> {
  readonly id: number;
  readonly parent: Knot<F> | null;
  readonly kind: MomentKind;
  readonly label: string;
  readonly at: VTime;
  /** The world before it; the first moment has none. */
  readonly before: F | null;
  /** The world as it was last seen after it, when that was left for another moment. */
  tip: F | null;
  /** The way redo goes: the child that was left last. */
  next: Knot<F> | null;
  marks: readonly Mark[];
}

/** A moment with its keyframes, as `rows` gives and `fromRows` takes it. */
export interface TimelineRow<F> extends Moment { readonly before: F | null; readonly tip: F | null; readonly next: number | null }

export class Timeline<F> {
  #knots: Knot<F>[];
  #here: Knot<F>;
  /** Whether the world stands exactly at a keyframe and nothing has been typed since. */
  #looking = false;
  /** Where the learner was before looking back; where they stand when they do not. */
  #now: Knot<F>;
  #view: TimelineView | null = null;
  #nextId: number;

  constructor(at: VTime, label = '') {
    this.#here = { id: 0, parent: null, kind: 'start', label, at, before: null, tip: null, next: null, marks: [] };
    this.#now = this.#here;
    this.#knots = [this.#here];
    this.#nextId = 1;
  }

  /** A timeline back from its rows; `now` when the learner looked back from there. Errors: rows that are none. */
  static fromRows<F>(rows: readonly TimelineRow<F>[], current: number, now: number | null = null): Timeline<F> {
    const timeline = new Timeline<F>(rows[0]!.at);
    const knots = new Map<number, Knot<F>>();
    for (const { next: _, parent, ...row } of rows) knots.set(row.id, { ...row, parent: parent === null ? null : knots.get(parent)!, next: null });
    for (const { id, next } of rows) if (next !== null) knots.get(id)!.next = knots.get(next)!;
    timeline.#knots = [...knots.values()];
    timeline.#here = knots.get(current)!;
    timeline.#looking = now !== null;
    timeline.#now = knots.get(now ?? current)!;
    timeline.#nextId = Math.max(...knots.keys()) + 1;
    return timeline;
  }
  rows(): readonly TimelineRow<F>[] {
    return this.#knots.map(({ parent, next, ...rest }) => ({ ...rest, parent: parent?.id ?? null, next: next?.id ?? null }));
  }

  get current(): number { return this.#here.id; }
  get lookingBack(): boolean { return this.#looking; }
  get now(): number { return this.#now.id; }

  /** Something begins now, from the state `before`. */
  add(kind: MomentKind, label: string, at: VTime, before: F): void {
    const knot: Knot<F> = { id: this.#nextId++, parent: this.#here, kind, label, at, before, tip: null, next: null, marks: [] };
    this.#here.next = knot;
    this.#here = knot;
    this.#knots.push(knot);
    this.typed();
  }
  mark(mark: Mark): void {
    this.#here.marks = [...this.#here.marks, mark];
    this.#view = null;
  }
  /** The learner goes on from here: what is seen is the present again. */
  typed(): void {
    this.#looking = false;
    this.#now = this.#here;
    this.#view = null;
  }

  /** Before the last moment; `now` is kept as the end of the branch. Null when there is nothing before. */
  undo(now: () => F): F | null {
    const { parent, before } = this.#here;
    if (parent === null || before === null) return null;
    this.#leave(now);
    parent.next = this.#here;
    return this.#stand(parent, before);
  }
  /** After the moment that was undone last. Null when there is none. */
  redo(now: () => F): F | null {
    const { next } = this.#here;
    const frame = next === null ? this.#looking ? this.#here.tip : null : this.#endOf(next);
    if (frame === null) return null;
    this.#leave(now);
    return this.#stand(next ?? this.#here, frame, next === null || next.next === null);
  }
  /** The end of any moment: the state just before the next one on its branch, or where it was left. */
  goTo(id: number, now: () => F): F | null {
    const knot = this.#knots.find((k) => k.id === id);
    if (knot === undefined) return null;
    const isReturn = this.#looking && knot === this.#now;
    this.#leave(now);
    const frame = isReturn ? knot.tip : this.#endOf(knot);
    return frame === null ? null : this.#stand(knot, frame, isReturn || knot.next === null);
  }

  #endOf(knot: Knot<F>): F | null { return knot.next?.before ?? knot.tip; }
  #leave(now: () => F): void {
    if (!this.#looking) this.#here.tip = now();
  }
  #stand(knot: Knot<F>, frame: F, atEnd = false): F {
    for (let child = knot, parent = knot.parent; parent !== null; child = parent, parent = parent.parent) parent.next = child;
    this.#here = knot;
    this.#looking = !atEnd;
    if (atEnd) this.#now = knot;
    this.#view = null;
    return frame;
  }

  /** From the start to here, and on the way redo goes. */
  #line(): readonly number[] {
    const line: number[] = [];
    for (let knot: Knot<F> | null = this.#knots[0]!; knot !== null; knot = knot.next) line.push(knot.id);
    return line;
  }

  view(): TimelineView {
    return (this.#view ??= {
      moments: this.#knots.map(({ id, parent, kind, label, at, marks }): Moment => ({ id, parent: parent?.id ?? null, kind, label, at, marks })),
      line: this.#line(), current: this.#here.id, now: this.#now.id, lookingBack: this.#looking, canUndo: this.#here.before !== null, canRedo: this.#here.next !== null,
    });
  }
}
