/** kubectl events: sorted by when they were last seen, with how often. Models kubectl pkg/cmd/events. */
import { now, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { humanDuration } from '../../../base/duration.ts';
import { goSort } from '../../../base/gosort.ts';
import { parseRfc3339 } from '../../../base/time.ts';
import type { HttpConn } from '../../../lib/http/index.ts';
import { nextEvent } from '../../../lib/kube/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { layOut, oneLine, printObject } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { builtIn } from '../create/submit.ts';
import { resolveResource } from '../discovery/index.ts';
import { CliError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';
import { formatFor } from '../output.ts';
import { listObjects } from '../resource/objects.ts';
import { field, metaOf, openStream, pathTo, type Obj } from '../rest.ts';

export interface EventsState { readonly follow: 'events'; readonly conn: HttpConn; readonly widths: readonly number[]; readonly withNamespace: boolean; readonly since: string }

const time = (value: Json | undefined) => (typeof value === 'string' ? parseRfc3339(value) : null);

/** When an event was last seen, for sorting: µs; an event without any time comes first. */
function lastSeen(event: Obj): number {
  const series = event.series as Obj | undefined;
  return (series ? time(series.lastObservedTime) : null) ?? time(event.lastTimestamp) ?? time(event.eventTime) ?? Number.NEGATIVE_INFINITY;
}

const ago = (value: Json | undefined, at: number) => { const then = time(value); return then === null ? '<unknown>' : humanDuration(at - then); };

/** `5s (x12 over 4m51s)`. */
export function interval(event: Obj, at: number): string {
  const first = time(event.eventTime) === null ? ago(event.firstTimestamp, at) : ago(event.eventTime, at);
  const series = event.series as Obj | undefined;
  if (series) return `${ago(series.lastObservedTime, at)} (x${Number(series.count ?? 0)} over ${first})`;
  return Number(event.count ?? 0) > 1 ? `${ago(event.lastTimestamp, at)} (x${Number(event.count)} over ${first})` : first;
}

function cells(event: Obj, at: number, withNamespace: boolean): string[] {
  const object = field(event, 'involvedObject');
  return [...(withNamespace ? [metaOf(event).namespace ?? ''] : []), interval(event, at), String(event.type ?? ''), String(event.reason ?? ''), `${String(object.kind)}/${String(object.name)}`, oneLine(String(event.message ?? '').trim())];
}

function* selectorsOf(cli: Cli): Coroutine<string> {
  const text = cli.flags.string('for');
  if (text === '') return '';
  const [type, name, more] = text.split('/');
  if (!type || !name || more !== undefined) throw new CliError('--for must be in resource/name form');
  const resource = yield* resolveResource(cli, type);
  return `involvedObject.kind=${resource.kind},involvedObject.name=${name}`;
}

const wanted = (cli: Cli) => (event: Obj) => { const types = cli.flags.list('types').map((type) => type.toLowerCase()); return types.length === 0 || types.includes(String(event.type).toLowerCase()); };

/** Runs the command. */
export function* events(cli: Cli): Coroutine<Outcome> {
  const { flags } = cli;
  if (cli.args.length > 0) throw new CliError(`unknown command ${JSON.stringify(cli.args[0])} for "kubectl events"`);
  const bad = flags.list('types').find((type) => !['normal', 'warning'].includes(type.toLowerCase()));
  if (bad !== undefined) throw new CliError(`valid --types are Normal or Warning`);
  const resource = builtIn('v1', 'Event');
  const everywhere = flags.bool('all-namespaces');
  const namespace = everywhere ? '' : (yield* namespaceOf(cli)).namespace;
  const fieldSelector = yield* selectorsOf(cli);
  const listed = goSort((yield* listObjects(cli, resource, namespace, { fieldSelector })).filter(wanted(cli)), (a, b) => lastSeen(a) < lastSeen(b));
  const at = yield* now();
  const watching = flags.bool('watch');
  const output = flags.string('output');
  if (output !== '') {
    const format = yield* formatFor(output, flags.string('template'));
    yield* print(printObject(format, { apiVersion: 'v1', items: listed, kind: 'List', metadata: {} }, { managedFields: false, noHeaders: false, missingKeys: cli.flags.bool('allow-missing-template-keys') }));
    return 0;
  }
  let widths: readonly number[] = [];
  if (listed.length === 0 && !watching) yield* eprint(everywhere ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`);
  else {
    const header = flags.bool('no-headers') ? [] : [[...(everywhere ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']];
    const laid = layOut([...header, ...listed.map((event) => cells(event, at, everywhere))]);
    widths = laid.widths;
    yield* print(laid.text);
  }
  if (!watching) return 0;
  const newest = listed.reduce((max, event) => Math.max(max, Number(metaOf(event).resourceVersion ?? 0)), 0);
  const conn = yield* openStream(cli, { path: pathTo(resource, namespace), query: { fieldSelector, watch: 'true', resourceVersion: newest === 0 ? '' : String(newest) } });
  return { follow: 'events', conn, widths, withNamespace: everywhere, since: '' } as EventsState;
}

/** One more event. */
export function* followEvents(cli: Cli, state: EventsState): Coroutine<Outcome<EventsState>> {
  try {
    const event = yield* nextEvent(state.conn);
    if (event === null || event.type === 'ERROR') return 0;
    const object = event.object as unknown as Obj;
    if ((event.type !== 'ADDED' && event.type !== 'MODIFIED') || !wanted(cli)(object)) return state;
    const { text, widths } = layOut([cells(object, yield* now(), state.withNamespace)], state.widths);
    yield* print(text);
    return { ...state, widths };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return 0;
  }
}
