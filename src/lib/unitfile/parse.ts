/**
 * The text of a unit file or drop-in as a list of assignments. Models systemd's config_parse(): continuation lines,
 * comments inside a continuation, and warnings in its words for what it skips.
 */

/** One `Key=Value`; `value` is trimmed and has its continuation lines joined by a space. */
export interface Assignment { readonly section: string; readonly key: string; readonly value: string; readonly line: number }
export interface UnitText { readonly assignments: readonly Assignment[]; /** `<line>: Missing '=', ignoring line.` … */ readonly warnings: readonly { readonly line: number; readonly text: string }[] }

interface LogicalLine { readonly text: string; readonly line: number }

/** Joins lines that end in a backslash; comment lines within are dropped. */
function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  let open: { text: string; line: number } | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    const comment = /^\s*[#;]/.test(line);
    if (comment) continue;
    const continues = line.endsWith('\\') && !line.endsWith('\\\\');
    const body = continues ? line.slice(0, -1) : line;
    const joined: { text: string; line: number } = open === null ? { text: body, line: index + 1 } : { text: `${open.text} ${body}`, line: open.line };
    if (continues) open = joined;
    else {
      lines.push(joined);
      open = null;
    }
  }
  if (open !== null) lines.push(open);
  return lines;
}

/** Reads the text; never fails, as the real one does not. */
export function parseUnitText(text: string): UnitText {
  const assignments: Assignment[] = [];
  const warnings: { line: number; text: string }[] = [];
  let section: string | null = null;
  for (const { text: body, line } of logicalLines(text)) {
    const trimmed = body.trim();
    if (trimmed === '') continue;
    if (trimmed.startsWith('[')) {
      if (trimmed.endsWith(']')) section = trimmed.slice(1, -1);
      else warnings.push({ line, text: `Invalid section header '${trimmed}'` });
      continue;
    }
    const equals = trimmed.indexOf('=');
    if (equals < 0) warnings.push({ line, text: "Missing '=', ignoring line." });
    else if (equals === 0) warnings.push({ line, text: 'Missing key name before \'=\', ignoring line.' });
    else if (section === null) warnings.push({ line, text: 'Assignment outside of section. Ignoring.' });
    else assignments.push({ section, key: trimmed.slice(0, equals).trim(), value: trimmed.slice(equals + 1).trim(), line });
  }
  return { assignments, warnings };
}
