/** What a guest program waits for in the page's editor. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { World } from '../../kernel/world.ts';
import type { EditorRequest } from './types.ts';

export function editorRequestOf(world: World): EditorRequest | null {
  const open = world.devices().find((d) => d.name === 'editor');
  if (open === undefined) return null;
  const request = open.request as unknown as Omit<EditorRequest, 'id'>;
  return { ...request, text: decodeUtf8(request.text), id: open.id };
}
