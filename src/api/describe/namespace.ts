/** `kubectl describe` of namespaces, resource quotas and limit ranges. */
import { formatQuantity, parseQuantity } from '../../base/quantity.ts';
import type { LimitRange, LimitRangeItem, Namespace, Quantity, ResourceQuota } from '../types.ts';
import { amount, dateLine, heading, sortedKeys } from './lines.ts';
import type { Describer } from './related.ts';
import { Sheet } from './writer.ts';

const SCOPES: Readonly<Record<string, string>> = {
  Terminating: 'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating: 'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort: 'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort: 'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};
function scopes(sheet: Sheet, { spec }: ResourceQuota, level: number, bullet: string): void {
  const names = [...(spec?.scopes ?? [])].sort();
  if (names.length === 0) return;
  sheet.line(level, `Scopes:\t${names.join(', ')}`);
  for (const name of names) if (SCOPES[name] !== undefined) sheet.line(level, `${bullet}${SCOPES[name]}`);
}
function quotas(sheet: Sheet, list: readonly ResourceQuota[]): void {
  if (list.length === 0) return sheet.line(0, 'No resource quota.');
  sheet.line(0, 'Resource Quotas');
  for (const quota of [...list].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
    sheet.line(1, `Name:\t${quota.metadata.name}`);
    scopes(sheet, quota, 1, '* ');
    sheet.line(1, 'Resource\tUsed\tHard\n  --------\t---\t---');
    for (const name of sortedKeys(quota.status?.hard)) sheet.line(1, `${name}\t${amount(quota.status?.used?.[name])}\t${amount(quota.status!.hard![name])}`);
  }
}

type Amounts = Readonly<Record<string, Quantity>> | undefined;
const HEAD = 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio';
const RULE = '----\t--------\t---\t---\t---------------\t-------------\t-----------------------';
function limits(sheet: Sheet, items: readonly LimitRangeItem[] | undefined, prefix: string): void {
  for (const item of items ?? []) {
    const columns: readonly Amounts[] = [item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio];
    const names = [...new Set(columns.flatMap(sortedKeys))].sort();
    const cell = (given: Amounts, name: string): string => (given?.[name] === undefined ? '-' : amount(given[name]));
    for (const name of names) sheet.line(0, `${prefix}${item.type}\t${name}\t${columns.map((given) => cell(given, name)).join('\t')}`);
  }
}
function limitRanges(sheet: Sheet, list: readonly LimitRange[]): void {
  if (list.length === 0) return sheet.line(0, 'No LimitRange resource.');
  sheet.line(0, `Resource Limits\n ${HEAD}\n ${RULE}`);
  for (const { spec } of list) limits(sheet, spec?.limits, ' ');
}

export const namespace: Describer<Namespace> = {
  needs: ['quotas', 'limitRanges'], withEvents: false,
  describe(object, related) {
    const sheet = new Sheet();
    heading(sheet, object, false);
    sheet.line(0, `Status:\t${object.status?.phase ?? ''}`);
    const conditions = object.status?.conditions ?? [];
    if (conditions.length > 0) sheet.line(0, 'Conditions:\n  Type\tStatus\tLastTransitionTime\tReason\tMessage\n  ----\t------\t------------------\t------\t-------');
    for (const c of conditions) sheet.line(1, `${c.type}\t${c.status}\t${dateLine(c.lastTransitionTime)}\t${c.reason ?? ''}\t${c.message ?? ''}`);
    if (related.quotas !== undefined) {
      sheet.line(0, '');
      quotas(sheet, related.quotas);
    }
    if (related.limitRanges !== undefined) {
      sheet.line(0, '');
      limitRanges(sheet, related.limitRanges);
    }
    return sheet.text();
  },
};

/** What is used, in the notation of the limit. */
function inNotationOf(hard: Quantity, used: Quantity | undefined): string {
  const [limit, have] = [parseQuantity(hard), parseQuantity(used ?? '0')];
  if (limit === null || have === null || limit.format === have.format) return amount(used);
  return formatQuantity({ milli: Math.ceil(have.milli / 1000) * 1000, format: limit.format });
}
export const resourceQuota: Describer<ResourceQuota> = {
  needs: [], withEvents: false,
  describe(object) {
    const sheet = new Sheet();
    const { metadata, status } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}`);
    scopes(sheet, object, 0, ' * ');
    sheet.line(0, 'Resource\tUsed\tHard\n--------\t----\t----');
    for (const name of sortedKeys(status?.hard)) sheet.line(0, `${name}\t${inNotationOf(status!.hard![name]!, status?.used?.[name])}\t${amount(status!.hard![name])}`);
    return sheet.text();
  },
};
export const limitRange: Describer<LimitRange> = {
  needs: [], withEvents: false,
  describe({ metadata, spec }) {
    const sheet = new Sheet();
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}\n${HEAD}\n${RULE}`);
    limits(sheet, spec?.limits, '');
    return sheet.text();
  },
};
