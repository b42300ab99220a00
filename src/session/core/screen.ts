/** A terminal's stream as plain text: control sequences and the alternate screen dropped, CRLF as LF. */

// CSI … final byte; OSC … BEL or ST; other two-byte escapes; and the two ways into and out of the alternate screen.
const ALTERNATE = /\x1b\[\?(?:1049|1047|47)h[\s\S]*?(?:\x1b\[\?(?:1049|1047|47)l|$)/g;
const SEQUENCE = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][\s\S]*?(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b[=>78MDEHc]/g;

/** Text with its control sequences removed. Backspaces that rub out what stands before them are applied. */
export function plainText(stream: string): string {
  const text = stream.replace(ALTERNATE, '').replace(SEQUENCE, '').replace(/\r+\n/g, '\n').replaceAll('\x07', '');
  return text.split('\n').map(overstrike).join('\n');
}

/** Applies `\r` and `\b` within a line, as a terminal of unlimited width would. */
function overstrike(line: string): string {
  if (!/[\b\r]/.test(line)) return line;
  const cells: string[] = [];
  let at = 0;
  for (const c of line) {
    if (c === '\b') at = Math.max(0, at - 1);
    else if (c === '\r') at = 0;
    else cells[at++] = c;
  }
  return Array.from(cells, (c) => c ?? ' ').join('');
}
