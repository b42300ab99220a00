/**
 * get -w: the list, then a row for each change, in columns at least as wide as before. Ends without a word when the server ends
 * the watch or goes away.
 */
import { now, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { nextEvent } from '../../../lib/kube/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import type { HttpConn } from '../../../lib/http/index.ts';
import { headerCells, isTable, layOut, printObject, rowCells, type OutputFormat, type PrintOptions, type Table, type TableColumn, type TableOptions } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { restConfig } from '../config/load.ts';
import { CliError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { print } from '../io.ts';
import { filesOf } from '../resource/files.ts';
import { targetsOf } from '../resource/targets.ts';
import { call, metaOf, openStream, pathTo, type Obj } from '../rest.ts';
import { tableOptions } from './human.ts';

export interface WatchState {
  readonly follow: 'get-watch';
  readonly conn: HttpConn;
  /** VTime at which --request-timeout ends it. */ readonly until: number | null;
  readonly format: OutputFormat; readonly print: PrintOptions; readonly table: TableOptions;
  readonly columns: readonly TableColumn[]; readonly widths: readonly number[];
  readonly headed: boolean; readonly noHeaders: boolean; readonly events: boolean;
  readonly printed: number;
}

/** Prints tables and objects, and remembers columns and widths. */
function* show(state: WatchState, type: string, body: Json): Coroutine<WatchState> {
  if (!isTable(body)) {
    const objects = ((body as Obj).items as readonly Obj[] | undefined) ?? [body as Obj];
    let printed = state.printed;
    for (const object of objects) {
      const separate = state.format.kind === 'yaml' && printed > 0 ? '---\n' : '';
      yield* print(separate + printObject(state.format, state.events ? { type, object } : object, { ...state.print, noHeaders: state.print.noHeaders || printed > 0 }));
      printed++;
    }
    return { ...state, printed };
  }
  const given = body as unknown as Table;
  const columns = (given.columnDefinitions ?? []).length > 0 ? given.columnDefinitions : state.columns;
  const table = { ...given, columnDefinitions: columns };
  if ((table.rows ?? []).length === 0) return { ...state, columns };
  const options: TableOptions = state.events ? { ...state.table, events: table.rows.map(() => type) } : state.table;
  const rows = [...(state.headed || state.noHeaders ? [] : [headerCells(table, options)]), ...rowCells(table, options)];
  const { text, widths } = layOut(rows, state.widths);
  yield* print(text);
  return { ...state, columns, widths, headed: true };
}

/** Lists, opens the watch, and goes over to following it. */
export function* startWatch(cli: Cli, format: OutputFormat): Coroutine<WatchState> {
  const { flags } = cli;
  const targets = yield* targetsOf(cli, {
    args: cli.args, selector: flags.string('selector'), fieldSelector: flags.string('field-selector'), all: true, allNamespaces: flags.bool('all-namespaces'),
    files: filesOf(flags), recursive: flags.bool('recursive'),
  });
  if (targets.length > 1) {
    throw new CliError(new Set(targets.map(({ resource }) => resource)).size > 1 ? 'you may only specify a single resource type' : 'watch is only supported on individual resources and resource collections - more than 1 resource was found');
  }
  const [{ resource, namespace, name }] = targets as [(typeof targets)[number]];
  const human = format.kind === 'human';
  const accept = human ? 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' : 'application/json';
  const query = name === null ? { labelSelector: flags.string('selector'), fieldSelector: flags.string('field-selector') } : {};
  const body = yield* call(cli, { method: 'GET', path: pathTo(resource, namespace, name ?? undefined), accept, about: resource.name, name: name ?? '', query: { ...query, ...(name === null ? { limit: String(flags.number('chunk-size')) } : {}) } });
  const config = yield* restConfig(cli);
  const blank: WatchState = {
    follow: 'get-watch', conn: { fd: -1, tls: false, peerCertPem: null, peer: '' }, until: config.timeoutUs === null ? null : (yield* now()) + config.timeoutUs,
    format, print: { managedFields: flags.bool('show-managed-fields'), noHeaders: flags.bool('no-headers'), missingKeys: flags.bool('allow-missing-template-keys') },
    table: tableOptions(flags, resource, format.kind === 'human' && format.wide, flags.bool('show-kind')), columns: [], widths: [], headed: false,
    noHeaders: flags.bool('no-headers'), events: flags.bool('output-watch-events'), printed: 0,
  };
  const shown = flags.bool('watch-only') ? blank : yield* show(blank, 'ADDED', body);
  const fieldSelector = name === null ? flags.string('field-selector') : `metadata.name=${name}`;
  const conn = yield* openStream(cli, {
    path: pathTo(resource, namespace), accept, query: { labelSelector: flags.string('selector'), fieldSelector, resourceVersion: metaOf(body).resourceVersion ?? '0', watch: 'true' },
  });
  return { ...shown, conn };
}

/** One event of the watch. */
export function* followWatch(_cli: Cli, state: WatchState): Coroutine<Outcome<WatchState>> {
  const left = state.until === null ? null : state.until - (yield* now());
  if (left !== null && left <= 0) return 0;
  try {
    const event = yield* nextEvent(state.conn, left);
    if (event === null || event.type === 'ERROR') return 0;
    if (event.type === 'BOOKMARK') return state;
    return yield* show(state, event.type, event.object as unknown as Json);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return 0;
  }
}
