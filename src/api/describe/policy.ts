/** `kubectl describe` of priority classes, disruption budgets, autoscalers and certificate requests. */
import { humanDuration } from '../../base/duration.ts';
import type { CertificateSigningRequest, HorizontalPodAutoscaler, Metric, PodDisruptionBudget, PriorityClass, ScalingRules } from '../types.ts';
import { formatSelector } from '../../base/selector.ts';
import { csrCondition } from '../columns/policy.ts';
import { events } from './events.ts';
import { amount, dateLine, heading, labelLine, orUnset } from './lines.ts';
import type { CertificateRequest, Describer } from './related.ts';
import { Sheet } from './writer.ts';

export const priorityClass: Describer<PriorityClass> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, value, globalDefault = false, preemptionPolicy = '', description = '' } = object;
    sheet.line(0, `Name:\t${metadata.name}\nValue:\t${value}\nGlobalDefault:\t${globalDefault}\nPreemptionPolicy:\t${preemptionPolicy}\nDescription:\t${description}\nAnnotations:\t${labelLine(metadata.annotations)}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};
export const podDisruptionBudget: Describer<PodDisruptionBudget> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}`);
    if (spec.minAvailable !== undefined) sheet.line(0, `Min available:\t${spec.minAvailable}`);
    else if (spec.maxUnavailable !== undefined) sheet.line(0, `Max unavailable:\t${spec.maxUnavailable}`);
    sheet.line(0, `Selector:\t${spec.selector === undefined ? '<unset>' : formatSelector(spec.selector)}\nStatus:`);
    sheet.line(2, `Allowed disruptions:\t${status?.disruptionsAllowed ?? 0}\n    Current:\t${status?.currentHealthy ?? 0}\n    Desired:\t${status?.desiredHealthy ?? 0}\n    Total:\t${status?.expectedPods ?? 0}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

/** Resource metrics; others are named and no more. */
function metric(sheet: Sheet, { type, resource, containerResource }: Metric, current: Metric | undefined): void {
  const given = resource ?? containerResource;
  if (given === undefined) return sheet.line(1, `<unknown metric type ${JSON.stringify(type)}>`);
  const now = (resource === undefined ? current?.containerResource : current?.resource)?.current;
  const what = `resource ${given.name} ${resource === undefined ? `of container "${given.container ?? ''}" ` : ''}on pods`;
  const { averageValue, averageUtilization } = given.target ?? { type: '' };
  if (averageValue !== undefined) return sheet.line(1, `${what}:\t${now?.averageValue === undefined ? '<unknown>' : amount(now.averageValue)} / ${amount(averageValue)}`);
  const have = now?.averageUtilization === undefined ? '<unknown>' : `${now.averageUtilization}% (${amount(now.averageValue)})`;
  sheet.line(1, `${what}  (as a percentage of request):\t${have} / ${averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`}`);
}
function behavior(sheet: Sheet, title: string, rules: ScalingRules | undefined): void {
  if (rules === undefined) return;
  sheet.line(1, `${title}:`);
  if (rules.stabilizationWindowSeconds !== undefined) sheet.line(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds`);
  const policies = rules.policies ?? [];
  if (policies.length > 0) sheet.line(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}\n    Policies:`);
  for (const { type, value, periodSeconds } of policies) sheet.line(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds`);
}
export const horizontalPodAutoscaler: Describer<HorizontalPodAutoscaler> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec, status } = object;
    heading(sheet, object, true);
    sheet.line(0, `CreationTimestamp:\t${dateLine(metadata.creationTimestamp)}\nReference:\t${spec.scaleTargetRef.kind ?? ''}/${spec.scaleTargetRef.name ?? ''}\nMetrics:\t( current / target )`);
    (spec.metrics ?? []).forEach((one, i) => metric(sheet, one, status?.currentMetrics?.[i]));
    sheet.line(0, `Min replicas:\t${orUnset(spec.minReplicas)}\nMax replicas:\t${spec.maxReplicas}`);
    if (spec.behavior !== undefined) sheet.line(0, 'Behavior:');
    behavior(sheet, 'Scale Up', spec.behavior?.scaleUp);
    behavior(sheet, 'Scale Down', spec.behavior?.scaleDown);
    sheet.line(0, `${spec.scaleTargetRef.kind ?? ''} pods:\t${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`);
    const conditions = status?.conditions ?? [];
    if (conditions.length > 0) sheet.line(0, 'Conditions:\n  Type\tStatus\tReason\tMessage\n  ----\t------\t------\t-------');
    for (const c of conditions) sheet.line(1, `${c.type}\t${c.status}\t${c.reason ?? ''}\t${c.message ?? ''}`);
    events(sheet, related.events, now);
    return sheet.text();
  },
};

function names(sheet: Sheet, title: string, values: readonly string[] | undefined): void {
  if (values !== undefined && values.length > 0) sheet.line(0, `\t${title}:\t${values.join('\n\t\t')}`);
}
function request(sheet: Sheet, { subject, dnsNames = [], emailAddresses = [], uris = [], ipAddresses = [] }: CertificateRequest): void {
  sheet.line(0, `Subject:\n\tCommon Name:\t${subject.commonName}\n\tSerial Number:\t${subject.serialNumber ?? ''}`);
  names(sheet, 'Organization', subject.organization);
  names(sheet, 'Organizational Unit', subject.organizationalUnit);
  names(sheet, 'Country', subject.country);
  names(sheet, 'Locality', subject.locality);
  names(sheet, 'Province', subject.province);
  names(sheet, 'StreetAddress', subject.streetAddress);
  names(sheet, 'PostalCode', subject.postalCode);
  if (dnsNames.length + emailAddresses.length + uris.length + ipAddresses.length > 0) sheet.line(0, 'Subject Alternative Names:');
  names(sheet, 'DNS Names', dnsNames);
  names(sheet, 'Email Addresses', emailAddresses);
  names(sheet, 'URIs', uris);
  names(sheet, 'IP Addresses', ipAddresses);
}
export const certificateSigningRequest: Describer<CertificateSigningRequest> = {
  needs: ['request'], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { metadata, spec } = object;
    sheet.line(0, `Name:\t${metadata.name}\nLabels:\t${labelLine(metadata.labels)}\nAnnotations:\t${labelLine(metadata.annotations)}\nCreationTimestamp:\t${dateLine(metadata.creationTimestamp)}\nRequesting User:\t${spec.username ?? ''}`);
    if (spec.signerName !== '') sheet.line(0, `Signer:\t${spec.signerName}`);
    if (spec.expirationSeconds !== undefined) sheet.line(0, `Requested Duration:\t${humanDuration(spec.expirationSeconds * 1_000_000)}`);
    sheet.line(0, `Status:\t${csrCondition(object)}`);
    request(sheet, related.request ?? { subject: { commonName: '' } });
    events(sheet, related.events, now);
    return sheet.text();
  },
};
