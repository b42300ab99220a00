/** What the scanner hands to the parser. */

/** 0-based. */
export interface Mark { readonly index: number; readonly line: number; readonly column: number }

export type TokenKind = 'stream-end' | 'version-directive' | 'tag-directive' | 'document-start' | 'document-end' | 'block-sequence-start' | 'block-mapping-start' | 'block-end'
  | 'flow-sequence-start' | 'flow-sequence-end' | 'flow-mapping-start' | 'flow-mapping-end' | 'block-entry' | 'flow-entry' | 'key' | 'value' | 'alias' | 'anchor' | 'tag' | 'scalar';

export interface Token {
  readonly kind: TokenKind; readonly start: Mark;
  /** A scalar's text, an anchor's or alias' name, a tag. */ readonly text: string;
  /** Scalars: whether it stands there without quotes, so that it may be a number. */ readonly plain: boolean;
}

/** Not YAML. `message` is go-yaml's: `yaml: line 12: did not find expected key`. */
export class YamlError extends Error {}

/**
 * go-yaml's spelling: it adds one to the line of a scanner's mistake and not to a parser's, and names none on the first line unless
 * what it was in the middle of began further down.
 */
export function fault(by: 'scanner' | 'parser', problem: string, at: Mark, context?: Mark): YamlError {
  const line = at.line !== 0 ? at.line + (by === 'scanner' ? 1 : 0) : context?.line ?? 0;
  return new YamlError(`yaml: ${line === 0 ? '' : `line ${line}: `}${problem}`);
}
