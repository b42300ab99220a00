/** The events under a description: sorted by when they were last seen, with Go's unstable sort. */
import { goSort } from '../../base/gosort.ts';
import { parseRfc3339 } from '../../base/time.ts';
import type { Event } from '../types.ts';
import { sinceLine } from './lines.ts';
import type { Sheet } from './writer.ts';

const lastSeen = (event: Event): number => (event.lastTimestamp === null || event.lastTimestamp === undefined ? -Infinity : parseRfc3339(event.lastTimestamp) ?? -Infinity);

function interval(event: Event, now: number): string {
  const first = sinceLine(event.eventTime ?? event.firstTimestamp, now);
  if (event.series !== undefined) return `${sinceLine(event.series.lastObservedTime, now)} (x${event.series.count} over ${first})`;
  return (event.count ?? 0) > 1 ? `${sinceLine(event.lastTimestamp, now)} (x${event.count} over ${first})` : first;
}

/** Nothing at all when the events were not asked for (null). */
export function events(sheet: Sheet, list: readonly Event[] | null, now: number): void {
  if (list === null) return;
  if (list.length === 0) return sheet.line(0, 'Events:\t<none>');
  sheet.flush();
  sheet.line(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage');
  sheet.line(1, '----\t------\t----\t----\t-------');
  for (const event of goSort(list, (a, b) => lastSeen(a) < lastSeen(b))) {
    const from = event.source?.component || event.reportingComponent || '';
    sheet.line(1, `${event.type ?? ''}\t${event.reason ?? ''}\t${interval(event, now)}\t${from}\t${(event.message ?? '').trim()}`);
  }
}
