/** Directives, anchors and tags as they stand in the text. */
import type { Cursor } from './cursor.ts';
import { fault } from './token.ts';

const NAME = /^[A-Za-z0-9_-]$/;
function name(cursor: Cursor): string {
  let text = '';
  while (NAME.test(cursor.at())) text += cursor.take();
  return text;
}

/** The whole line; its content does not matter here. */
export function directive(cursor: Cursor): 'version-directive' | 'tag-directive' {
  const start = cursor.mark;
  cursor.take();
  const kind = name(cursor);
  if (kind === '') throw fault('scanner', 'could not find expected directive name', cursor.mark, start);
  if (!cursor.isGap()) throw fault('scanner', 'found unexpected non-alphabetical character', cursor.mark, start);
  if (kind !== 'YAML' && kind !== 'TAG') throw fault('scanner', 'found unknown directive name', cursor.mark, start);
  cursor.toLineEnd();
  return kind === 'YAML' ? 'version-directive' : 'tag-directive';
}
/** An anchor or an alias: the name behind the sign. */
export function anchorName(cursor: Cursor): string {
  const start = cursor.mark;
  cursor.take();
  const text = name(cursor);
  if (text === '' || !(cursor.isGap() || '?:,]}%@`'.includes(cursor.at()))) throw fault('scanner', 'did not find expected alphabetic or numeric character', cursor.mark, start);
  return text;
}
/** `!!str`, `!`, or what stands in `!<…>`. */
export function tag(cursor: Cursor): string {
  const start = cursor.mark;
  let text = '';
  if (cursor.at(1) === '<') {
    while (!cursor.isGap() && cursor.at() !== '>') text += cursor.take();
    if (cursor.at() !== '>') throw fault('scanner', "did not find the expected '>'", cursor.mark, start);
    cursor.take();
    text = text.slice(2);
  } else while (/^[A-Za-z0-9_;/?:@&=+$.!~*'()%-]$/.test(cursor.at())) text += cursor.take();
  if (!cursor.isGap()) throw fault('scanner', 'did not find expected whitespace or line break', cursor.mark, start);
  return text;
}
