/** What an awk program remembers: variables, arrays, the record and its fields. Plain data can be made of it (`save`) and it again of that. */
import type { Json } from '../../kernel/sys.ts';
import { Patterns } from './patterns.ts';
import { AwkError } from './syntax.ts';
import type { Name, Value } from './syntax.ts';
import { input, toNumber, toText } from './values.ts';

/** A variable; `link` is the caller's, for a parameter that may yet turn out to be an array. */
export interface Cell { value: Value; array: Map<string, Value> | null; readonly link: Cell | null }
export const newCell = (value: Value = null, link: Cell | null = null): Cell => ({ value, array: null, link });

export function arrayOf(cell: Cell): Map<string, Value> {
  cell.array ??= cell.link === null ? new Map<string, Value>() : arrayOf(cell.link);
  return cell.array;
}

const DEFAULTS: Readonly<Record<string, Value>> = { FS: ' ', OFS: ' ', ORS: '\n', RS: '\n', NF: 0, NR: 0, FNR: 0, SUBSEP: '\x1c', CONVFMT: '%.6g', OFMT: '%.6g', RSTART: 0, RLENGTH: -1, FILENAME: '' };

interface Saved { readonly cells: readonly (readonly [string, Value, readonly (readonly [string, Value])[] | null])[]; readonly record: string; readonly random: number; readonly seed: number; readonly ranges: readonly number[] }

export class Store {
  readonly patterns = new Patterns();
  readonly globals = new Map<string, Cell>();
  /** The frame of the function that runs. */
  frame: Cell[] = [];
  /** Range patterns that are open, by the rule's number. */
  readonly ranges = new Set<number>();
  random = 1;
  seed = 1;
  #record = '';
  /** null: $0 is newer than the fields. */
  #fields: Value[] | null = [];
  /** The fields are newer than $0. */
  #stale = false;

  constructor(saved?: Json) {
    for (const [name, value] of Object.entries(DEFAULTS)) this.globals.set(name, newCell(value));
    if (saved === undefined) return;
    const { cells, record, random, seed, ranges } = saved as unknown as Saved;
    for (const [name, value, entries] of cells) this.globals.set(name, { value, array: entries === null ? null : new Map(entries), link: null });
    for (const n of ranges) this.ranges.add(n);
    this.random = random;
    this.seed = seed;
    this.setRecord(record);
  }
  save(): Json {
    return { cells: [...this.globals].map(([name, c]) => [name, c.value, c.array === null ? null : [...c.array]]), record: this.record(), random: this.random, seed: this.seed, ranges: [...this.ranges] } as unknown as Json;
  }

  cell({ name, local }: Name): Cell {
    if (local !== null) return this.frame[local]!;
    let cell = this.globals.get(name);
    if (cell === undefined) this.globals.set(name, cell = newCell());
    return cell;
  }
  text(name: string): string { return toText(this.globals.get(name)?.value ?? null, this.convfmt); }
  get convfmt(): string {
    const { value } = this.globals.get('CONVFMT')!;
    return typeof value === 'string' ? value : '%.6g';
  }
  set(name: string, value: Value): void { this.cell({ name, local: null }).value = value; }
  add(name: string): void {
    const cell = this.globals.get(name)!;
    cell.value = toNumber(cell.value) + 1;
  }

  get(id: Name): Value {
    if (id.local === null && id.name === 'NF') this.fields();
    const cell = this.cell(id);
    if (cell.array !== null) throw new AwkError(`type error in reference to array ${id.name}`);
    return cell.value;
  }
  assign(id: Name, value: Value): void {
    const cell = this.cell(id);
    if (cell.array !== null) throw new AwkError(`type error in assignment to array ${id.name}`);
    if (id.local === null && id.name === 'NF') return this.#resize(Math.max(0, Math.trunc(toNumber(value))));
    cell.value = value;
  }

  record(): string {
    if (this.#stale) {
      this.#record = this.#fields!.map((f) => toText(f, this.convfmt)).join(this.text('OFS'));
      this.#stale = false;
    }
    return this.#record;
  }
  setRecord(text: string): void {
    [this.#record, this.#fields, this.#stale] = [text, null, false];
  }
  fields(): Value[] {
    if (this.#fields === null) {
      this.#fields = this.patterns.split(this.#record, this.text('RS') === '' ? this.#paragraphSeparator() : this.text('FS')).map(input);
      this.set('NF', this.#fields.length);
    }
    return this.#fields;
  }
  /** Between paragraphs a newline parts fields too. */
  #paragraphSeparator(): string {
    const fs = this.text('FS');
    return fs === ' ' ? ' ' : `(${fs.length === 1 ? (fs === '\\' ? '\\\\' : `[${fs}]`) : fs})|\n`;
  }
  field(n: number): Value { return n === 0 ? input(this.record()) : this.fields()[n - 1] ?? null; }
  setField(n: number, value: Value): void {
    if (n === 0) return this.setRecord(toText(value, this.convfmt));
    const fields = this.fields();
    while (fields.length < n) fields.push('');
    fields[n - 1] = value;
    this.set('NF', fields.length);
    this.#stale = true;
  }
  #resize(count: number): void {
    const fields = this.fields();
    while (fields.length < count) fields.push('');
    fields.length = count;
    this.set('NF', count);
    this.#stale = true;
  }
}
