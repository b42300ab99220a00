/**
 * containerd with its CRI service: serves the kubelet and crictl on /run/containerd/containerd.sock.
 * Containers belong to shims and live on when containerd ends; what it knows of them is in a document.
 * Not modelled: ctr, namespaces other than k8s.io, snapshot and content stores, metrics, NRI.
 */
import { accept, attempt, checkpoint, listen, now, poll, put, sigaction, sleep, stamp, thread, unlink, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { logrus } from '../../lib/cri/index.ts';
import { sdNotify } from '../../lib/systemd/index.ts';
import { dirs, loadConfig } from './common.ts';
import { conn, VERSION } from './serve.ts';
import { monitor } from './shims.ts';
import { load } from './store.ts';

const SOCKET = '/run/containerd/containerd.sock';
/** µs for each plugin. */
const LOADING_US = 500;
const PLUGINS = [
  'snapshotter.v1.aufs', 'snapshotter.v1.overlayfs', 'content.v1.content', 'metadata.v1.bolt', 'differ.v1.walking', 'event.v1.exchange', 'gc.v1.scheduler', 'lease.v1.manager', 'nri.v1.nri',
  'runtime.v2.task', 'runtime.v2.shim', 'sandbox.store.v1.local', 'sandbox.controller.v1.local', 'service.v1.containers-service', 'service.v1.content-service', 'service.v1.diff-service',
  'service.v1.images-service', 'service.v1.introspection-service', 'service.v1.namespaces-service', 'service.v1.snapshots-service', 'service.v1.tasks-service', 'grpc.v1.containers',
  'grpc.v1.content', 'grpc.v1.diff', 'grpc.v1.events', 'grpc.v1.healthcheck', 'grpc.v1.images', 'grpc.v1.introspection', 'grpc.v1.leases', 'grpc.v1.namespaces', 'grpc.v1.sandboxes',
  'grpc.v1.snapshots', 'streaming.v1.manager', 'grpc.v1.streaming', 'grpc.v1.tasks', 'transfer.v1.transfer', 'grpc.v1.transfer', 'grpc.v1.version', 'monitor.v1.cgroups', 'tracing.processor.v1.otlp',
  'internal.v1.tracing', 'internal.v1.opt', 'internal.v1.restart', 'grpc.v1.cri',
];

function* boot(): Coroutine<number> {
  const began = yield* now();
  for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
  yield* sigaction('PIPE', 'ignore');
  yield* loadConfig();
  yield* logrus('info', 'starting containerd', { revision: VERSION.replace('~ds1', '~ds1-6+b2'), version: VERSION });
  for (const name of PLUGINS) {
    const type = `io.containerd.${name.replace(/\.[^.]*$/, '')}`;
    yield* logrus('info', `loading plugin "io.containerd.${name}"...`, { type });
    yield* sleep(LOADING_US);
  }
  for (const path of ['/run/containerd', '/var/lib/containerd/io.containerd.metadata.v1.bolt', '/var/lib/containerd/io.containerd.grpc.v1.cri']) yield* dirs(path, 0o711);
  yield* put('server', 'startedAt', yield* now());
  const { sandboxes } = yield* load();
  for (const line of ['Start subscribing containerd event', 'Start recovering state', 'Start event monitor', 'Start snapshots syncer', 'Start cni network conf syncer for default', 'Start streaming server']) yield* logrus('info', line);
  for (const { id, ready } of sandboxes) if (ready) yield* thread('monitor', id);
  yield* attempt(unlink(SOCKET), 'ENOENT');
  const listener = yield* listen({ net: 'unix', path: SOCKET });
  for (const address of [`${SOCKET}.ttrpc`, SOCKET]) yield* logrus('info', 'serving...', { address });
  yield* logrus('info', `containerd successfully booted in ${(((yield* stamp()) - began) / 1e6).toFixed(6)}s`);
  yield* sdNotify('READY=1');
  return listener;
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (argv[1] === '--version' || argv[1] === '-v') {
    yield* write(1, `containerd github.com/containerd/containerd ${VERSION} ${VERSION}-6+b2\n`);
    return 0;
  }
  const listener = saved as number | undefined ?? (yield* boot());
  for (;;) {
    yield* checkpoint(listener);
    const { fds, signal } = yield* poll({ fds: [listener], signals: true });
    if (signal === 'TERM' || signal === 'INT') {
      yield* logrus('info', 'Stop CRI service');
      // Closing a listener takes its socket away; only one that was killed leaves it behind.
      yield* attempt(unlink(SOCKET), 'ENOENT');
      return 0;
    }
    if (fds.length > 0) yield* thread('conn', (yield* accept(listener)).fd);
  }
}

export const program: Program = { name: 'containerd', main, threads: { conn, monitor } };
