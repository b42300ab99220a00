/** What sort(1) compares: keys of fields (-k), and the orders -n -h -V -M. Pure. */

export interface Order { readonly numeric: boolean; readonly human: boolean; readonly version: boolean; readonly month: boolean; readonly fold: boolean; readonly blanks: boolean; readonly reverse: boolean; readonly dictionary: boolean }
export interface Key { readonly from: readonly [number, number]; readonly to: readonly [number, number] | null; readonly order: Order; /** Has letters of its own. */ readonly own: boolean }

export function orderOf(letters: string): Order {
  const on = (c: string): boolean => letters.includes(c);
  return { numeric: on('n') || on('g'), human: on('h'), version: on('V'), month: on('M'), fold: on('f'), blanks: on('b'), reverse: on('r'), dictionary: on('d') };
}
/** `F[.C][OPTS][,F[.C][OPTS]]`; null when it is none. */
export function parseKey(text: string): Key | null {
  const m = /^(\d+)(?:\.(\d+))?([bdfghiMnRrV]*)(?:,(\d+)(?:\.(\d+))?([bdfghiMnRrV]*))?$/.exec(text);
  if (m === null) return null;
  const letters = m[3]! + (m[6] ?? '');
  return { from: [Number(m[1]), Number(m[2] ?? 1)], to: m[4] === undefined ? null : [Number(m[4]), Number(m[5] ?? 0)], order: orderOf(letters), own: letters !== '' };
}

/** Where each field begins and ends. Without a separator a field takes the blanks before it along. */
function fieldsOf(line: string, separator: string | null): { start: number; end: number }[] {
  const fields: { start: number; end: number }[] = [];
  if (separator !== null) {
    let start = 0;
    for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, start)) {
      fields.push({ start, end: at });
      start = at + 1;
    }
    return [...fields, { start, end: line.length }];
  }
  for (let i = 0; i < line.length;) {
    const start = i;
    while (line[i] === ' ' || line[i] === '\t') i++;
    while (i < line.length && line[i] !== ' ' && line[i] !== '\t') i++;
    fields.push({ start, end: i });
  }
  return fields;
}
const skip = (line: string, at: number): number => {
  while (line[at] === ' ' || line[at] === '\t') at++;
  return at;
};
/** The part of the line that a key names. */
export function extract(line: string, key: Key, separator: string | null): string {
  const fields = fieldsOf(line, separator);
  const blanks = key.order.blanks;
  const first = fields[key.from[0] - 1];
  if (first === undefined) return '';
  const start = (blanks ? skip(line, first.start) : first.start) + key.from[1] - 1;
  if (key.to === null) return line.slice(start);
  const last = fields[key.to[0] - 1];
  if (last === undefined) return line.slice(start);
  const end = key.to[1] === 0 ? last.end : (blanks ? skip(line, last.start) : last.start) + key.to[1];
  return line.slice(start, Math.max(start, end));
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const number = (text: string): number => Number(/^[ \t]*(-?\d*\.?\d*)/.exec(text)![1]!.replace(/^(-?)$/, '0').replace(/^-?\.$/, '0')) || 0;
/** GNU compares the suffix first, then the number. */
function human(text: string): readonly [number, number] {
  const m = /^[ \t]*(-?\d*\.?\d*)([KkMGTPEZY]?)/.exec(text)!;
  const n = number(text);
  return [n === 0 ? 0 : (n < 0 ? -1 : 1) * 'KMGTPEZY'.indexOf(m[2]!.toUpperCase() || '?') + (m[2] === '' ? 0 : n < 0 ? -1 : 1), n];
}
const bytesOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** filevercmp, for the names and numbers that people sort: runs of digits by value, letters before other signs, `~` first. */
function versions(a: string, b: string): number {
  const weight = (c: string | undefined): number => (c === undefined || /\d/.test(c) ? 0 : c === '~' ? -1 : /[A-Za-z]/.test(c) ? c.charCodeAt(0) : c.charCodeAt(0) + 256);
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !/\d/.test(a[i]!)) || (j < b.length && !/\d/.test(b[j]!))) {
      const difference = weight(a[i]) - weight(b[j]);
      if (difference !== 0) return difference;
      i++;
      j++;
    }
    const [x, y] = [/^\d*/.exec(a.slice(i))![0], /^\d*/.exec(b.slice(j))![0]];
    const [p, q] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
    const difference = p.length - q.length || bytesOrder(p, q);
    if (difference !== 0) return difference;
    i += x.length;
    j += y.length;
  }
  return 0;
}

/** Compares two keys in an order (without `reverse`). */
export function compare(a: string, b: string, order: Order): number {
  if (order.human) {
    const [x, y] = [human(a), human(b)];
    return x[0] - y[0] || x[1] - y[1];
  }
  if (order.numeric) return number(a) - number(b);
  if (order.month) return MONTHS.indexOf(a.trim().slice(0, 3).toUpperCase()) - MONTHS.indexOf(b.trim().slice(0, 3).toUpperCase());
  const plain = (text: string): string => {
    const t = order.blanks ? text.replace(/^[ \t]+/, '') : text;
    const u = order.dictionary ? t.replace(/[^A-Za-z0-9 \t]/g, '') : t;
    return order.fold ? u.toUpperCase() : u;
  };
  return order.version ? versions(a, b) : bytesOrder(plain(a), plain(b));
}
