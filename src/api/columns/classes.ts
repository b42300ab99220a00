/** Rows of classes, drivers, quotas and other objects that are seldom listed. */
import { formatQuantity, parseQuantity } from '../../base/quantity.ts';
import type { ApiObject, HorizontalPodAutoscaler, IngressClass, Metric, PodTemplateSpec, Quantity, ResourceQuota } from '../types.ts';
import { ageOf, columns, labelsText, orNone } from './column.ts';
import type { Printer } from './column.ts';

type With<T> = ApiObject & T;
const spelled = (quantity: Quantity | undefined): string => {
  const parsed = quantity === undefined ? null : parseQuantity(quantity);
  return parsed === null ? String(quantity ?? 0) : formatQuantity(parsed);
};

export const ingressClassPrinter: Printer<IngressClass> = {
  columns: columns('Name', 'Controller', 'Parameters', 'Age'),
  row(object, now) {
    const { controller = '', parameters } = object.spec;
    const shown = parameters === undefined ? '<none>' : `${parameters.kind}${parameters.apiGroup === undefined ? '' : `.${parameters.apiGroup}`}/${parameters.name}`;
    return [object.metadata.name, controller, shown, ageOf(object, now)];
  },
};
/** What is used of what there is; limits have a column of their own. */
export const resourceQuotaPrinter: Printer<ResourceQuota> = {
  columns: columns('Name', 'Request', 'Limit', 'Age'),
  row(object, now) {
    const { hard = {}, used = {} } = object.status ?? {};
    const shown = (limits: boolean): string => Object.keys(hard).sort().filter((name) => name.startsWith('limits.') === limits).map((name) => `${name}: ${spelled(used[name])}/${spelled(hard[name])}`).join(', ');
    return [object.metadata.name, shown(false), shown(true), ageOf(object, now)];
  },
};
export const runtimeClassPrinter: Printer<With<{ readonly handler: string }>> = { columns: columns('Name', 'Handler', 'Age'), row: (object, now) => [object.metadata.name, object.handler, ageOf(object, now)] };
export const csiDriverPrinter: Printer<With<{ readonly spec: { readonly attachRequired?: boolean; readonly podInfoOnMount?: boolean; readonly storageCapacity?: boolean; readonly requiresRepublish?: boolean; readonly tokenRequests?: readonly { readonly audience: string }[]; readonly volumeLifecycleModes?: readonly string[] } }>> = {
  columns: columns('Name', 'AttachRequired?', 'PodInfoOnMount?', 'StorageCapacity?', 'TokenRequests', 'RequiresRepublish?', 'Modes', 'Age'),
  row(object, now) {
    const { attachRequired = true, podInfoOnMount = false, storageCapacity = false, requiresRepublish = false, tokenRequests, volumeLifecycleModes } = object.spec;
    return [object.metadata.name, attachRequired, podInfoOnMount, storageCapacity, tokenRequests === undefined ? '<unset>' : tokenRequests.map(({ audience }) => audience).join(','), requiresRepublish, orNone(volumeLifecycleModes?.join(',')), ageOf(object, now)];
  },
};
export const volumeAttachmentPrinter: Printer<With<{ readonly spec: { readonly attacher: string; readonly nodeName: string; readonly source?: { readonly persistentVolumeName?: string } }; readonly status?: { readonly attached?: boolean } }>> = {
  columns: columns('Name', 'Attacher', 'PV', 'Node', 'Attached?', 'Age'),
  row: (object, now) => [object.metadata.name, object.spec.attacher, object.spec.source?.persistentVolumeName ?? '', object.spec.nodeName, object.status?.attached === true, ageOf(object, now)],
};
export const podTemplatePrinter: Printer<With<{ readonly template: PodTemplateSpec }>> = {
  columns: columns('Name', 'Containers', 'Images', 'Pod Labels'),
  row: ({ metadata, template }) => [metadata.name, template.spec.containers.map(({ name }) => name).join(','), template.spec.containers.map(({ image }) => image ?? '').join(','), labelsText(template.metadata?.labels)],
};

const MOST = 2;
function target({ type, resource, containerResource }: Metric, current: Metric | undefined): string {
  const given = resource ?? containerResource;
  if (given === undefined) return `<unknown type> ${type}`;
  const now = (resource === undefined ? current?.containerResource : current?.resource)?.current;
  const { averageValue, averageUtilization } = given.target ?? { type: '' };
  if (averageValue !== undefined) return `${given.name}: ${now?.averageValue === undefined ? '<unknown>' : spelled(now.averageValue)}/${spelled(averageValue)}`;
  return `${given.name}: ${now?.averageUtilization === undefined ? '<unknown>' : `${now.averageUtilization}%`}/${averageUtilization === undefined ? '<auto>' : `${averageUtilization}%`}`;
}
export const autoscalerPrinter: Printer<HorizontalPodAutoscaler> = {
  columns: columns('Name', 'Reference', 'Targets', 'MinPods', 'MaxPods', 'Replicas', 'Age'),
  row(object, now) {
    const { scaleTargetRef, metrics = [], minReplicas, maxReplicas } = object.spec;
    const all = metrics.map((metric, i) => target(metric, object.status?.currentMetrics?.[i]));
    const targets = all.length === 0 ? '<none>' : all.length > MOST ? `${all.slice(0, MOST).join(', ')} + ${all.length - MOST} more...` : all.join(', ');
    return [object.metadata.name, `${scaleTargetRef.kind ?? ''}/${scaleTargetRef.name ?? ''}`, targets, String(minReplicas ?? '<unset>'), maxReplicas, object.status?.currentReplicas ?? 0, ageOf(object, now)];
  },
};
