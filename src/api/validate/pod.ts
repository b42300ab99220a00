/** Pods and pod templates. Models pkg/apis/core/validation ValidatePodSpec of v1.33, for what manifests get wrong. */
import { deepEqual } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';
import { dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from '../../base/names.ts';
import type { Container, Pod, PodSpec, PodTemplateSpec, Toleration } from '../types.ts';
import { containers, initContainers } from './container.ts';
import { each, forbidden, go, invalid, named, nonNegative, required, unsupported } from './fault.ts';
import type { Faults } from './fault.ts';
import { annotations, labels } from './metadata.ts';
import { volumes } from './volume.ts';

export interface PodOptions { /** The API server's `--allow-privileged`. */ readonly allowPrivileged?: boolean }

function tolerations(field: string, list: readonly Toleration[] | undefined): Faults {
  return each(field, list, ({ key = '', operator = '', value = '', effect = '', tolerationSeconds }, path) => {
    const name = key === '' ? (operator === 'Exists' ? [] : [invalid(`${path}.operator`, operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"')]) : named(`${path}.key`, key, qualifiedName);
    const seconds = tolerationSeconds !== undefined && effect !== 'NoExecute' ? [invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")] : [];
    const how = operator === '' || operator === 'Equal' ? (value === '' ? [] : labelValue(value).map((problem) => invalid(`${path}.operator`, value, problem)))
      : operator === 'Exists' ? (value === '' ? [] : [invalid(`${path}.operator`, go(`core.Toleration{Key:${JSON.stringify(key)}, Operator:"Exists", Value:${JSON.stringify(value)}, Effect:${JSON.stringify(effect)}, TolerationSeconds:(*int64)(nil)}`), "value must be empty when `operator` is 'Exists'")])
        : [unsupported(`${path}.operator`, operator, ['Equal', 'Exists'])];
    const what = effect === '' || ['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect) ? [] : [unsupported(`${path}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute'])];
    return [...name, ...seconds, ...how, ...what];
  });
}
const choice = (field: string, value: string | undefined, supported: readonly string[]): Faults => (value === undefined || value === '' ? [required(field)] : supported.includes(value) ? [] : [unsupported(field, value, supported)]);

/** A pod's spec, with its defaults. */
export function podSpec(field: string, spec: PodSpec, { allowPrivileged = true }: PodOptions = {}): Faults {
  const context = { volumes: spec.volumes ?? [], hostNetwork: spec.hostNetwork === true, allowPrivileged };
  const { activeDeadlineSeconds: deadline, serviceAccountName = '', nodeName = '', hostname = '', subdomain = '', priorityClassName = '' } = spec;
  return [
    ...volumes(`${field}.volumes`, spec.volumes),
    ...containers(`${field}.containers`, spec.containers, context),
    ...initContainers(`${field}.initContainers`, spec.initContainers, spec.containers ?? [], context),
    ...choice(`${field}.restartPolicy`, spec.restartPolicy, ['Always', 'OnFailure', 'Never']),
    ...choice(`${field}.dnsPolicy`, spec.dnsPolicy, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']),
    ...labels(`${field}.nodeSelector`, spec.nodeSelector),
    ...each(`${field}.imagePullSecrets`, spec.imagePullSecrets, ({ name = '' }, path) => (name === '' ? [invalid(path, go('core.LocalObjectReference{Name:""}'), 'name must not be empty')] : [])),
    ...(serviceAccountName === '' ? [] : named(`${field}.serviceAccountName`, serviceAccountName, dns1123Subdomain)),
    ...(nodeName === '' ? [] : named(`${field}.nodeName`, nodeName, dns1123Subdomain)),
    ...(deadline !== undefined && (deadline < 1 || deadline > 2_147_483_647) ? [invalid(`${field}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive')] : []),
    ...(hostname === '' ? [] : named(`${field}.hostname`, hostname, dns1123Label)), ...(subdomain === '' ? [] : named(`${field}.subdomain`, subdomain, dns1123Label)),
    ...tolerations(`${field}.tolerations`, spec.tolerations),
    ...(priorityClassName === '' ? [] : named(`${field}.priorityClassName`, priorityClassName, dns1123Subdomain)),
    ...nonNegative(`${field}.terminationGracePeriodSeconds`, spec.terminationGracePeriodSeconds),
  ];
}

/** A pod; images without blanks around them. */
export function pod({ spec }: Pod, options?: PodOptions): Faults {
  const trimmed = (field: string, list: readonly Container[] | undefined): Faults => each(field, list, ({ image = '' }, path) => (image.trim() === image ? [] : [invalid(`${path}.image`, image, 'must not have leading or trailing whitespace')]));
  return [...podSpec('spec', spec ?? ({} as PodSpec), options), ...trimmed('spec.containers', spec?.containers), ...trimmed('spec.initContainers', spec?.initContainers)];
}

/** The template of a workload. */
export const podTemplate = (field: string, template: PodTemplateSpec, options?: PodOptions): Faults => [
  ...labels(`${field}.metadata.labels`, template.metadata?.labels), ...annotations(`${field}.metadata.annotations`, template.metadata?.annotations), ...podSpec(`${field}.spec`, template.spec ?? ({} as PodSpec), options)];

const UPDATABLE = '`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** A change of a pod: images, the deadline and more tolerations. */
export function podUpdate(next: Pod, old: Pod): Faults {
  if (next.spec.containers?.length !== old.spec.containers.length) return [forbidden('spec.containers', 'pod updates may not add or remove containers')];
  if ((next.spec.initContainers ?? []).length !== (old.spec.initContainers ?? []).length) return [forbidden('spec.initContainers', 'pod updates may not add or remove containers')];
  const images = (list: readonly Container[] | undefined): unknown => (list ?? []).map(({ image: _image, ...rest }) => rest);
  const deadline = next.spec.activeDeadlineSeconds;
  const had = old.spec.activeDeadlineSeconds;
  const later = had !== undefined && (deadline === undefined || deadline > had) ? [invalid('spec.activeDeadlineSeconds', deadline, deadline === undefined ? 'must not update from a positive integer to nil value' : 'must be less than or equal to previous value')] : [];
  const fewer = (old.spec.tolerations ?? []).some((toleration) => !(next.spec.tolerations ?? []).some((other) => deepEqual({ ...other, tolerationSeconds: 0 }, { ...toleration, tolerationSeconds: 0 })));
  const gone = fewer ? [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')] : [];
  const grace = (old.spec.terminationGracePeriodSeconds ?? 0) < 0 && next.spec.terminationGracePeriodSeconds === 1 ? { terminationGracePeriodSeconds: null } : {};
  const rest = ({ spec }: Pod): unknown => ({ ...(spec as unknown as JsonObject), ...grace, containers: images(spec.containers), initContainers: images(spec.initContainers), activeDeadlineSeconds: null, tolerations: null });
  return [...later, ...gone, ...(deepEqual(rest(next), rest(old)) ? [] : [forbidden('spec', `pod updates may not change fields other than ${UPDATABLE}`)])];
}
