// The cursor with which vim searches and substitutes, on Monaco's model. monaco-vim brings one, but it begins each search one character
// too far on, so that `:%s/e/E/g` turns `three` into `thrEe`. Its shape is CodeMirror's.
import { monaco } from './monaco.ts';

/** A place as CodeMirror counts: from 0. */
export interface Place {
  readonly line: number;
  readonly ch: number;
}

/** The part of monaco-vim's adapter that is used here. */
export interface Adapter {
  readonly editor: monaco.editor.IStandaloneCodeEditor;
  highlightRanges(ranges: readonly monaco.Range[], className?: string): void;
}

const placeOf = ({ lineNumber, column }: monaco.Position): Place => ({ line: lineNumber - 1, ch: column - 1 });

export class SearchCursor {
  readonly #model: monaco.editor.ITextModel;
  readonly #pattern: string;
  readonly #isRegex: boolean;
  readonly #matchCase: boolean;
  readonly #start: monaco.Position;
  #found: monaco.Range | null = null;

  constructor(private readonly adapter: Adapter, query: RegExp | string, from: Place) {
    this.#model = adapter.editor.getModel()!;
    this.#isRegex = query instanceof RegExp;
    this.#pattern = query instanceof RegExp ? query.source : query;
    this.#matchCase = query instanceof RegExp && !query.ignoreCase;
    this.#start = this.#model.validatePosition({ lineNumber: from.line + 1, column: (from.ch ?? Infinity) + 1 });
  }

  getMatches(): monaco.editor.FindMatch[] {
    return this.#model.findMatches(this.#pattern, false, this.#isRegex, this.#matchCase, null, false);
  }

  findNext() {
    return this.find(false);
  }

  findPrevious() {
    return this.find(true);
  }

  /** Goes to the next match without turning at the end; false when there is none, else the matched text as a regular expression gives it. */
  find(back: boolean): false | readonly [string] {
    const from = this.#from(back);
    const search = back ? this.#model.findPreviousMatch : this.#model.findNextMatch;
    const range = search.call(this.#model, this.#pattern, from, this.#isRegex, this.#matchCase, null, false)?.range;
    const turned = !range || (back ? from.isBefore(range.getStartPosition()) : range.getStartPosition().isBefore(from));
    if (turned) return false;
    this.#found = range;
    this.adapter.highlightRanges([range], 'currentFindMatch');
    this.adapter.highlightRanges(this.getMatches().map((match) => match.range).filter((each) => !each.equalsRange(range)));
    return [this.#model.getValueInRange(range)];
  }

  #from(back: boolean): monaco.Position {
    if (!this.#found) return this.#start;
    if (back) return this.#found.getStartPosition();
    // An empty match (`^`, say) would be found again and again.
    const step = Number(this.#found.isEmpty());
    return this.#model.getPositionAt(this.#model.getOffsetAt(this.#found.getEndPosition()) + step);
  }

  jumpTo(index: number): monaco.Range | false {
    const range = this.getMatches()[index]?.range;
    if (!range) return false;
    this.#found = range;
    return range;
  }

  from() {
    return this.#found && placeOf(this.#found.getStartPosition());
  }

  to() {
    return this.#found && placeOf(this.#found.getEndPosition());
  }

  replace(text: string): void {
    const range = this.#found;
    if (!range) return;
    const start = this.#model.getOffsetAt(range.getStartPosition());
    this.adapter.editor.executeEdits('vim', [{ range, text, forceMoveMarkers: true }]);
    this.#found = monaco.Range.fromPositions(range.getStartPosition(), this.#model.getPositionAt(start + text.length));
    this.adapter.editor.setPosition(range.getStartPosition());
  }
}
