/** One client's connection: requests in, responses or gRPC errors out, one after the other. */
import { checkpoint, close, get, recv, send, view } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { CriError } from '../../lib/cri/index.ts';
import type { AttachRequest, CriMethod, CriMethods, ExecRequest, IdFilter, PortForwardRequest, Relist, RuntimeCondition } from '../../lib/cri/index.ts';
import { splice } from '../../lib/net/index.ts';
import { cniNetwork } from './cni.ts';
import { readConfig } from './common.ts';
import { createContainer, removeContainer, startContainer, stopContainer } from './containers.ts';
import { attachStream, execStream, execSync, relay } from './exec.ts';
import { findImage, listImages, pullImage, removeImage } from './images.ts';
import { portForward } from './portforward.ts';
import { containerOf, containerStatusOf, imageOf, matches, sandboxOf, sandboxStatusOf } from './records.ts';
import type { ContainerRecord, SandboxRecord } from './records.ts';
import { removePodSandbox, runPodSandbox, stopPodSandbox } from './sandboxes.ts';
import { container, sandbox } from './store.ts';

/** Upstream's version, as the distribution's package spells it. */
export const VERSION = '1.7.24~ds1';

function* status(): Coroutine<CriMethods['Status'][1]> {
  const network = yield* cniNetwork();
  const conditions: RuntimeCondition[] = [
    { type: 'RuntimeReady', status: true, reason: '', message: '' },
    network === null ? { type: 'NetworkReady', status: false, reason: 'NetworkPluginNotReady', message: 'Network plugin returns error: cni plugin not initialized' }
      : { type: 'NetworkReady', status: true, reason: '', message: '' },
  ];
  const { sandboxImage, systemdCgroup } = yield* readConfig();
  return { conditions, info: { network: network as unknown as Json, sandboxImage, systemdCgroup } };
}

function* relist(since: string): Coroutine<Relist> {
  const sandboxes = yield* view<SandboxRecord>('sandboxes');
  const containers = yield* view<ContainerRecord>('containers');
  const born = yield* get<number>('server', 'startedAt');
  const generation = `${born}.${sandboxes.version}.${containers.version}`;
  if (generation === since) return { generation, sandboxes: null, containers: null };
  return { generation, sandboxes: [...sandboxes.values()].map((it) => ({ ...sandboxOf(it), ip: it.ip })), containers: [...containers.values()].map(containerStatusOf) };
}

function* listPodSandbox(filter: IdFilter): Coroutine<CriMethods['ListPodSandbox'][1]> {
  return [...(yield* view<SandboxRecord>('sandboxes')).values()].map(sandboxOf).filter((it) => matches(filter, it));
}
function* listContainers(filter: IdFilter): Coroutine<CriMethods['ListContainers'][1]> {
  return [...(yield* view<ContainerRecord>('containers')).values()].map(containerOf).filter((it) => matches(filter, it));
}

type Handlers = { readonly [M in CriMethod]: (request: CriMethods[M][0]) => Coroutine<CriMethods[M][1]> };
const HANDLERS: Handlers = {
  Version: function* () { return { version: '0.1.0', runtimeName: 'containerd', runtimeVersion: VERSION, runtimeApiVersion: 'v1' }; },
  Status: status,
  RuntimeConfig: function* () { throw new CriError('Unimplemented', 'method RuntimeConfig not implemented'); },
  RunPodSandbox: ({ config }) => runPodSandbox(config),
  StopPodSandbox: stopPodSandbox,
  RemovePodSandbox: removePodSandbox,
  PodSandboxStatus: function* (id) { return sandboxStatusOf(yield* sandbox(id)); },
  ListPodSandbox: listPodSandbox,
  CreateContainer: ({ podSandboxId, config, sandboxConfig }) => createContainer(podSandboxId, config, sandboxConfig),
  StartContainer: startContainer,
  StopContainer: ({ id, timeout }) => stopContainer(id, timeout),
  RemoveContainer: removeContainer,
  ListContainers: listContainers,
  ContainerStatus: function* (id) { return containerStatusOf(yield* container(id)); },
  Relist: ({ since }) => relist(since),
  PullImage: pullImage,
  ListImages: listImages,
  ImageStatus: function* (name) {
    const found = yield* findImage(name);
    return found === undefined ? null : imageOf(found);
  },
  RemoveImage: removeImage,
  ExecSync: ({ id, cmd, timeout }) => execSync(id, cmd, timeout),
  ReopenContainerLog: function* (id) {
    yield* container(id);
    return null;
  },
};

/** Runs one request. `null` for a method this service does not have. */
function* answer(method: string, request: Json): Coroutine<Json> {
  try {
    if ((yield* readConfig()).criDisabled) throw new CriError('Unimplemented', 'unknown service runtime.v1.RuntimeService');
    const handler = HANDLERS[method as CriMethod] as ((request: unknown) => Coroutine<unknown>) | undefined;
    if (handler === undefined) throw new CriError('Unimplemented', `method ${method} not implemented`);
    return { response: (yield* handler(request)) as Json };
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    return { error: { code: caught.code, desc: caught.desc } };
  }
}

function* reply(fd: number, frame: Json): Coroutine<boolean> {
  try {
    yield* send(fd, frame);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** Joins the client to a port of a pod; false when it goes on asking. */
function* joinPort(fd: number, request: Json): Coroutine<boolean> {
  try {
    const far = yield* portForward(request as unknown as PortForwardRequest);
    yield* reply(fd, { ready: true });
    yield* joined(fd, far);
    return true;
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* reply(fd, { error: { code: caught.code, desc: caught.desc } });
    return false;
  }
}

function* joined(near: number, far: number): Coroutine<void> {
  do yield* checkpoint({ near, far }); while (yield* splice(near, far));
  yield* close(far);
  yield* close(near);
}

type Saved = { readonly client: number; readonly shim: number } | { readonly near: number; readonly far: number } | undefined;

/** Thread `conn`: `arg` is the accepted descriptor. */
export function* conn(arg: Json, saved?: Json): Coroutine<void> {
  const fd = arg as number;
  const streaming = saved as Saved;
  if (streaming !== undefined && streaming !== null) return 'near' in streaming ? yield* joined(streaming.near, streaming.far) : yield* relay(streaming.client, streaming.shim);
  for (;;) {
    yield* checkpoint(undefined);
    let frame: { readonly method: string; readonly request: Json } | null;
    try {
      frame = (yield* recv(fd)) as { method: string; request: Json } | null;
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      frame = null;
    }
    if (frame === null) return void (yield* close(fd));
    if (frame.method === 'PortForward') {
      if (yield* joinPort(fd, frame.request)) return;
      continue;
    }
    if (frame.method === 'Exec' || frame.method === 'Attach') {
      try {
        const shim = yield* frame.method === 'Exec' ? execStream(frame.request as unknown as ExecRequest) : attachStream(frame.request as unknown as AttachRequest);
        return yield* relay(fd, shim);
      } catch (caught) {
        if (!(caught instanceof CriError)) throw caught;
        yield* reply(fd, { error: { code: caught.code, desc: caught.desc } });
        continue;
      }
    }
    if (!(yield* reply(fd, yield* answer(frame.method, frame.request)))) return void (yield* close(fd));
  }
}
