/** Commands that change something, and the small ones: stop, rm, stopp, rmp, pull, rmi, version, info, inspect. */
import type { Coroutine } from '../../kernel/sys.ts';
import type { Json } from '../../base/json.ts';
import { CriError, logrusText } from '../../lib/cri/index.ts';
import { ask, Fatal, print } from './context.ts';
import type { Context } from './context.ts';
import { containerStatusJson, imageJson, render, sandboxStatusJson } from './json.ts';
import type { Parsed } from './options.ts';

function need(flags: Parsed): readonly string[] {
  if (flags.args.length === 0) throw new Fatal('ID cannot be empty');
  return flags.args;
}

/** Does `act` for each id; goes on after a failure, which is reported at the end. */
function* each(context: Context, ids: readonly string[], act: (id: string) => Coroutine<void>): Coroutine<number> {
  const problems: string[] = [];
  for (const id of ids) {
    try {
      yield* act(id);
    } catch (caught) {
      if (!(caught instanceof Fatal) && !(caught instanceof CriError)) throw caught;
      problems.push(caught.message);
    }
  }
  if (problems.length === 0) return 0;
  for (const problem of problems) yield* logrusText(context.terminal, 'error', problem);
  throw new Fatal(problems.length === 1 ? problems[0]! : `unable to process ${problems.length} ids`);
}

/** Stops or removes each; a failure ends crictl at once. */
function* every(ids: readonly string[], act: (id: string) => Coroutine<void>): Coroutine<number> {
  for (const id of ids) yield* act(id);
  return 0;
}

export function* stop(context: Context, flags: Parsed): Coroutine<number> {
  return yield* every(need(flags), function* (id) {
    yield* ask(context, 'StopContainer', { id: (yield* ask(context, 'ContainerStatus', id, `stopping the container "${id}"`)).id, timeout: Number(flags.values['timeout'] ?? 0) }, `stopping the container "${id}"`);
    yield* print(`${id}\n`);
  });
}

export function* rm(context: Context, flags: Parsed): Coroutine<number> {
  const ids = flags.switches.has('all') ? (yield* ask(context, 'ListContainers', {})).map((it) => it.id) : need(flags);
  return yield* each(context, ids, function* (id) {
    const status = yield* ask(context, 'ContainerStatus', id, `getting the status of the container "${id}"`);
    if (status.state === 'CONTAINER_RUNNING') {
      if (!flags.switches.has('force')) throw new Fatal(`container "${id}" is running, please stop it first`);
      yield* ask(context, 'StopContainer', { id: status.id, timeout: 0 });
    }
    yield* ask(context, 'RemoveContainer', status.id, `removing the container "${id}"`);
    yield* print(`${id}\n`);
  });
}

export function* stopp(context: Context, flags: Parsed): Coroutine<number> {
  return yield* every(need(flags), function* (id) {
    yield* ask(context, 'StopPodSandbox', (yield* ask(context, 'PodSandboxStatus', id, `stopping the pod sandbox "${id}"`)).id);
    yield* print(`Stopped sandbox ${id}\n`);
  });
}

export function* rmp(context: Context, flags: Parsed): Coroutine<number> {
  const ids = flags.switches.has('all') ? (yield* ask(context, 'ListPodSandbox', {})).map((it) => it.id) : need(flags);
  return yield* each(context, ids, function* (id) {
    const status = yield* ask(context, 'PodSandboxStatus', id, `getting sandbox status of pod "${id}"`);
    if (status.state === 'SANDBOX_READY') {
      if (!flags.switches.has('force')) throw new Fatal(`pod sandbox "${id}" is running, please stop it first`);
      yield* ask(context, 'StopPodSandbox', status.id);
    }
    yield* ask(context, 'RemovePodSandbox', status.id, `removing the pod sandbox "${id}"`);
    yield* print(`Removed sandbox ${id}\n`);
  });
}

export function* pull(context: Context, flags: Parsed): Coroutine<number> {
  const [name] = flags.args;
  if (name === undefined) throw new Fatal('Image name cannot be empty');
  const id = yield* ask(context, 'PullImage', name, 'pulling image');
  yield* print(`Image is up to date for ${id}\n`);
  return 0;
}

export function* rmi(context: Context, flags: Parsed): Coroutine<number> {
  const all = flags.switches.has('all') || flags.switches.has('prune') ? yield* ask(context, 'ListImages', null) : [];
  const used = flags.switches.has('prune') ? new Set((yield* ask(context, 'ListContainers', {})).map((it) => it.imageRef)) : new Set<string>();
  const names = all.length > 0 ? all.filter((it) => !used.has(it.id) && !it.pinned).map((it) => it.id) : flags.args;
  if (names.length === 0 && !flags.switches.has('prune')) throw new Fatal('Image name cannot be empty');
  return yield* each(context, names, function* (name) {
    const image = yield* ask(context, 'ImageStatus', name);
    if (image === null) throw new Fatal(`no such image ${name}`);
    yield* ask(context, 'RemoveImage', image.id, `error of removing image "${name}"`);
    yield* print(image.repoTags.length > 0 ? image.repoTags.map((tag) => `Deleted: ${tag}\n`).join('') : `Deleted: ${image.id}\n`);
  });
}

