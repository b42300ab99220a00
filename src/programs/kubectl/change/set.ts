/** kubectl set image, env, resources, serviceaccount. Models kubectl pkg/cmd/set. Not modelled: env --resolve, --local. */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { canonical, type JsonObject } from '../../../base/json.ts';
import { strategicMergePatch } from '../../../base/strategic.ts';
import type { Cli } from '../cli.ts';
import { quantities } from '../create/objects.ts';
import { kindName } from '../discovery/resource.ts';
import { CliError, throwAll } from '../errors.ts';
import { print } from '../io.ts';
import { dryRunOf, report, writeQuery } from '../report.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects, eachObject, type Found } from '../resource/objects.ts';
import { call, PATCH, pathTo, type Obj } from '../rest.ts';
import { containersOf, initContainersOf, podSpecOf, podSpecPlace, wrapPatch, type Container } from './podspec.ts';

/** What is to become of one container; null leaves it. */
type Change = (container: Container) => Obj | null;

/** Does the container change at all? A patch that sets what is there already is not sent. */
function differs(container: Container, change: Obj): boolean {
  return Object.entries(change).some(([key, value]) => key !== 'name' && (key === 'env' ? true : canonical((container as unknown as Obj)[key] ?? null) !== canonical(value ?? null)));
}

function* patchPods(cli: Cli, found: Found, spec: Json, operation: string): Coroutine<void> {
  const { resource, namespace, name, object } = found;
  const body = wrapPatch(podSpecPlace(object)!, spec);
  const result = dryRunOf(cli) === 'client' ? strategicMergePatch(object as JsonObject, body as JsonObject) : (yield* call(cli, {
    method: 'PATCH', path: pathTo(resource, namespace, name), contentType: PATCH.strategic, body, about: resource.name, name, query: writeQuery(cli, 'kubectl-set'),
  })) as Obj;
  yield* report(cli, resource, result, operation);
}

/** What is wrong with the rest of the line is said only when the objects are there. Throws CliError. */
function* foundBut(cli: Cli, resources: readonly string[], complaint: string): Coroutine<never> {
  yield* askedObjects(cli, resources);
  throw new CliError(complaint);
}

/** Applies a change to the containers of each object. */
function* changeContainers(cli: Cli, resources: readonly string[], change: Change, missing: (found: Found) => string | null, operation: string): Coroutine<number> {
  return yield* eachObject(yield* askedObjects(cli, resources), function* (found) {
    if (podSpecPlace(found.object) === null) throw new CliError(`the object is not a pod or does not have a pod template: ${kindName(found.resource)}`);
    const complaint = missing(found);
    if (complaint !== null) throw new CliError(complaint);
    const spec = podSpecOf(found.object);
    const patches = (list: readonly Container[]) => list.flatMap((container) => { const made = change(container); return made !== null && differs(container, made) ? [made] : []; });
    const [main, init] = [patches(containersOf(spec)), patches(initContainersOf(spec))];
    if (main.length === 0 && init.length === 0) return;
    yield* patchPods(cli, found, { ...(main.length === 0 ? {} : { containers: main }), ...(init.length === 0 ? {} : { initContainers: init }) }, operation);
  });
}

const allContainers = (found: Found) => { const spec = podSpecOf(found.object); return [...initContainersOf(spec), ...containersOf(spec)]; };

/** Does `*`, a name, or a list of glob-like names cover this one? */
const covers = (pattern: string, name: string) => pattern === '*' || pattern.split(',').some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name));

export function* setImage(cli: Cli): Coroutine<number> {
  const images = new Map<string, string>();
  const resources: string[] = [];
  for (const word of cli.args) {
    const eq = word.indexOf('=');
    if (eq > 0) images.set(word.slice(0, eq), word.slice(eq + 1));
    else resources.push(word);
  }
  if (images.size === 0) yield* foundBut(cli, resources, 'at least one image update is required');
  const imageFor = (name: string) => images.get(name) ?? images.get('*');
  return yield* changeContainers(cli, resources, (container) => (imageFor(container.name) === undefined ? null : { name: container.name, image: imageFor(container.name)! }), (found) => {
    const unknown = [...images.keys()].find((name) => name !== '*' && !allContainers(found).some((container) => container.name === name));
    return unknown === undefined ? null : `unable to find container named "${unknown}"`;
  }, 'image updated');
}

