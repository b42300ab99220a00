/** The pod template of a workload. */
import type { PodSpec, PodTemplateSpec } from '../types.ts';
import { goSort } from '../../base/gosort.ts';
import { formatSelector } from '../../base/selector.ts';
import type { LabelSelector } from '../types.ts';
import { containers } from './containers.ts';
import { annotations, column, labels, tolerations } from './lines.ts';
import { volumes } from './volumes.ts';
import type { Sheet } from './writer.ts';

interface Spread { readonly topologyKey: string; readonly whenUnsatisfiable: string; readonly maxSkew: number; readonly labelSelector?: LabelSelector }
/** Topology spread constraints; nothing without any. */
export function spreads(sheet: Sheet, spec: PodSpec, indent: string): void {
  const list = (spec as PodSpec & { readonly topologySpreadConstraints?: readonly Spread[] }).topologySpreadConstraints ?? [];
  if (list.length === 0) return;
  column(sheet, 'Topology Spread Constraints', goSort(list, (a, b) => a.topologyKey < b.topologyKey).map((t) =>
    `${t.topologyKey}:${t.whenUnsatisfiable} when max skew ${t.maxSkew} is exceeded${t.labelSelector === undefined ? '' : ` for selector ${formatSelector(t.labelSelector)}`}`), indent);
}

export function podTemplate(sheet: Sheet, template: PodTemplateSpec | undefined): void {
  sheet.line(0, 'Pod Template:');
  if (template === undefined) return sheet.write(1, '<unset>');
  const { metadata = {}, spec } = template;
  labels(sheet, '  Labels', metadata.labels);
  if (Object.keys(metadata.annotations ?? {}).length > 0) annotations(sheet, '  Annotations', metadata.annotations);
  if ((spec.serviceAccountName ?? '') !== '') sheet.line(1, `Service Account:\t${spec.serviceAccountName}`);
  const list = { statuses: [], pod: null, indent: '  ' };
  if ((spec.initContainers ?? []).length > 0) containers(sheet, { ...list, title: 'Init Containers', containers: spec.initContainers! });
  containers(sheet, { ...list, title: 'Containers', containers: spec.containers });
  volumes(sheet, spec.volumes, '  ');
  spreads(sheet, spec, '  ');
  if ((spec.priorityClassName ?? '') !== '') sheet.line(1, `Priority Class Name:\t${spec.priorityClassName}`);
  labels(sheet, '  Node-Selectors', spec.nodeSelector);
  tolerations(sheet, '  Tolerations', spec.tolerations);
}
