/**
 * What changed between two lists of lines: Myers' greedy algorithm, and the sliding of changes that GNU diff does, so that
 * hunks stand where a reader expects them. Pure.
 */

/** Lines [from, to) of the old list became [inFrom, inTo) of the new one. */
export interface Change { readonly from: number; readonly to: number; readonly inFrom: number; readonly inTo: number }

/** Beyond so many edits the rest counts as replaced. */
const LIMIT = 4000;

/** Marks what is not common. */
function mark(a: readonly string[], b: readonly string[]): { readonly gone: boolean[]; readonly come: boolean[] } {
  const gone = a.map(() => false);
  const come = b.map(() => false);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [n, m] = [a.length - head - tail, b.length - head - tail];
  const trace: Int32Array[] = [];
  const max = Math.min(n + m, LIMIT);
  const reach = new Int32Array(2 * max + 3);
  const at = (k: number): number => k + max + 1;
  let found = -1;
  for (let d = 0; d <= max && found < 0; d++) {
    trace.push(reach.slice());
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && reach[at(k - 1)]! < reach[at(k + 1)]!) ? reach[at(k + 1)]! : reach[at(k - 1)]! + 1;
      while (x < n && x - k < m && a[head + x] === b[head + x - k]) x++;
      reach[at(k)] = x;
      if (x >= n && x - k >= m) {
        found = d;
        break;
      }
    }
  }
  if (found < 0) {
    gone.fill(true, head, head + n);
    come.fill(true, head, head + m);
    return { gone, come };
  }
  let [x, y] = [n, m];
  for (let d = found; d > 0; d--) {
    const before = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && before[at(k - 1)]! < before[at(k + 1)]!);
    const from = before[at(down ? k + 1 : k - 1)]!;
    if (down) come[head + from - (k + 1)] = true;
    else gone[head + from] = true;
    [x, y] = down ? [from, from - (k + 1)] : [from, from - (k - 1)];
  }
  return { gone, come };
}

/** Slides runs of changes in one list to where they meet those of the other, else as far down as they go. */
function slide(lines: readonly string[], changed: boolean[], other: readonly boolean[]): void {
  let i = 0;
  let j = 0;
  for (;;) {
    while (i < lines.length && !changed[i]) {
      while (other[j++]);
      i++;
    }
    if (i >= lines.length) return;
    let start = i;
    while (changed[++i]);
    while (other[j]) j++;
    let length: number;
    let corresponding: number;
    do {
      length = i - start;
      while (start > 0 && lines[start - 1] === lines[i - 1]) {
        changed[--start] = true;
        changed[--i] = false;
        while (start > 0 && changed[start - 1]) start--;
        while (other[--j]);
      }
      corresponding = j > 0 && other[j - 1] ? i : lines.length;
      while (i < lines.length && lines[start] === lines[i]) {
        changed[start++] = false;
        changed[i++] = true;
        while (changed[i]) i++;
        while (other[++j]) corresponding = i;
      }
    } while (length !== i - start);
    while (corresponding < i) {
      changed[--start] = true;
      changed[--i] = false;
      while (other[--j]);
    }
  }
}

/** The changes from `a` to `b`, in order. */
export function changesBetween(a: readonly string[], b: readonly string[]): Change[] {
  const { gone, come } = mark(a, b);
  slide(a, gone, come);
  slide(b, come, gone);
  const changes: Change[] = [];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length;) {
    if (!gone[i] && !come[j]) {
      i++;
      j++;
      continue;
    }
    const [from, inFrom] = [i, j];
    while (gone[i]) i++;
    while (come[j]) j++;
    changes.push({ from, to: i, inFrom, inTo: j });
  }
  return changes;
}
