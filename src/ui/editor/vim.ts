// Vim keys on Monaco, and vim's commands for writing and closing bound to ours. The commands are vim-wide, not per editor, so they are
// defined once and act on the document in front.
import { initVimMode, VimMode } from 'monaco-vim';
import { close, save, saveAndClose, saveIfDirtyAndClose } from './commands.ts';
import type { monaco } from './monaco.ts';
import { repairVim } from './vimRepairs.ts';

/** The part of monaco-vim's global state that we use and its types leave out. */
interface Vim {
  defineEx(name: string, prefix: string, run: (editor: unknown, params: { argString?: string }) => void): void;
  defineAction(name: string, run: () => void): void;
  mapCommand(keys: string, type: 'action', name: string, args: object, extra: { context: 'normal' }): void;
}

const commands: readonly [name: string, prefix: string, run: (options: { force: boolean }) => unknown][] = [
  ['write', 'w', save],
  ['quit', 'q', close],
  ['wq', 'wq', saveAndClose],
  ['xit', 'x', saveIfDirtyAndClose],
  ['qall', 'qa', close],
  ['wall', 'wa', save],
  ['wqall', 'wqa', saveAndClose],
  ['xall', 'xa', saveIfDirtyAndClose],
  ['cquit', 'cq', () => close({ force: true, exitCode: 1 })],
];

let defined = false;

function defineCommands(): void {
  if (defined) return;
  defined = true;
  repairVim();
  const { Vim } = VimMode as unknown as { Vim: Vim };
  for (const [name, prefix, run] of commands) {
    // The command runs while vim's own command line still has the keyboard; it must be gone before the editor goes.
    Vim.defineEx(name, prefix, (_editor, { argString = '' }) => void setTimeout(() => run({ force: argString.trim().startsWith('!') })));
  }
  Vim.defineAction('saveIfDirtyAndClose', () => saveIfDirtyAndClose());
  Vim.mapCommand('ZZ', 'action', 'saveIfDirtyAndClose', {}, { context: 'normal' });
  Vim.defineAction('closeWithoutSaving', () => close({ force: true }));
  Vim.mapCommand('ZQ', 'action', 'closeWithoutSaving', {}, { context: 'normal' });
}

/** Gives an editor vim keys, with vim's mode and command line in `status`; returns the way back. */
export function attachVim(editor: monaco.editor.IStandaloneCodeEditor, status: HTMLElement): () => void {
  defineCommands();
  const mode = initVimMode(editor, status);
  return () => {
    mode.dispose();
    status.replaceChildren();
  };
}
