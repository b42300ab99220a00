/** History expansion of a typed line: `!!`, `!$`, `!n`, `!-n`, `!text`, `^a^b`. */

export type Expanded = { readonly text: string; readonly changed: boolean } | { readonly missing: string };

/** `history` is oldest first. Single quotes and backslashes protect; `!` before a blank, `=` or `(` is plain. */
export function expandHistory(line: string, history: readonly string[]): Expanded {
  const substitution = /^\^([^^]*)\^([^^]*)\^?$/.exec(line);
  if (substitution !== null) {
    const last = history.at(-1) ?? '';
    return last.includes(substitution[1]!) ? { text: last.replace(substitution[1]!, () => substitution[2]!), changed: true } : { missing: `:s${line}: substitution failed` };
  }
  let out = '';
  let single = false;
  let double = false;
  let changed = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (c === '\\' && !single) {
      out += c + (line[++i] ?? '');
      continue;
    }
    if (c === "'" && !double) single = !single;
    if (c === '"' && !single) double = !double;
    if (c !== '!' || single) {
      out += c;
      continue;
    }
    const event = /^!(!|\$|\^|\*|-\d+|\d+|\?[^?]*\??|[^\s=("'!;&|$*^][^\s;&|"']*)/.exec(line.slice(i));
    if (event === null) {
      out += c;
      continue;
    }
    const found = lookUp(event[1]!, history);
    if (found === null) return { missing: `${event[0]}: event not found` };
    out += found;
    changed = true;
    i += event[0].length - 1;
  }
  return { text: out, changed };
}

function lookUp(event: string, history: readonly string[]): string | null {
  const last = history.at(-1);
  if (event === '!') return last ?? null;
  if (event === '$') return last === undefined ? null : /(\S+)\s*$/.exec(last)?.[1] ?? '';
  if (event === '^') return last === undefined ? null : last.trim().split(/\s+/)[1] ?? '';
  if (event === '*') return last === undefined ? null : last.trim().split(/\s+/).slice(1).join(' ');
  if (/^-\d+$/.test(event)) return history.at(Number(event)) ?? null;
  if (/^\d+$/.test(event)) return history[Number(event) - 1] ?? null;
  if (event.startsWith('?')) return [...history].reverse().find((h) => h.includes(event.replace(/\?/g, ''))) ?? null;
  return [...history].reverse().find((h) => h.startsWith(event)) ?? null;
}
