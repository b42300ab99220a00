/** The tree of a jq program. */
import type { Value } from './value.ts';

export type Pattern =
  | { readonly t: 'var'; readonly name: string }
  | { readonly t: 'array'; readonly items: readonly Pattern[] }
  | { readonly t: 'object'; readonly entries: readonly { readonly key: Node; readonly bind: string | null; readonly value: Pattern | null }[] };
export interface Def { readonly name: string; readonly params: readonly string[]; readonly body: Node }
export type Node =
  | { readonly t: 'identity' } | { readonly t: 'recurse' }
  | { readonly t: 'literal'; readonly value: Value }
  | { readonly t: 'index'; readonly target: Node; readonly key: Node }
  | { readonly t: 'slice'; readonly target: Node; readonly from: Node | null; readonly to: Node | null }
  | { readonly t: 'iterate'; readonly target: Node }
  | { readonly t: 'string'; readonly format: string | null; readonly parts: readonly (string | Node)[] }
  | { readonly t: 'format'; readonly name: string }
  | { readonly t: 'array'; readonly body: Node | null }
  | { readonly t: 'object'; readonly entries: readonly (readonly [Node, Node])[] }
  | { readonly t: 'negate'; readonly body: Node }
  | { readonly t: 'pipe' | 'comma' | 'and' | 'or' | 'alternative'; readonly left: Node; readonly right: Node }
  | { readonly t: 'binary'; readonly operator: string; readonly left: Node; readonly right: Node } | { readonly t: 'update'; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly t: 'if'; readonly condition: Node; readonly yes: Node; readonly no: Node }
  | { readonly t: 'try'; readonly body: Node; readonly handler: Node | null }
  | { readonly t: 'reduce'; readonly source: Node; readonly pattern: Pattern; readonly start: Node; readonly update: Node }
  | { readonly t: 'foreach'; readonly source: Node; readonly pattern: Pattern; readonly start: Node; readonly update: Node; readonly extract: Node }
  | { readonly t: 'define'; readonly def: Def; readonly body: Node }
  | { readonly t: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly t: 'variable'; readonly name: string; readonly at: number }
  | { readonly t: 'as'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node }
  | { readonly t: 'label'; readonly name: string; readonly body: Node }
  | { readonly t: 'break'; readonly name: string; readonly at: number };