export function* version(context: Context): Coroutine<number> {
  const it = yield* ask(context, 'Version', null);
  yield* print(`Version:  ${it.version}\nRuntimeName:  ${it.runtimeName}\nRuntimeVersion:  ${it.runtimeVersion}\nRuntimeApiVersion:  ${it.runtimeApiVersion}\n`);
  return 0;
}

interface NetworkInfo { readonly name: string; readonly cniVersion: string; readonly source: string; readonly plugins: readonly { readonly type: string; readonly ipam?: { readonly type?: string } }[] }

function cniJson(network: NetworkInfo | null): Json {
  const loopback = { Config: { CNIVersion: '0.3.1', Name: 'cni-loopback', Plugins: [{ Network: { dns: {}, ipam: {}, type: 'loopback' }, Source: '{"type":"loopback"}' }], Source: '{\n"cniVersion": "0.3.1",\n"name": "cni-loopback",\n"plugins": [{\n  "type": "loopback"\n}]\n}' }, IFName: 'lo' };
  const own = network === null ? [] : [{ Config: { CNIVersion: network.cniVersion, Name: network.name, Plugins: network.plugins.map((it) => ({ Network: { dns: {}, ipam: it.ipam?.type === undefined ? {} : { type: it.ipam.type }, type: it.type }, Source: JSON.stringify(it) })), Source: network.source }, IFName: 'eth0' }];
  return { Networks: [loopback, ...own], PluginConfDir: '/etc/cni/net.d', PluginDirs: ['/opt/cni/bin'], PluginMaxConfNum: 1, Prefix: 'eth' };
}

export function* info(context: Context, flags: Parsed): Coroutine<number> {
  const { conditions, info: details } = yield* ask(context, 'Status', { verbose: true }, 'getting status of runtime');
  const { network, sandboxImage, systemdCgroup } = details as unknown as { network: NetworkInfo | null; sandboxImage: string; systemdCgroup: boolean };
  return yield* render(flags.values['output'] ?? 'json', {
    cniconfig: cniJson(network),
    config: { cni: { binDir: '/opt/cni/bin', confDir: '/etc/cni/net.d', confTemplate: '', ipPref: '', maxConfNum: 1, netnsMountsUnderStateDir: false, setupSerially: false },
      containerd: { defaultRuntimeName: 'runc', runtimes: { runc: { options: { SystemdCgroup: systemdCgroup }, runtimeType: 'io.containerd.runc.v2', snapshotter: '' } }, snapshotter: 'overlayfs' },
      containerdEndpoint: '/run/containerd/containerd.sock', containerdRootDir: '/var/lib/containerd', rootDir: '/var/lib/containerd/io.containerd.grpc.v1.cri', sandboxImage, stateDir: '/run/containerd/io.containerd.grpc.v1.cri' },
    golang: 'go1.22.12', lastCNILoadStatus: network === null ? 'cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config' : 'OK',
    'lastCNILoadStatus.default': network === null ? 'cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized: failed to load cni config' : 'OK',
    status: { conditions: conditions.map(({ message, reason, status, type }) => ({ message, reason, status, type })) },
  });
}

/** What to inspect: the ids given, or all there are, the newest first. */
function* inspected(context: Context, flags: Parsed, kind: 'container' | 'sandbox' | 'image'): Coroutine<readonly string[]> {
  if (flags.args.length > 0) return flags.args;
  if (kind === 'image') return (yield* ask(context, 'ListImages', null)).map(({ id }) => id);
  const all = kind === 'container' ? yield* ask(context, 'ListContainers', {}) : yield* ask(context, 'ListPodSandbox', {});
  return [...all].sort((a, b) => b.createdAt - a.createdAt).map(({ id }) => id);
}

/** inspect, inspectp and inspecti: one object, or a list of several. */
export function* inspect(context: Context, flags: Parsed, kind: 'container' | 'sandbox' | 'image'): Coroutine<number> {
  const shown: Json[] = [];
  for (const id of yield* inspected(context, flags, kind)) {
    if (kind === 'container') shown.push(containerStatusJson(yield* ask(context, 'ContainerStatus', id, `getting the status of the container "${id}"`)));
    else if (kind === 'sandbox') shown.push(sandboxStatusJson(yield* ask(context, 'PodSandboxStatus', id, `getting the status of the pod "${id}"`)));
    else {
      const image = yield* ask(context, 'ImageStatus', id);
      if (image === null) throw new Fatal(`no such image "${id}" present`);
      shown.push({ status: imageJson(image) });
    }
  }
  const format = flags.values['output'] ?? 'json';
  return yield* render(format === 'go-template' || format === 'table' ? 'unavailable' : format, flags.args.length === 1 ? shown[0]! : shown);
}
