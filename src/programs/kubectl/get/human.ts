/**
 * Tables one after the other: neighbours of one type share their columns and heading, another type begins a new block after an
 * empty line. An answer that is no Table (a server without them) shows name and age.
 */
import type { Json } from '../../../kernel/sys.ts';
import type { ParsedFlags } from '../../../lib/flags/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { headerCells, layOut, rowCells, sortTable, type Table, type TableOptions } from '../../../lib/printers/index.ts';
import { kindName, type Resource } from '../discovery/resource.ts';
import type { Target } from '../resource/targets.ts';

export interface Shown { readonly target: Target; readonly table: Table | null; readonly body: Json }

/** How a type's table is printed under the given flags. */
export function tableOptions(flags: ParsedFlags, resource: Resource, wide: boolean, withKind: boolean): TableOptions {
  return {
    wide, withNamespace: flags.bool('all-namespaces') && resource.namespaced, kind: withKind ? kindName(resource) : '',
    showLabels: flags.bool('show-labels'), labelColumns: flags.list('label-columns'),
  };
}

/** What cannot be sorted: upstream's loop over tables drops the complaint, and with it the table. */
function sortedOrNone(table: Table, field: string): Table | null {
  try {
    return sortTable(table, field);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return null;
  }
}

/** The whole output; '' when no table has a row. */
export function humanText(shown: readonly Shown[], flags: ParsedFlags, wide: boolean): string {
  const withKind = flags.bool('show-kind') || new Set(shown.map(({ target }) => target.resource)).size > 1;
  const noHeaders = flags.bool('no-headers');
  const sortBy = flags.string('sort-by');
  const blocks: { resource: Resource; rows: string[][] }[] = [];
  for (const { target, table } of shown) {
    if (table === null || table.rows.length === 0) continue;
    const options = tableOptions(flags, target.resource, wide, withKind);
    const sorted = sortBy === '' || table.rows.length < 2 ? table : sortedOrNone(table, sortBy);
    if (sorted === null) continue;
    const last = blocks.at(-1);
    if (last?.resource === target.resource) last.rows.push(...rowCells(sorted, options));
    else blocks.push({ resource: target.resource, rows: [...(noHeaders ? [] : [headerCells(sorted, options)]), ...rowCells(sorted, options)] });
  }
  return blocks.map(({ rows }) => layOut(rows).text).join(noHeaders ? '' : '\n');
}
