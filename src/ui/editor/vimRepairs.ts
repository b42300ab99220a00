// Where monaco-vim does something else than vim. Each repair replaces a method of its adapter, and has its keys in e2e/vim.spec.ts.
import { VimMode } from 'monaco-vim';
import { SearchCursor, type Adapter, type Place } from './searchCursor.ts';

interface Repaired {
  getSearchCursor(this: Adapter, query: RegExp | string, from: Place): SearchCursor;
  replaceRange(this: Adapter, text: string, start: Place, end?: Place): void;
}

export function repairVim(): void {
  const prototype = VimMode.prototype as unknown as Repaired;

  prototype.getSearchCursor = function (query, from) {
    return new SearchCursor(this, query, from);
  };

  // Whole lines deleted at the end of the file (`dG`) take the line break before them along; otherwise an empty line stays behind.
  const { replaceRange } = prototype;
  prototype.replaceRange = function (text, start, end) {
    const model = this.editor.getModel()!;
    const toTheEnd = text === '' && start.ch === 0 && start.line > 0 && end !== undefined && end.line >= model.getLineCount();
    const before = { line: start.line - 1, ch: model.getLineLength(Math.max(1, start.line)) };
    Reflect.apply(replaceRange, this, [text, toTheEnd ? before : start, end]);
  };
}
