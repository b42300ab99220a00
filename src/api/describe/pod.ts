/** `kubectl describe pod`. */
import type { Pod, ResourceRequirements } from '../types.ts';
import { qosClassOf } from '../qos.ts';
import { containers, resources } from './containers.ts';
import { events } from './events.ts';
import { controllerOf, dateLine, annotations, labels, sinceLine, tolerations } from './lines.ts';
import type { Describer } from './related.ts';
import { spreads } from './template.ts';
import { volumes } from './volumes.ts';
import { Sheet } from './writer.ts';

type Ephemeral = { readonly ephemeralContainers?: Pod['spec']['containers']; readonly resources?: ResourceRequirements };

function head(sheet: Sheet, { metadata, spec, status = {} }: Pod): void {
  sheet.line(0, `Name:\t${metadata.name}\nNamespace:\t${metadata.namespace ?? ''}`);
  if (spec.priority !== undefined) sheet.line(0, `Priority:\t${spec.priority}`);
  if ((spec.priorityClassName ?? '') !== '') sheet.line(0, `Priority Class Name:\t${spec.priorityClassName}`);
  if ((spec.runtimeClassName ?? '') !== '') sheet.line(0, `Runtime Class Name:\t${spec.runtimeClassName}`);
  if ((spec.serviceAccountName ?? '') !== '') sheet.line(0, `Service Account:\t${spec.serviceAccountName}`);
  sheet.line(0, (spec.nodeName ?? '') === '' ? 'Node:\t<none>' : `Node:\t${spec.nodeName}/${status.hostIP ?? ''}`);
  if (status.startTime !== undefined) sheet.line(0, `Start Time:\t${dateLine(status.startTime)}`);
  labels(sheet, 'Labels', metadata.labels);
  annotations(sheet, 'Annotations', metadata.annotations);
}
function state(sheet: Sheet, { metadata, spec, status = {} }: Pod, now: number): void {
  if (metadata.deletionTimestamp !== undefined && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    sheet.line(0, `Status:\tTerminating (lasts ${sinceLine(metadata.deletionTimestamp, now)})`);
    sheet.line(0, `Termination Grace Period:\t${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else sheet.line(0, `Status:\t${status.phase ?? ''}`);
  if ((status.reason ?? '') !== '') sheet.line(0, `Reason:\t${status.reason}`);
  if ((status.message ?? '') !== '') sheet.line(0, `Message:\t${status.message}`);
  const profile = spec.securityContext?.seccompProfile as { readonly type: string; readonly localhostProfile?: string } | undefined;
  if (profile !== undefined) sheet.line(0, `SeccompProfile:\t${profile.type}`);
  if (profile?.type === 'Localhost') sheet.line(0, `LocalhostProfile:\t${profile.localhostProfile ?? ''}`);
  sheet.line(0, `IP:\t${status.podIP ?? ''}`);
  const ips = status.podIPs ?? [];
  sheet.line(0, ips.length === 0 ? 'IPs:\t<none>' : 'IPs:');
  for (const { ip } of ips) sheet.line(1, `IP:\t${ip}`);
}
function lists(sheet: Sheet, pod: Pod): void {
  const { spec, status = {} } = pod;
  const statuses = status as typeof status & { readonly ephemeralContainerStatuses?: typeof status.containerStatuses };
  const { ephemeralContainers = [] } = spec as Ephemeral;
  const list = { pod, indent: '' };
  if ((spec.initContainers ?? []).length > 0) containers(sheet, { ...list, title: 'Init Containers', containers: spec.initContainers!, statuses: status.initContainerStatuses ?? [] });
  containers(sheet, { ...list, title: 'Containers', containers: spec.containers, statuses: status.containerStatuses ?? [] });
  if (ephemeralContainers.length > 0) containers(sheet, { ...list, title: 'Ephemeral Containers', containers: ephemeralContainers, statuses: statuses.ephemeralContainerStatuses ?? [] });
}
function conditions(sheet: Sheet, { spec, status = {} }: Pod): void {
  const found = status.conditions ?? [];
  if ((spec.readinessGates ?? []).length > 0) sheet.line(0, 'Readiness Gates:\n  Type\tStatus');
  for (const { conditionType } of spec.readinessGates ?? []) sheet.line(1, `${conditionType} \t${found.find((c) => c.type === conditionType)?.status ?? '<none>'} `);
  if (found.length > 0) sheet.line(0, 'Conditions:\n  Type\tStatus');
  for (const { type, status: value } of found) sheet.line(1, `${type} \t${value} `);
}

export const pod: Describer<Pod> = {
  needs: [], withEvents: true,
  describe(object, related, now) {
    const sheet = new Sheet();
    const { spec, status = {} } = object;
    head(sheet, object);
    state(sheet, object, now);
    const controller = controllerOf(object);
    if (controller !== '') sheet.line(0, `Controlled By:\t${controller}`);
    if ((status.nominatedNodeName ?? '') !== '') sheet.line(0, `NominatedNodeName:\t${status.nominatedNodeName}`);
    const own = (spec as Ephemeral).resources;
    if (own !== undefined) sheet.line(0, 'Resources:');
    resources(sheet, own, 1);
    lists(sheet, object);
    conditions(sheet, object);
    volumes(sheet, spec.volumes, '');
    sheet.line(0, `QoS Class:\t${status.qosClass ?? qosClassOf(object)}`);
    labels(sheet, 'Node-Selectors', spec.nodeSelector);
    tolerations(sheet, 'Tolerations', spec.tolerations);
    spreads(sheet, spec, '');
    events(sheet, related.events, now);
    return sheet.text();
  },
};