function* listEnv(cli: Cli, resources: readonly string[]): Coroutine<number> {
  const { objects } = yield* askedObjects(cli, resources);
  for (const found of objects) {
    for (const container of containersOf(podSpecOf(found.object))) {
      if (!covers(cli.flags.string('containers'), container.name)) continue;
      yield* print(`# ${found.resource.kind} ${found.name}, container ${container.name}\n`);
      for (const env of container.env ?? []) {
        const from = env.valueFrom as Obj | undefined;
        const source = from === undefined ? null : Object.entries(from)[0]!;
        yield* print(source === null ? `${String(env.name)}=${String(env.value ?? '')}\n` : `# ${String(env.name)} from ${source[0].replace(/(Key)?Ref$/, '').toLowerCase()} ${String((source[1] as Obj).name ?? (source[1] as Obj).fieldPath ?? '')}${(source[1] as Obj).key === undefined ? '' : `, key ${String((source[1] as Obj).key)}`}\n`);
      }
    }
  }
  return 0;
}

/** --from: a variable for each key of a ConfigMap or Secret. Throws CliError. */
function* imported(cli: Cli): Coroutine<readonly Obj[]> {
  const from = cli.flags.string('from');
  if (from === '') return [];
  const { objects, errors } = yield* askedObjects(cli, [from], { selector: '', files: [] });
  throwAll(errors);
  const wanted = cli.flags.list('keys');
  return objects.flatMap(({ resource, name, object }) => {
    const field = resource.kind === 'ConfigMap' ? 'configMapKeyRef' : resource.kind === 'Secret' ? 'secretKeyRef' : null;
    if (field === null) throw new CliError(`unsupported resource specified in --from`);
    const keys = Object.keys((object.data ?? {}) as Obj).filter((key) => wanted.length === 0 || wanted.includes(key)).sort();
    return keys.map((key) => ({ name: `${cli.flags.string('prefix')}${key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase()}`, valueFrom: { [field]: { key, name } } }));
  });
}

/** --overwrite=false: what is there already. */
function taken(containers: readonly Container[], changes: readonly Obj[]): string | null {
  const old = containers.flatMap(({ env }) => env ?? []).find((one) => one.value !== undefined && one.value !== '' && changes.some((change) => change.name === one.name && change.$patch === undefined));
  return old === undefined ? null : `'${String(old.name)}' already has a value (${String(old.value)}), and --overwrite is false`;
}

export function* setEnv(cli: Cli): Coroutine<number> {
  const words = [...cli.args, ...cli.flags.list('env')];
  const isEnv = (word: string) => /^[-._a-zA-Z][-._a-zA-Z0-9]*=/.test(word) || (word.endsWith('-') && !word.includes('/'));
  const resources = cli.args.filter((word) => !isEnv(word));
  if (resources.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (cli.flags.bool('list')) return yield* listEnv(cli, resources);
  const changes = [...words.filter(isEnv).map((word): Obj => (word.includes('=') ? { name: word.slice(0, word.indexOf('=')), value: word.slice(word.indexOf('=') + 1) } : { name: word.slice(0, -1), $patch: 'delete' })), ...(yield* imported(cli))];
  if (changes.length === 0) yield* foundBut(cli, resources, 'at least one environment variable must be provided');
  const pattern = cli.flags.string('containers');
  return yield* changeContainers(cli, resources, (container) => (covers(pattern, container.name) ? { name: container.name, env: changes } : null),
    (found) => {
      const containers = allContainers(found).filter((container) => covers(pattern, container.name));
      if (containers.length === 0) return `${kindName(found.resource)}/${found.name} does not have any containers matching "${pattern}"`;
      return cli.flags.bool('overwrite') ? null : taken(containers, changes);
    }, 'env updated');
}

export function* setResources(cli: Cli): Coroutine<number> {
  const [limits, requests] = [quantities(cli.flags.string('limits')), quantities(cli.flags.string('requests'))];
  if (Object.keys(limits).length === 0 && Object.keys(requests).length === 0) yield* foundBut(cli, cli.args, 'you must specify an update to requests or limits (in the form of --requests/--limits)');
  const pattern = cli.flags.string('containers');
  return yield* changeContainers(cli, cli.args, (container) => {
    if (!covers(pattern, container.name)) return null;
    const old = container.resources ?? {};
    const merged = (key: string, more: Record<string, string>) => { const all = { ...((old[key] ?? {}) as Obj), ...more }; return Object.keys(all).length === 0 ? {} : { [key]: all }; };
    return { name: container.name, resources: { ...old, ...merged('limits', limits), ...merged('requests', requests) } };
  }, (found) => (allContainers(found).some((container) => covers(pattern, container.name)) ? null : `unable to find container named ${pattern}`), 'resource requirements updated');
}

export function* setServiceAccount(cli: Cli): Coroutine<number> {
  const account = cli.args.at(-1);
  if (account === undefined) throw new CliError('serviceaccount is required');
  const { objects, errors } = yield* askedObjects(cli, cli.args.slice(0, -1));
  for (const found of objects) {
    if (podSpecPlace(found.object) === null) throw new CliError(`the object is not a pod or does not have a pod template: ${kindName(found.resource)}`);
    yield* patchPods(cli, found, { serviceAccountName: account }, 'serviceaccount updated');
  }
  throwAll(errors);
  return 0;
}
