/** The downward API: what `fieldRef` and `resourceFieldRef` stand for. Pure. */
import { parseQuantity } from '../../base/quantity.ts';
import type { Container, Pod, PodStatus } from './types.ts';

const escaped = (value: string): string => JSON.stringify(value);
const lines = (map: Readonly<Record<string, string>> | undefined): string => Object.keys(map ?? {}).sort().map((key) => `${key}=${escaped(map![key]!)}`).join('\n');

/** The value of a field path; null for one that the API does not have. */
export function fieldValue(pod: Pod, status: Pick<PodStatus, 'hostIP' | 'podIP'>, path: string): string | null {
  const { metadata: m, spec } = pod;
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript !== null) return m[subscript[1] as 'labels' | 'annotations']?.[subscript[2]!] ?? '';
  const values: Readonly<Record<string, string>> = {
    'metadata.name': m.name, 'metadata.namespace': m.namespace ?? 'default', 'metadata.uid': m.uid, 'metadata.labels': lines(m.labels), 'metadata.annotations': lines(m.annotations),
    'spec.nodeName': spec.nodeName ?? '', 'spec.serviceAccountName': spec.serviceAccountName ?? '', 'status.hostIP': status.hostIP ?? '', 'status.hostIPs': status.hostIP ?? '', 'status.podIP': status.podIP ?? '', 'status.podIPs': status.podIP ?? '',
  };
  return values[path] ?? null;
}

/** A container's limit or request in units of the divisor, rounded up; without one, what the node has. */
export function resourceValue(container: Container, resource: string, divisor: string, node: { readonly cpus: number; readonly memoryBytes: number }): string {
  const [kind, name] = resource.split('.') as ['limits' | 'requests', string];
  const given = container.resources?.[kind]?.[name] ?? (kind === 'requests' ? container.resources?.limits?.[name] : undefined);
  const whole = name === 'cpu' ? node.cpus * 1000 : node.memoryBytes * 1000;
  const milli = given === undefined ? (kind === 'limits' ? whole : 0) : parseQuantity(given)?.milli ?? 0;
  const unit = parseQuantity(divisor === '' || divisor === '0' ? '1' : divisor)?.milli ?? 1000;
  return String(Math.ceil(milli / unit));
}
