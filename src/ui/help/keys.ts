// What the shortcut list shows.
import type { Words } from '../i18n/en.ts';
import { isMac, shortcuts } from '../shortcuts.ts';

export interface KeyGroup {
  readonly title: string;
  /** Keys of one row do the same. */
  readonly rows: readonly { readonly what: string; readonly keys: readonly string[] }[];
}

const copy = isMac ? '⌘ C' : 'Ctrl C';

export function keysOf({ shortcuts: words }: Words): readonly KeyGroup[] {
  return [
    {
      title: words.page,
      rows: [
        { what: words.palette, keys: [shortcuts.palette] },
        { what: words.help, keys: [shortcuts.help] },
        { what: words.nextPane, keys: [shortcuts.nextPane] },
        { what: words.previousPane, keys: [shortcuts.previousPane] },
        { what: words.undo, keys: [shortcuts.undo] },
        { what: words.redo, keys: [shortcuts.redo] },
      ],
    },
    {
      title: words.terminal,
      rows: [
        { what: words.leave, keys: ['F6', 'Shift Tab'] },
        { what: words.complete, keys: ['Tab'] },
        { what: words.history, keys: ['↑', 'Ctrl R'] },
        { what: words.interrupt, keys: ['Ctrl C'] },
        { what: words.copySelected, keys: [copy] },
        { what: words.end, keys: ['Ctrl D'] },
      ],
    },
    {
      title: words.editor,
      rows: [
        { what: words.leave, keys: ['F6'] },
        { what: words.save, keys: [isMac ? '⌘ S' : 'Ctrl S', ':w'] },
        { what: words.saveAndClose, keys: [':wq', 'ZZ'] },
        { what: words.discard, keys: [':q!'] },
        { what: words.nano, keys: ['Ctrl O', 'Ctrl X'] },
        { what: words.tabMovesFocus, keys: [isMac ? '⌃ ⇧ M' : 'Ctrl M'] },
      ],
    },
  ];
}
