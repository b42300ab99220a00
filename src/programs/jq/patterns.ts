/** What stands after `as`: `$x`, `[$a, $b]`, `{name: $n, $kind}`. */
import { Cursor } from './cursor.ts';
import type { Node, Pattern } from './syntax.ts';

/** A parser that knows patterns; the expressions in them are somebody else's. */
export abstract class Patterns extends Cursor {
  protected abstract pipe(): Node;
  protected abstract string(format: string | null): Node;

  protected patterns(): Pattern[] {
    const patterns = [this.pattern()];
    while (this.try('?//')) patterns.push(this.pattern());
    return patterns;
  }
  protected pattern(): Pattern {
    if (this.try('$')) return { t: 'var', name: this.name() };
    if (this.try('[')) {
      const items: Pattern[] = [];
      do items.push(this.pattern()); while (this.try(','));
      this.need(']');
      return { t: 'array', items };
    }
    this.need('{');
    const entries: { key: Node; bind: string | null; value: Pattern | null }[] = [];
    do {
      let bind: string | null = null;
      let key: Node;
      if (this.try('$')) {
        bind = this.name();
        key = { t: 'literal', value: bind };
      } else if (this.t.kind === 'string') key = this.string(null);
      else if (this.try('(')) {
        key = this.pipe();
        this.need(')');
      } else key = { t: 'literal', value: this.name() };
      const value = this.try(':') ? this.pattern() : null;
      if (bind === null && value === null) this.fail();
      entries.push({ key, bind, value });
    } while (this.try(','));
    this.need('}');
    return { t: 'object', entries };
  }
}
