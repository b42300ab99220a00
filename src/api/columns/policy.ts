/** Rows of RBAC, scheduling, certificates, storage, networking and extension objects. */
import { parseRfc3339, rfc3339 } from '../../base/time.ts';
import { humanDuration } from '../../base/duration.ts';
import { formatSelector } from '../../base/selector.ts';
import type { ApiObject, LabelSelector, RoleBinding } from '../types.ts';
import { ageOf, columns, joinOrNone, orNone } from './column.ts';
import type { Printer } from './column.ts';

type With<T> = ApiObject & T;
const bool = (b: boolean | undefined): string => (b === true ? 'true' : 'false');

export const rolePrinter: Printer<ApiObject> = { columns: columns('Name', 'Created At'), row: (r) => [r.metadata.name, rfc3339(parseRfc3339(r.metadata.creationTimestamp) ?? 0)] };
const subjects = (b: RoleBinding, kind: string): string => (b.subjects ?? []).filter((s) => s.kind === kind).map((s) => (s.namespace === undefined ? s.name : `${s.namespace}/${s.name}`)).join(', ');
export const roleBindingPrinter: Printer<RoleBinding> = {
  columns: columns('Name', 'Role', 'Age', '+Users', '+Groups', '+ServiceAccounts'),
  row: (b, now) => [b.metadata.name, `${b.roleRef.kind}/${b.roleRef.name}`, ageOf(b, now), subjects(b, 'User'), subjects(b, 'Group'), subjects(b, 'ServiceAccount')],
};
export const priorityClassPrinter: Printer<With<{ readonly value: number; readonly globalDefault?: boolean; readonly preemptionPolicy?: string }>> = {
  columns: columns('Name', 'Value', 'Global-Default', 'Age', 'PreemptionPolicy'), row: (p, now) => [p.metadata.name, p.value, bool(p.globalDefault) === 'true', ageOf(p, now), p.preemptionPolicy ?? ''],
};
type Csr = With<{ readonly spec: { readonly signerName?: string; readonly username?: string; readonly expirationSeconds?: number }; readonly status?: { readonly conditions?: readonly { readonly type: string }[]; readonly certificate?: string } }>;
/** `Approved,Issued` */
export function csrCondition(csr: Csr): string {
  const has = (type: string): boolean => csr.status?.conditions?.some((c) => c.type === type) === true;
  const words = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${words}${has('Failed') ? ',Failed' : ''}${(csr.status?.certificate ?? '') !== '' ? ',Issued' : ''}`;
}
export const csrPrinter: Printer<Csr> = {
  columns: columns('Name', 'Age', 'SignerName', 'Requestor', 'RequestedDuration', 'Condition'),
  row: (c, now) => [c.metadata.name, ageOf(c, now), orNone(c.spec.signerName), c.spec.username ?? '', c.spec.expirationSeconds === undefined ? '<none>' : humanDuration(c.spec.expirationSeconds * 1e6), csrCondition(c)],
};
export const apiServicePrinter: Printer<With<{ readonly spec: { readonly service?: { readonly namespace: string; readonly name: string } }; readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[] } }>> = {
  columns: columns('Name', 'Service', 'Available', 'Age'),
  row(a, now) {
    const available = a.status?.conditions?.find((c) => c.type === 'Available');
    return [a.metadata.name, a.spec.service === undefined ? 'Local' : `${a.spec.service.namespace}/${a.spec.service.name}`, available === undefined ? 'Unknown' : available.status === 'True' ? 'True' : `${available.status} (${available.reason})`, ageOf(a, now)];
  },
};
export const csiNodePrinter: Printer<With<{ readonly spec: { readonly drivers?: readonly unknown[] } }>> = { columns: columns('Name', 'Drivers#', 'Age'), row: (c, now) => [c.metadata.name, c.spec.drivers?.length ?? 0, ageOf(c, now)] };
type Flow = With<{ readonly spec: { readonly priorityLevelConfiguration: { readonly name: string }; readonly matchingPrecedence?: number; readonly distinguisherMethod?: { readonly type: string } }; readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] } }>;
export const flowSchemaPrinter: Printer<Flow> = {
  columns: columns('Name', 'PriorityLevel', 'MatchingPrecedence', 'DistinguisherMethod', 'Age', 'MissingPL'),
  row: (f, now) => [f.metadata.name, f.spec.priorityLevelConfiguration.name, f.spec.matchingPrecedence ?? 0, orNone(f.spec.distinguisherMethod?.type), ageOf(f, now), f.status?.conditions?.find((c) => c.type === 'Dangling')?.status ?? '?'],
};
type Level = With<{ readonly spec: { readonly type: string; readonly limited?: { readonly nominalConcurrencyShares?: number; readonly limitResponse?: { readonly queuing?: { readonly queues?: number; readonly handSize?: number; readonly queueLengthLimit?: number } } } } }>;
export const priorityLevelPrinter: Printer<Level> = {
  columns: columns('Name', 'Type', 'NominalConcurrencyShares', 'Queues', 'HandSize', 'QueueLengthLimit', 'Age'),
  row(l, now) {
    const queuing = l.spec.limited?.limitResponse?.queuing;
    const show = (n: number | undefined): string => (n === undefined ? '<none>' : String(n));
    return [l.metadata.name, l.spec.type, show(l.spec.limited?.nominalConcurrencyShares), show(queuing?.queues), show(queuing?.handSize), show(queuing?.queueLengthLimit), ageOf(l, now)];
  },
};
export const networkPolicyPrinter: Printer<With<{ readonly spec: { readonly podSelector: LabelSelector } }>> = { columns: columns('Name', 'Pod-Selector', 'Age'), row: (n, now) => [n.metadata.name, formatSelector(n.spec.podSelector), ageOf(n, now)] };
export const storageClassPrinter: Printer<With<{ readonly provisioner: string; readonly reclaimPolicy?: string; readonly volumeBindingMode?: string; readonly allowVolumeExpansion?: boolean }>> = {
  columns: columns('Name', 'Provisioner', 'ReclaimPolicy', 'VolumeBindingMode', 'AllowVolumeExpansion', 'Age'),
  row: (s, now) => [`${s.metadata.name}${s.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ? ' (default)' : ''}`, s.provisioner, s.reclaimPolicy ?? 'Delete', s.volumeBindingMode ?? 'Immediate', s.allowVolumeExpansion === true, ageOf(s, now)],
};
const MODES: Readonly<Record<string, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };
/** `RWO,ROX` */
export const accessModes = (list: readonly string[] | undefined): string => (list ?? []).map((m) => MODES[m] ?? m).join(',');
type Pvc = With<{ readonly spec: { readonly volumeName?: string; readonly storageClassName?: string; readonly volumeMode?: string }; readonly status?: { readonly phase?: string; readonly capacity?: { readonly storage?: string }; readonly accessModes?: readonly string[] } }>;
export const pvcPrinter: Printer<Pvc> = {
  columns: columns('Name', 'Status', 'Volume', 'Capacity', 'Access Modes', 'StorageClass', 'VolumeAttributesClass', 'Age', '+VolumeMode'),
  row: (p, now) => [p.metadata.name, p.metadata.deletionTimestamp !== undefined ? 'Terminating' : p.status?.phase ?? '', p.spec.volumeName ?? '', p.spec.volumeName === undefined ? '' : p.status?.capacity?.storage ?? '', p.spec.volumeName === undefined ? '' : accessModes(p.status?.accessModes), p.spec.storageClassName ?? '', '<unset>', ageOf(p, now), p.spec.volumeMode ?? '<unset>'],
};
type Pv = With<{ readonly spec: { readonly capacity?: { readonly storage?: string }; readonly accessModes?: readonly string[]; readonly persistentVolumeReclaimPolicy?: string; readonly claimRef?: { readonly namespace?: string; readonly name?: string }; readonly storageClassName?: string; readonly volumeMode?: string }; readonly status?: { readonly phase?: string; readonly reason?: string } }>;
export const pvPrinter: Printer<Pv> = {
  columns: columns('Name', 'Capacity', 'Access Modes', 'Reclaim Policy', 'Status', 'Claim', 'StorageClass', 'VolumeAttributesClass', 'Reason', 'Age', '+VolumeMode'),
  row: (p, now) => [p.metadata.name, p.spec.capacity?.storage ?? '', accessModes(p.spec.accessModes), p.spec.persistentVolumeReclaimPolicy ?? '', p.metadata.deletionTimestamp !== undefined ? 'Terminating' : p.status?.phase ?? '', p.spec.claimRef === undefined ? '' : `${p.spec.claimRef.namespace}/${p.spec.claimRef.name}`, p.spec.storageClassName ?? '', '<unset>', p.status?.reason ?? '', ageOf(p, now), p.spec.volumeMode ?? '<unset>'],
};
export const ipAddressPrinter: Printer<With<{ readonly spec: { readonly parentRef?: { readonly group?: string; readonly resource?: string; readonly namespace?: string; readonly name?: string } } }>> = {
  columns: columns('Name', 'ParentRef', 'Age'),
  row(i, now) {
    const ref = i.spec.parentRef;
    const parent = ref === undefined ? '<none>' : `${ref.resource ?? ''}${(ref.group ?? '') === '' ? '' : `.${ref.group}`}/${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name ?? ''}`;
    return [i.metadata.name, parent, ageOf(i, now)];
  },
};
export const serviceCidrPrinter: Printer<With<{ readonly spec: { readonly cidrs?: readonly string[] } }>> = { columns: columns('Name', 'CIDRs', 'Age'), row: (s, now) => [s.metadata.name, joinOrNone(s.spec.cidrs), ageOf(s, now)] };
export const ingressPrinter: Printer<With<{ readonly spec: { readonly ingressClassName?: string; readonly rules?: readonly { readonly host?: string }[]; readonly tls?: readonly unknown[] }; readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] } } }>> = {
  columns: columns('Name', 'Class', 'Hosts', 'Address', 'Ports', 'Age'),
  row: (i, now) => [i.metadata.name, orNone(i.spec.ingressClassName), (i.spec.rules ?? []).map((r) => r.host ?? '').filter((h) => h !== '').join(',') || '*', (i.status?.loadBalancer?.ingress ?? []).map((x) => x.ip ?? x.hostname ?? '').join(','), (i.spec.tls ?? []).length > 0 ? '80, 443' : '80', ageOf(i, now)],
};
export const pdbPrinter: Printer<With<{ readonly spec: { readonly minAvailable?: number | string; readonly maxUnavailable?: number | string }; readonly status?: { readonly disruptionsAllowed?: number } }>> = {
  columns: columns('Name', 'Min Available', 'Max Unavailable', 'Allowed Disruptions', 'Age'),
  row: (p, now) => [p.metadata.name, String(p.spec.minAvailable ?? 'N/A'), String(p.spec.maxUnavailable ?? 'N/A'), p.status?.disruptionsAllowed ?? 0, ageOf(p, now)],
};
export const componentStatusPrinter: Printer<With<{ readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string; readonly error?: string }[] }>> = {
  columns: columns('Name', 'Status', 'Message', 'Error'),
  row(c) {
    const health = c.conditions?.find((x) => x.type === 'Healthy');
    return [c.metadata.name, health?.status === 'True' ? 'Healthy' : health?.status === 'False' ? 'Unhealthy' : 'Unknown', health?.message ?? '', health?.error ?? ''];
  },
};
export const webhookPrinter: Printer<With<{ readonly webhooks?: readonly unknown[] }>> = { columns: columns('Name', 'Webhooks', 'Age'), row: (w, now) => [w.metadata.name, w.webhooks?.length ?? 0, ageOf(w, now)] };
export const namedPrinter: Printer<ApiObject> = { columns: columns('Name', 'Created At'), row: (o) => [o.metadata.name, rfc3339(parseRfc3339(o.metadata.creationTimestamp) ?? 0)] };
export const agedPrinter: Printer<ApiObject> = { columns: columns('Name', 'Age'), row: (o, now) => [o.metadata.name, ageOf(o, now)] };
