/**
 * A server's Table as `kubectl get` prints it. Models cli-runtime pkg/printers/tableprinter.go.
 */
import type { Json } from '../../kernel/sys.ts';
import { oneLine } from './columns.ts';

export interface TableColumn { readonly name: string; readonly type: string; readonly format?: string; readonly description?: string; readonly priority?: number }
type Meta = { readonly name?: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
export interface TableRow { readonly cells: readonly Json[]; readonly object?: { readonly metadata?: Meta; readonly [key: string]: Json | undefined } }
export interface Table {
  readonly kind: 'Table';
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  readonly columnDefinitions: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

export interface TableOptions {
  readonly wide: boolean;
  readonly withNamespace: boolean;
  /** `deployment.apps`: put before each name with a slash; '' for none. */ readonly kind: string;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
  /** Watch event types, one a row, as a column in front. */ readonly events?: readonly string[];
}

export const isTable = (value: Json | undefined): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && (value as { kind?: Json }).kind === 'Table';

/** `a=b,c=d` in the order of the keys; `<none>` without any. */
export function labelText(labels: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(labels ?? {}).sort();
  return keys.length === 0 ? '<none>' : keys.map((key) => `${key}=${labels![key]}`).join(',');
}

const shown = (column: TableColumn, wide: boolean) => wide || (column.priority ?? 0) === 0;

const cellText = (cell: Json | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return oneLine(cell);
  return typeof cell === 'object' ? oneLine(JSON.stringify(cell)) : String(cell);
};

/** The row of headings. */
export function headerCells(table: Table, options: TableOptions): string[] {
  return [
    ...(options.events ? ['EVENT'] : []),
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...table.columnDefinitions.filter((column) => shown(column, options.wide)).map((column) => column.name.toUpperCase()),
    ...options.labelColumns.map((label) => (label.split('/').at(-1) ?? label).toUpperCase()),
    ...(options.showLabels ? ['LABELS'] : []),
  ];
}

/** The rows under it. */
export function rowCells(table: Table, options: TableOptions): string[][] {
  return table.rows.map((row, index) => {
    const meta = row.object?.metadata;
    const cells: string[] = [...(options.events ? [options.events[index] ?? ''] : []), ...(options.withNamespace ? [meta?.namespace ?? ''] : [])];
    table.columnDefinitions.forEach((column, i) => {
      if (!shown(column, options.wide)) return;
      const text = cellText(row.cells[i]);
      cells.push(options.kind !== '' && column.format === 'name' ? `${options.kind}/${text}` : text);
    });
    for (const label of options.labelColumns) cells.push(meta?.labels?.[label] ?? '');
    if (options.showLabels) cells.push(labelText(meta?.labels));
    return cells;
  });
}
