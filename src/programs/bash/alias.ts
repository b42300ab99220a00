/** Alias expansion of a source text: the first word of each simple command, as typed. */
import { parse } from 'unbash';

/** Replaces alias words from the last to the first, so that positions stay right. A word is not expanded twice. */
export function expandAliases(source: string, aliases: Readonly<Record<string, string>>, seen: readonly string[] = []): string {
  if (Object.keys(aliases).length === 0) return source;
  const places: { pos: number; end: number; text: string }[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const n = node as { type?: string; name?: { pos: number; end: number; text: string } };
    if (n.type === 'Command' && n.name !== undefined && Object.hasOwn(aliases, n.name.text) && !seen.includes(n.name.text)) places.push(n.name);
    if (n.type === 'Word') return;
    for (const value of Object.values(node)) if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object') visit(value);
  };
  visit(parse(source).commands);
  let out = source;
  for (const { pos, end, text } of places.sort((a, b) => b.pos - a.pos)) {
    const body = aliases[text]!;
    let rest = source.slice(end);
    // An alias that ends in a blank has the next word expanded too (`alias sudo='sudo '`).
    if (body.endsWith(' ')) rest = out.slice(end).replace(/^(\s*)(\S+)/, (whole, blank: string, word: string) => (Object.hasOwn(aliases, word) ? blank + aliases[word] : whole));
    else rest = out.slice(end);
    out = out.slice(0, pos) + expandAliases(body, aliases, [...seen, text]) + rest;
  }
  return out;
}
