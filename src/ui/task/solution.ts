// A solution is a script for the headless runner; a person gets its directives as comments.
import type { Words } from '../i18n/en.ts';

/** The script as one would type it: edits stand below the command that opens the editor, waits are spelled out. */
export function readable(lines: readonly string[], words: Words['task']['solutionWords']): string {
  const rows: string[] = [];
  let edits: string[] = [];
  for (const line of lines) {
    const edit = /^=> edit \S+ (.*)$/.exec(line);
    const key = /^=> key (.*)$/.exec(line);
    const wait = /^~ (.*)$/.exec(line);
    if (edit) edits.push(words.edit(edit[1]!));
    else if (key) rows.push(words.key(key[1]!));
    else if (wait) rows.push(words.wait(wait[1]!));
    else if (!line.startsWith('=> ')) {
      rows.push(line, ...edits);
      edits = [];
    }
  }
  return rows.join('\n');
}
