/** What a running jq program knows: results with their paths, what names mean, what it asks of the outside, and how it is left. */
import type { Path } from './paths.ts';
import type { Def, Node } from './syntax.ts';
import type { Value } from './value.ts';

/** A value, and where in the input it lies; null when nobody asks or it lies nowhere. */
export interface Result { readonly v: Value; readonly p: Path | null }

/** What names mean: variables, functions and labels, innermost first. */
export type Scope =
  | { readonly t: 'variable'; readonly name: string; readonly value: Value; readonly up: Scope | null }
  | { readonly t: 'function'; readonly def: Def; readonly up: Scope | null }
  | { readonly t: 'argument'; readonly name: string; readonly body: Node; readonly scope: Scope | null; readonly up: Scope | null }
  | { readonly t: 'label'; readonly name: string; readonly mark: object; readonly up: Scope | null };
/** What a program asks of the outside. */
export interface Outside { readonly input: () => Value; readonly env: Value; readonly nowUs: number; readonly fileName: () => Value; readonly line: () => number; readonly tell: (text: string) => void; steps: number }
/** The name is not known. */
export class Undefined extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
/** `break $out` on its way up. */
export class Break extends Error {
  readonly mark: object;
  constructor(mark: object) {
    super('break');
    this.mark = mark;
  }
}
/** `halt` and `halt_error`. */
export class Halt extends Error {
  readonly status: number;
  readonly value: Value | undefined;
  constructor(status: number, value?: Value) {
    super('halt');
    [this.status, this.value] = [status, value];
  }
}
