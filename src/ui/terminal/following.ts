// Links in the terminal, and what following them does: a web address opens beside the page, a file in the editor, and a pod's name types
// the command that describes it.
import type { ILinkProvider, Terminal } from '@xterm/xterm';
import { openFile } from '../editor/commands.ts';
import { wordsOf } from '../i18n/index.ts';
import { typeCommand } from './typeCommand.ts';
import { useUi } from '../store.ts';
import { isSafeAddress, linksIn, type Known, type Target } from './links.ts';
import { logicalLine } from './logicalLine.ts';
import { podCommands } from './pods.ts';

function knownNow(): Known {
  const sitting = useUi.getState().opened?.sitting;
  let commands: ReadonlyMap<string, string> | undefined;
  return {
    isFile: (path) => {
      const text = sitting?.readFile(path) ?? null;
      return text !== null && !text.includes('\0');
    },
    pod: (name) => {
      commands ??= sitting ? podCommands(sitting.cluster()) : new Map();
      return commands.get(name);
    },
  };
}

function openAddress(url: string): void {
  if (isSafeAddress(url)) window.open(url, '_blank', 'noopener,noreferrer');
}

function follow(target: Target): void {
  if (target.kind === 'address') openAddress(target.url);
  else if (target.kind === 'file') openFile(target.path);
  else typeCommand(target.command);
}

/** Lets what stands in the terminal be followed. */
export function followLinks(terminal: Terminal): void {
  const provider: ILinkProvider = {
    provideLinks(y, found) {
      const { text, cells } = logicalLine(terminal.buffer.active, y);
      found(linksIn(text, knownNow()).map(({ from, to, target }) => ({
        range: { start: cells[from]!, end: cells[to - 1]! },
        text: text.slice(from, to),
        activate: () => follow(target),
      })));
    },
  };
  terminal.registerLinkProvider(provider);
  // A link that a program marks (OSC 8) may say one thing and lead to another; so it asks.
  terminal.options.linkHandler = {
    activate(_event, url) {
      const words = wordsOf(useUi.getState().language);
      if (isSafeAddress(url) && window.confirm(words.terminal.openAddress(url))) openAddress(url);
    },
  };
}
