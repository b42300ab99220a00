/** `kubectl describe` of jobs and cron jobs. */
import { humanDuration } from '../../base/duration.ts';
import { parseRfc3339 } from '../../base/time.ts';
import type { CronJob, Job, JobSpec } from '../types.ts';
import { events } from './events.ts';
import { annotations, capitalBool, controllerOf, dateLine, heading, labels, orUnset, selectorLine } from './lines.ts';
import type { Describer } from './related.ts';
import { podTemplate } from './template.ts';
import { Sheet } from './writer.ts';

const INDEXES = 50;
/** `0-10,12,...`: cut behind the comma that follows the limit. */
function indexes(text: string | undefined): string {
  if (text === undefined || text === '') return '<none>';
  const comma = text.indexOf(',', INDEXES);
  return comma < 0 ? text : `${text.slice(0, comma + 1)}...`;
}
const present = (sheet: Sheet, title: string, value: string | number | boolean | undefined, unit = ''): void => { if (value !== undefined) sheet.line(0, `${title}:\t${value}${unit}`); };

function progress(sheet: Sheet, { spec, status = {} }: Job): void {
  const { startTime, completionTime } = status;
  if (startTime !== undefined) sheet.line(0, `Start Time:\t${dateLine(startTime)}`);
  if (completionTime !== undefined) sheet.line(0, `Completed At:\t${dateLine(completionTime)}`);
  if (startTime !== undefined && completionTime !== undefined) sheet.line(0, `Duration:\t${humanDuration((parseRfc3339(completionTime) ?? 0) - (parseRfc3339(startTime) ?? 0))}`);
  present(sheet, 'Active Deadline Seconds', spec.activeDeadlineSeconds, 's');
  const ready = status.ready === undefined ? '' : ` (${status.ready} Ready)`;
  sheet.line(0, `Pods Statuses:\t${status.active ?? 0} Active${ready} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`);
  if (spec.completionMode === 'Indexed') sheet.line(0, `Completed Indexes:\t${indexes(status.completedIndexes)}`);
}

export const job: Describer<Job> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\nSelector:\t${selectorLine(spec.selector)}`);
    labels(sheet, 'Labels', metadata.labels);
    annotations(sheet, 'Annotations', metadata.annotations);
    const controller = controllerOf(object);
    if (controller !== '') sheet.line(0, `Controlled By:\t${controller}`);
    present(sheet, 'Parallelism', spec.parallelism);
    sheet.line(0, `Completions:\t${orUnset(spec.completions)}`);
    present(sheet, 'Completion Mode', spec.completionMode);
    present(sheet, 'Suspend', spec.suspend);
    present(sheet, 'Backoff Limit', spec.backoffLimit);
    present(sheet, 'TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
    progress(sheet, object);
    podTemplate(sheet, spec.template);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

function template(sheet: Sheet, spec: JobSpec): void {
  sheet.line(0, `Selector:\t${spec.selector === undefined ? '<unset>' : selectorLine(spec.selector)}`);
  sheet.line(0, `Parallelism:\t${orUnset(spec.parallelism)}\nCompletions:\t${orUnset(spec.completions)}`);
  present(sheet, 'Active Deadline Seconds', spec.activeDeadlineSeconds, 's');
  podTemplate(sheet, spec.template);
}
export const cronJob: Describer<CronJob> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { spec, status = {} } = object;
    heading(sheet, object, true);
    sheet.line(0, `Schedule:\t${spec.schedule}\nConcurrency Policy:\t${spec.concurrencyPolicy ?? ''}\nSuspend:\t${capitalBool(spec.suspend)}`);
    sheet.line(0, `Successful Job History Limit:\t${orUnset(spec.successfulJobsHistoryLimit)}\nFailed Job History Limit:\t${orUnset(spec.failedJobsHistoryLimit)}`);
    sheet.line(0, `Starting Deadline Seconds:\t${spec.startingDeadlineSeconds === undefined ? '<unset>' : `${spec.startingDeadlineSeconds}s`}`);
    template(sheet, spec.jobTemplate.spec);
    sheet.line(0, `Last Schedule Time:\t${status.lastScheduleTime === undefined ? '<unset>' : dateLine(status.lastScheduleTime)}`);
    const active = status.active ?? [];
    sheet.line(0, `Active Jobs:\t${active.length === 0 ? '<none>' : active.map(({ name }) => name).join(', ')}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};
