/**
 * One kustomization: its file, and the resources on their way through it. What this lab does not model is refused by name; what
 * kustomize does not know is a mistake of the file. Models sigs.k8s.io/kustomize api/types.
 */
import { metaOf, type Obj } from '../rest.ts';
import { CliError, Exit } from '../errors.ts';

/** An object between its file and the end. */
export interface Item {
  readonly object: Obj;
  /** Names and namespaces it had before, by which others may still call it. */ readonly before: readonly { readonly name: string; readonly namespace: string }[];
  /** Made by a generator that wants the hash behind its name. */ readonly hash: boolean;
}

export interface Generator {
  readonly name?: string; readonly namespace?: string; readonly behavior?: string; readonly type?: string;
  readonly literals?: readonly string[]; readonly files?: readonly string[]; readonly envs?: readonly string[]; readonly env?: string; readonly options?: GeneratorOptions;
}
export interface GeneratorOptions { readonly labels?: Labels; readonly annotations?: Labels; readonly disableNameSuffixHash?: boolean; readonly immutable?: boolean }
export type Labels = Readonly<Record<string, string>>;
export interface Target { readonly group?: string; readonly version?: string; readonly kind?: string; readonly name?: string; readonly namespace?: string; readonly labelSelector?: string; readonly annotationSelector?: string }
export interface Patch { readonly path?: string; readonly patch?: string; readonly target?: Target }

/** kustomization.yaml. */
export interface Kustomization {
  readonly resources?: readonly string[]; readonly bases?: readonly string[];
  readonly namespace?: string; readonly namePrefix?: string; readonly nameSuffix?: string;
  readonly labels?: readonly { readonly pairs: Labels; readonly includeSelectors?: boolean; readonly includeTemplates?: boolean }[];
  readonly commonLabels?: Labels; readonly commonAnnotations?: Labels;
  readonly images?: readonly { readonly name: string; readonly newName?: string; readonly newTag?: string; readonly digest?: string }[];
  readonly replicas?: readonly { readonly name: string; readonly count: number }[];
  readonly configMapGenerator?: readonly Generator[]; readonly secretGenerator?: readonly Generator[]; readonly generatorOptions?: GeneratorOptions;
  readonly patches?: readonly Patch[]; readonly patchesStrategicMerge?: readonly string[]; readonly patchesJson6902?: readonly Patch[];
}

const MODELLED = ['apiVersion', 'kind', 'metadata', 'resources', 'bases', 'namespace', 'namePrefix', 'nameSuffix', 'labels', 'commonLabels', 'commonAnnotations', 'images', 'replicas', 'configMapGenerator', 'secretGenerator',
  'generatorOptions', 'patches', 'patchesStrategicMerge', 'patchesJson6902'];
const MISSING = ['buildMetadata', 'components', 'configurations', 'crds', 'generators', 'helmChartInflationGenerator', 'helmCharts', 'helmGlobals', 'imageTags', 'openapi', 'replacements', 'sortOptions', 'transformers', 'validators', 'vars'];
const OLD: readonly (readonly [string, string])[] = [['bases', 'resources'], ['commonLabels', 'labels'], ['patchesJson6902', 'patches'], ['patchesStrategicMerge', 'patches']];

/** Checks the fields of a file. Throws CliError, Exit. */
export function kustomization(value: Obj): Kustomization {
  for (const name of Object.keys(value)) {
    if (MISSING.includes(name)) throw new Exit(1, `kubectl kustomize: ${name} is not available in this lab`);
    if (!MODELLED.includes(name)) throw new CliError(`invalid Kustomization: json: unknown field ${JSON.stringify(name)}`);
  }
  return value as Kustomization;
}

/** What is said about fields that others have taken the place of. */
export const deprecations = (of: Kustomization): string => OLD.filter(([name]) => name in of)
  .map(([name, instead]) => `# Warning: '${name}' is deprecated. Please use '${instead}' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n`).join('');

/** `Deployment.v1.apps/web.[noNs]`: how kustomize speaks of an object. */
export function idOf(object: Obj): string {
  const [group, version] = groupVersionOf(object);
  const { name, namespace = '' } = metaOf(object);
  return `${String(object.kind)}.${version}.${group === '' ? '[noGrp]' : group}/${name}.${namespace === '' ? '[noNs]' : namespace}`;
}

export function groupVersionOf(object: Obj): readonly [group: string, version: string] {
  const text = String(object.apiVersion ?? '');
  const slash = text.indexOf('/');
  return slash < 0 ? ['', text] : [text.slice(0, slash), text.slice(slash + 1)];
}
