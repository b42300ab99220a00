/**
 * Go's `sort.Sort`: pattern-defeating quicksort. It is not stable, and where upstream sorts by a key with ties (events of one
 * second, say) its order of the ties is what users see; so it is followed step by step rather than replaced by a stable sort.
 * Models Go's sort/zsortinterface.go.
 */

type Less<T> = (a: T, b: T) => boolean;
type Hint = 'unknown' | 'increasing' | 'decreasing';

const MAX_INSERTION = 12;
const SHORTEST_NINTHER = 50;
const MAX_SWAPS = 12;
const MAX_STEPS = 5;
const SHORTEST_SHIFTING = 50;

const bitLength = (n: number) => n.toString(2).length;

class Sorter<T> {
  readonly #data: T[];
  readonly #below: Less<T>;
  constructor(data: T[], below: Less<T>) {
    this.#data = data;
    this.#below = below;
  }

  #less(i: number, j: number): boolean { return this.#below(this.#data[i]!, this.#data[j]!); }
  #swap(i: number, j: number): void { [this.#data[i], this.#data[j]] = [this.#data[j]!, this.#data[i]!]; }

  #insertion(a: number, b: number): void {
    for (let i = a + 1; i < b; i++) for (let j = i; j > a && this.#less(j, j - 1); j--) this.#swap(j, j - 1);
  }

  #siftDown(low: number, high: number, first: number): void {
    for (let root = low; ;) {
      let child = 2 * root + 1;
      if (child >= high) return;
      if (child + 1 < high && this.#less(first + child, first + child + 1)) child++;
      if (!this.#less(first + root, first + child)) return;
      this.#swap(first + root, first + child);
      root = child;
    }
  }

  #heap(a: number, b: number): void {
    const high = b - a;
    for (let i = Math.floor((high - 1) / 2); i >= 0; i--) this.#siftDown(i, high, a);
    for (let i = high - 1; i >= 0; i--) {
      this.#swap(a, a + i);
      this.#siftDown(0, i, a);
    }
  }

  /** Sorts [a, b). */
  sort(a: number, b: number, limit: number): void {
    let balanced = true, partitioned = true;
    for (;;) {
      const length = b - a;
      if (length <= MAX_INSERTION) return this.#insertion(a, b);
      if (limit === 0) return this.#heap(a, b);
      if (!balanced) {
        this.#breakPatterns(a, b);
        limit--;
      }
      let [pivot, hint] = this.#choosePivot(a, b);
      if (hint === 'decreasing') {
        for (let i = a, j = b - 1; i < j; i++, j--) this.#swap(i, j);
        pivot = b - 1 - (pivot - a);
        hint = 'increasing';
      }
      if (balanced && partitioned && hint === 'increasing' && this.#nearlySorted(a, b)) return;
      if (a > 0 && !this.#less(a - 1, pivot)) {
        a = this.#partitionEqual(a, b, pivot);
        continue;
      }
      const [middle, already] = this.#partition(a, b, pivot);
      partitioned = already;
      const [left, right] = [middle - a, b - middle];
      balanced = Math.min(left, right) >= Math.floor(length / 8);
      if (left < right) {
        this.sort(a, middle, limit);
        a = middle + 1;
      } else {
        this.sort(middle + 1, b, limit);
        b = middle;
      }
    }
  }

  #partition(a: number, b: number, pivot: number): readonly [number, boolean] {
    this.#swap(a, pivot);
    let i = a + 1, j = b - 1, already = true;
    for (;;) {
      while (i <= j && this.#less(i, a)) i++;
      while (i <= j && !this.#less(j, a)) j--;
      if (i > j) break;
      already = false;
      this.#swap(i++, j--);
    }
    this.#swap(j, a);
    return [j, already];
  }

  #partitionEqual(a: number, b: number, pivot: number): number {
    this.#swap(a, pivot);
    let i = a + 1, j = b - 1;
    for (;;) {
      while (i <= j && !this.#less(a, i)) i++;
      while (i <= j && this.#less(a, j)) j--;
      if (i > j) return i;
      this.#swap(i++, j--);
    }
  }

  #nearlySorted(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < MAX_STEPS; step++) {
      while (i < b && !this.#less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < SHORTEST_SHIFTING) return false;
      this.#swap(i, i - 1);
      if (i - a >= 2) for (let j = i - 1; j >= 1 && this.#less(j, j - 1); j--) this.#swap(j, j - 1);
      if (b - i >= 2) for (let j = i + 1; j < b && this.#less(j, j - 1); j++) this.#swap(j, j - 1);
    }
    return false;
  }

  #breakPatterns(a: number, b: number): void {
    const length = b - a;
    if (length < 8) return;
    let random = BigInt(length);
    const mask = BigInt((1 << bitLength(length)) - 1);
    const at = a + Math.floor(length / 4) * 2 - 1;
    for (let i = 0; i < 3; i++) {
      random = BigInt.asUintN(64, random ^ (random << 13n));
      random ^= random >> 7n;
      random = BigInt.asUintN(64, random ^ (random << 17n));
      let other = Number(random & mask);
      if (other >= length) other -= length;
      this.#swap(at - 1 + i, a + other);
    }
  }

  #choosePivot(a: number, b: number): [number, Hint] {
    const quarter = Math.floor((b - a) / 4);
    let swaps = 0;
    const order = (x: number, y: number): readonly [number, number] => {
      if (!this.#less(y, x)) return [x, y];
      swaps++;
      return [y, x];
    };
    const median = (x: number, y: number, z: number): number => {
      const [low, high] = order(x, y);
      const [middle] = order(high, z);
      return order(low, middle)[1];
    };
    let [i, j, k] = [a + quarter, a + quarter * 2, a + quarter * 3];
    if (b - a >= SHORTEST_NINTHER) {
      i = median(i - 1, i, i + 1);
      j = median(j - 1, j, j + 1);
      k = median(k - 1, k, k + 1);
    }
    if (b - a >= 8) j = median(i, j, k);
    return [j, swaps === 0 ? 'increasing' : swaps === MAX_SWAPS ? 'decreasing' : 'unknown'];
  }
}

/** The elements in Go's order. `below(a, b)` says whether a comes before b. */
export function goSort<T>(elements: readonly T[], below: Less<T>): T[] {
  const data = [...elements];
  if (data.length > 1) new Sorter(data, below).sort(0, data.length, bitLength(data.length));
  return data;
}
