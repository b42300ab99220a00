/**
 * kubectl debug: a copy of a pod with one more container, or a pod in a node's own namespaces; then the terminal joins it. Models
 * kubectl pkg/cmd/debug. Not modelled: ephemeral containers (this cluster's pods take none), --custom.
 */
import { random, write, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { nextChunk } from '../../../lib/http/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { builtIn } from '../create/submit.ts';
import { CliError, Exit } from '../errors.ts';
import type { Follow, Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';
import { observe, watchOf, type Watched } from '../observe/observe.ts';
import { attachTo, resumeText, type SessionEnd } from '../pods/attach.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects, type Found } from '../resource/objects.ts';
import { call, field, items, metaOf, openAnswer, pathTo, type Obj } from '../rest.ts';
import { asCopy, onNode, PROFILES } from './profile.ts';

/** The debugging container is to run before the terminal joins it. */
export interface DebugState extends Follow { readonly follow: 'debug'; readonly watched: Watched; readonly container: string }

const IMAGE = /^[\w.-]+(?::\d+)?(?:\/[\w.-]+)*(?::[\w.-]+)?(?:@[\w+.-]+:[0-9a-fA-F]+)?$/;
const PULLS = ['Always', 'IfNotPresent', 'Never', ''];
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** What stands before and after `--`. */
const parts = ({ args, dash }: Cli) => (dash < 0 ? { names: args, command: [] } : { names: args.slice(0, dash), command: args.slice(dash) });

/** What cannot be asked for together. Throws CliError. */
function check(cli: Cli): void {
  const { flags } = cli;
  const { names, command } = parts(cli);
  const [image, images, copy] = [flags.string('image'), flags.map('set-image'), flags.string('copy-to')];
  const setting = Object.keys(images).length > 0;
  if (!PROFILES.includes(flags.string('profile'))) throw new CliError(`unknown profile: ${flags.string('profile')}`);
  if (flags.bool('attach') && image === '' && flags.string('container') === '') throw new CliError('you must specify --container or create a new container using --image in order to attach.');
  if (copy !== '') {
    if (image === '' && !setting && command.length === 0) throw new CliError('you must specify --image, --set-image or command arguments.');
    if (command.length > 0 && flags.string('container') === '' && image === '') throw new CliError('you must specify an existing container or a new image when specifying args.');
  } else {
    for (const [name, given] of [['replace', flags.bool('replace')], ['same-node', flags.bool('same-node')], ['set-image', setting]] as const) if (given) throw new CliError(`--${name} may only be used with --copy-to.`);
    if (image === '') throw new CliError('you must specify --image when not using --copy-to.');
  }
  if (image !== '' && !IMAGE.test(image)) throw new CliError(`invalid image name ${JSON.stringify(image)}: invalid reference format`);
  if (names.length === 0 && filesOf(flags).length === 0) throw new CliError('NAME or filename is required for debug');
  if (!PULLS.includes(flags.string('image-pull-policy'))) throw new CliError(`invalid image pull policy: ${flags.string('image-pull-policy')}`);
  if (flags.string('target') !== '' && copy !== '') throw new CliError('--target is incompatible with --copy-to. Use --share-processes instead.');
  if (flags.bool('tty') && !flags.bool('stdin')) throw new CliError('-i/--stdin is required for containers with -t/--tty=true');
}

function* suffix(): Coroutine<string> {
  return (yield* random('kubectl/debug', 5)).map((one) => LETTERS[one % LETTERS.length]).join('');
}

/** The fields of the debugging container that flags decide; what is not given stays as it is. */
function asked(cli: Cli): Obj {
  const { flags } = cli;
  const { command } = parts(cli);
  const env = Object.entries(flags.map('env')).map(([name, value]) => ({ name, value }));
  return {
    ...(command.length === 0 ? {} : flags.bool('arguments-only') ? { args: command } : { command }), ...(env.length === 0 ? {} : { env }),
    ...(flags.string('image') === '' ? {} : { image: flags.string('image') }), ...(flags.string('image-pull-policy') === '' ? {} : { imagePullPolicy: flags.string('image-pull-policy') }),
    ...(flags.bool('stdin') ? { stdin: true } : {}), ...(flags.bool('tty') ? { tty: true } : {}),
  };
}

function* nodePod(cli: Cli, { name: node }: Found): Coroutine<{ readonly pod: Obj; readonly container: string }> {
  const container = cli.flags.string('container') || 'debugger';
  const name = `node-debugger-${node}-${yield* suffix()}`;
  if (!cli.flags.bool('quiet')) yield* print(`Creating debugging pod ${name} with container ${container} on node ${node}.\n`);
  const spec = {
    containers: [{ ...asked(cli), name: container, resources: {}, terminationMessagePolicy: 'File' }], nodeName: node, restartPolicy: 'Never', tolerations: [{ operator: 'Exists' }],
  };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { creationTimestamp: null, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' }, name }, spec: onNode(spec as Obj, container, cli.flags.string('profile')), status: {} };
  return { pod: pod as Obj, container };
}

function* copyOf(cli: Cli, { object }: Found): Coroutine<{ readonly pod: Obj; readonly container: string }> {
  const { flags } = cli;
  const { ephemeralContainers: _none, nodeName, ...spec } = field(object, 'spec');
  const images = flags.map('set-image');
  let containers = items(spec, 'containers').map((one) => ({ ...one, image: images[String(one.name)] ?? images['*'] ?? one.image }) as Obj);
  let container = flags.string('container');
  if (!containers.some(({ name }) => name === container)) {
    if (flags.string('image') === '') {
      if (Object.keys(images).length === 0) throw new CliError('you must specify image when creating new container');
    } else {
      if (container === '') {
        container = `debugger-${yield* suffix()}`;
        if (!flags.bool('quiet')) yield* print(`Defaulting debug container name to ${container}.\n`);
      }
      containers = [...containers, { name: container, resources: {}, terminationMessagePolicy: 'File' }];
    }
  }
  const { args, ...change } = asked(cli);
  // A new command does away with the old arguments.
  const changed = containers.map((one) => (one.name !== container ? one : { ...(change.command === undefined ? one : Object.fromEntries(Object.entries(one).filter(([key]) => key !== 'args'))), ...change, ...(args === undefined ? {} : { args }) }));
  const { annotations, labels, namespace } = metaOf(object);
  const pod = {
    apiVersion: 'v1', kind: 'Pod', metadata: { ...(annotations === undefined ? {} : { annotations }), creationTimestamp: null, ...(labels === undefined ? {} : { labels }), name: flags.string('copy-to'), ...(namespace === undefined ? {} : { namespace }) },
    spec: { ...spec, containers: changed, ...(flags.bool('same-node') && nodeName !== undefined ? { nodeName } : {}), ...(flags.changed('share-processes') ? { shareProcessNamespace: flags.bool('share-processes') } : {}) }, status: {},
  };
  // With images only there is no container of ours.
  return { pod: container === '' ? pod as unknown as Obj : asCopy(pod as unknown as Obj, container, flags.string('profile'), flags), container };
}

/** Runs the command. */
export function* debug(cli: Cli): Coroutine<Outcome> {
  const { flags } = cli;
  check(cli);
  if (flags.string('profile') === 'legacy') yield* eprint('--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n');
  const { objects, errors } = yield* askedObjects(cli, parts(cli).names, { defaultType: 'pods' });
  if (errors.length > 0) throw errors[0];
  const found = objects[0]!;
  const { kind } = found.resource;
  if (kind !== 'Node' && kind !== 'Pod') throw new CliError(`${JSON.stringify(`${found.resource.group === '' ? '' : `${found.resource.group}/`}${found.resource.version}, Kind=${kind}`)} not supported by debug`);
  if (kind === 'Pod' && flags.string('copy-to') === '') throw new Exit(1, 'kubectl debug: ephemeral containers are not available in this lab (--copy-to and node/NAME are)');
  const { pod, container } = yield* (kind === 'Node' ? nodePod : copyOf)(cli, found);
  const namespace = kind === 'Node' ? (yield* namespaceOf(cli)).namespace : found.namespace;
  const resource = builtIn('v1', 'Pod');
  const made = (yield* call(cli, { method: 'POST', path: pathTo(resource, namespace), body: pod as Json, about: 'pods', query: { fieldManager: 'kubectl-debug' } })) as Obj;
  if (flags.bool('replace')) yield* call(cli, { method: 'DELETE', path: pathTo(resource, found.namespace, found.name), body: { gracePeriodSeconds: 0 }, about: 'pods', name: found.name });
  const joins = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin');
  return joins && container !== '' ? { follow: 'debug', watched: yield* watchOf(resource, namespace, metaOf(made).name, 0), container } as DebugState : 0;
}

/** Waits for the container, then joins it; one that was quicker has only its log to show. */
export function* joinDebug(cli: Cli, state: DebugState): Coroutine<Outcome> {
  const sight = yield* observe(cli, state.watched);
  if (sight.type === 'absent' && state.watched.listed) throw new CliError(`pods ${JSON.stringify(state.watched.name)} not found`);
  if (sight.type !== 'present') return { ...state, watched: sight.watched } as DebugState;
  const pod = sight.object;
  const status = items(field(pod, 'status'), 'containerStatuses').find(({ name }) => name === state.container);
  const now = field(status, 'state');
  if (now.terminated !== undefined) {
    const answer = yield* openAnswer(cli, { path: pathTo(builtIn('v1', 'Pod'), state.watched.namespace, state.watched.name, 'log'), query: { container: state.container }, about: 'pods', name: state.watched.name });
    if (typeof answer === 'string') yield* write(1, answer);
    else for (let chunk = yield* nextChunk(answer); chunk !== null; chunk = yield* nextChunk(answer)) yield* write(1, 'text' in chunk ? chunk.text : String((chunk.json as { readonly data?: string }).data ?? ''));
    return 0;
  }
  if (now.running === undefined) return { ...state, watched: sight.watched } as DebugState;
  const text = cli.flags.bool('quiet') ? '' : resumeText(pod, state.container, cli.flags.bool('stdin') && cli.flags.bool('tty'));
  return yield* attachTo(cli, pod, state.container, { follow: 'session-end', text } as SessionEnd);
}
