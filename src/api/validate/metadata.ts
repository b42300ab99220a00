/** Names, labels, annotations, owners and finalizers; label selectors. Models apimachinery pkg/api/validation and metav1 validation. */
import { dns1123Label, labelValue, qualifiedName } from '../../base/names.ts';
import type { LabelSelector, ObjectMeta, StringMap } from '../types.ts';
import { each, forbidden, invalid, named, required, tooLong } from './fault.ts';
import type { Faults } from './fault.ts';

type Check = (text: string) => readonly string[];
const MAX_ANNOTATIONS = 262_144;

export function labels(field: string, map: StringMap | undefined): Faults {
  return Object.entries(map ?? {}).flatMap(([key, value]) => [...named(field, key, qualifiedName), ...named(field, value, labelValue)]);
}
export function annotations(field: string, map: StringMap | undefined): Faults {
  const entries = Object.entries(map ?? {});
  const size = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return [...entries.flatMap(([key]) => qualifiedName(key.toLowerCase()).map((problem) => invalid(field, key, problem))), ...(size > MAX_ANNOTATIONS ? [tooLong(field, MAX_ANNOTATIONS)] : [])];
}

/** What holds for the metadata of every object. `check`: what its kind's names may look like. */
export function metadata(meta: ObjectMeta | undefined, namespaced: boolean, check: Check): Faults {
  const { name = '', generateName = '', namespace = '', ownerReferences, finalizers } = meta ?? {};
  // A generated name's prefix may end in a dash, which the suffix hides.
  const prefix = generateName === '' ? [] : check(generateName.replace(/-$/, 'a')).map((problem) => invalid('metadata.generateName', generateName, problem));
  const inName = name === '' ? [required('metadata.name', 'name or generateName is required')] : named('metadata.name', name, check);
  const where = namespaced ? (namespace === '' ? [required('metadata.namespace')] : named('metadata.namespace', namespace, dns1123Label)) : namespace === '' ? [] : [forbidden('metadata.namespace', 'not allowed on this type')];
  const owners = each('metadata.ownerReferences', ownerReferences, (owner, path) => (['apiVersion', 'kind', 'name', 'uid'] as const).flatMap((key) => ((owner[key] ?? '') === '' ? [invalid(`${path}.${key}`, '', 'must not be empty')] : [])));
  const ends = each('metadata.finalizers', finalizers, (finalizer) => [...named('metadata.finalizers', finalizer, qualifiedName),
    ...(finalizer.includes('/') || ['kubernetes', 'orphan', 'foregroundDeletion'].includes(finalizer) ? [] : [invalid('metadata.finalizers', finalizer, 'name is neither a standard finalizer name nor is it fully qualified')])]);
  return [...prefix, ...inName, ...where, ...labels('metadata.labels', meta?.labels), ...annotations('metadata.annotations', meta?.annotations), ...owners, ...ends];
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
/** A selector's own keys, operators and values. */
export function selector(field: string, given: LabelSelector | undefined): Faults {
  const inLabels = labels(`${field}.matchLabels`, given?.matchLabels);
  const inExpressions = each(`${field}.matchExpressions`, given?.matchExpressions, ({ key, operator, values = [] }, path) => {
    const wrong = (OPERATORS as readonly string[]).includes(operator) ? [] : [invalid(`${path}.operator`, operator, 'not a valid selector operator')];
    const wants = operator === 'In' || operator === 'NotIn';
    const count = wants && values.length === 0 ? [required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")]
      : !wants && values.length > 0 && wrong.length === 0 ? [forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")] : [];
    return [...wrong, ...count, ...named(`${path}.key`, key, qualifiedName), ...values.flatMap((value, i) => named(`${path}.values[${i}]`, value, labelValue))];
  });
  return [...inLabels, ...inExpressions];
}
export const isEmptySelector = (given: LabelSelector | undefined): boolean => Object.keys(given?.matchLabels ?? {}).length === 0 && (given?.matchExpressions ?? []).length === 0;

