/**
 * CoreDNS 1.10.1: answers for the cluster's services from its watches, forwards the rest.
 * Each client is served by a thread of its own, since an answer may have to be waited for.
 * Not modelled: caching, DNSSEC, zone files, reload of a changed Corefile.
 */
import { accept, attempt, checkpoint, close, exit, get, listen, now, poll, put, readFile, recv, send, sigaction, sleep, sockname, stamp, thread, view, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import type { EndpointSlice, Namespace, Service } from '../../api/types.ts';
import { serveFd, serveOn, servingFds, textResponse } from '../../lib/http/index.ts';
import type { HttpRequest, HttpResponse, Serving } from '../../lib/http/index.ts';
import { informerThreads, startInformer, waitForSync } from '../../lib/informer/index.ts';
import { inClusterConfig } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import type { DnsAnswer, DnsQuery } from '../../lib/net/index.ts';
import { parseCorefile } from './corefile.ts';
import type { Corefile } from './corefile.ts';
import { fingerprint } from './fingerprint.ts';
import { forward, upstreams } from './forward.ts';
import { askItself, watchLoop } from './loop.ts';
import { queryLine } from './querylog.ts';
import { lookup } from './zone.ts';

const CACHES = ['services', 'endpointslices', 'namespaces'] as const;
interface State { readonly conf: Corefile; readonly dns: readonly number[]; readonly http: Serving; readonly httpPorts: readonly number[]; readonly waitingAt: number }

/** What the threads of clients need; `servers` null: nothing is forwarded. */
interface Setup { readonly conf: Corefile; readonly servers: readonly string[] | null }

const say = (text: string): Coroutine<null> => write(1, `${text}\n`);

function* informers(): Coroutine<void> {
  const config = { ...(yield* inClusterConfig()), userAgent: 'coredns/1.10.1' };
  const spec = (name: string, group: string, type: string) => ({ name, ref: { group, resource: name }, config, type, reflector: 'pkg/mod/k8s.io/client-go@v0.26.3/tools/cache/reflector.go:169' });
  yield* startInformer(thread, spec('services', '', '*v1.Service'), spec('endpointslices', 'discovery.k8s.io', '*v1.EndpointSlice'), spec('namespaces', '', '*v1.Namespace'));
}

function* begin(argv: readonly string[]): Coroutine<State | number> {
  if (argv.includes('-version')) return yield* version();
  const path = argv.includes('-conf') ? argv[argv.indexOf('-conf') + 1] ?? 'Corefile' : 'Corefile';
  const text = yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR');
  if (typeof text !== 'string') {
    yield* write(2, `open ${path}: ${goErrno(text.errno)}\n`);
    return 1;
  }
  const conf = parseCorefile(text, path);
  if ('error' in conf) {
    yield* write(2, `${conf.error}\n`);
    return 1;
  }
  let plugin = 'kubernetes';
  try {
    if (conf.zone !== '') yield* informers();
    plugin = 'forward';
    yield* put('coredns', 'setup', { conf, servers: conf.forward === null ? null : yield* upstreams(conf.forward) } satisfies Setup);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* write(2, `plugin/${plugin}: ${caught.message}\n`);
    return 1;
  }
  if (conf.zone !== '') {
    if (!(yield* waitForSync(CACHES, 5_000_000))) yield* say('[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API');
  }
  return yield* listenAll(conf, text);
}

function* version(): Coroutine<number> {
  yield* say('CoreDNS-1.10.1\nlinux/amd64, go1.20, 055b2c3');
  return 0;
}

function* listenAll(conf: Corefile, text: string): Coroutine<State | number> {
  const ports = [...(conf.health ? [8080] : []), ...(conf.ready ? [8181] : []), ...(conf.prometheus ? [9153] : [])];
  try {
    const dns = [yield* listen({ net: 'udp', host: '0.0.0.0', port: conf.port }), yield* listen({ net: 'tcp', host: '0.0.0.0', port: conf.port })];
    const http = yield* serveOn(ports.map((port) => ({ host: '0.0.0.0', port })));
    yield* say(`.:${conf.port}`);
    yield* say(`[INFO] plugin/reload: Running configuration SHA512 = ${fingerprint(text)}`);
    yield* version();
    for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
    if (conf.loop) yield* thread('loop', { port: conf.port });
    return { conf, dns, http, httpPorts: ports, waitingAt: yield* now() };
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    yield* write(2, `Listen: listen tcp :${conf.port}: bind: ${goErrno(errno)}\n`);
    return 1;
  }
}

function* answer({ conf, servers }: Setup, query: DnsQuery): Coroutine<DnsAnswer> {
  const base = { dns: 'answer', id: query.id, name: query.name, type: query.type, authoritative: true } as const;
  const [services, slices, namespaces] = [yield* view<Service>('cache/services'), yield* view<EndpointSlice>('cache/endpointslices'), yield* view<Namespace>('cache/namespaces')];
  const found = conf.zone === '' ? 'elsewhere' : lookup({ services: [...services.values()], slices: [...slices.values()], namespaces: new Set(namespaces.keys()), zone: conf.zone, ttl: conf.ttl }, query.name, query.type);
  if (found === 'elsewhere') return servers !== null ? yield* forward(query, servers) : { ...base, rcode: 'REFUSED', records: [] };
  return { ...base, rcode: found === null ? 'NXDOMAIN' : 'NOERROR', records: found ?? [] };
}

/** Takes one query from a client; false when it is gone. */
function* serveQuery(setup: Setup, fd: number): Coroutine<boolean> {
  const { conf } = setup;
  try {
    const query = (yield* recv(fd)) as unknown as DnsQuery | null;
    if (query === null) return false;
    const { peer } = yield* sockname(fd);
    const known = peer !== null && peer.net !== 'unix';
    if (conf.loop && known) yield* watchLoop(query, peer);
    const asked = yield* stamp();
    const reply = yield* answer(setup, query);
    if (conf.log && known) yield* say(queryLine(peer, query, reply, conf.zone, (yield* stamp()) - asked));
    yield* send(fd, reply as unknown as Json);
    return true;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return false;
  }
}

/** The thread of one client. */
function* serveClient(arg: Json): Coroutine<void> {
  const { fd } = arg as { fd: number };
  for (;;) {
    yield* checkpoint(null);
    if (!(yield* serveQuery((yield* get<Setup>('coredns', 'setup'))!, fd))) break;
  }
  yield* close(fd);
}

function* healthAnswer(port: number | undefined, request: HttpRequest): Coroutine<HttpResponse> {
  if (port === 8080) return textResponse(200, 'OK');
  if (port === 8181) {
    const synced = yield* view('informer/synced');
    if (CACHES.every((name) => synced.has(name))) return textResponse(200, 'OK');
    yield* say('[INFO] plugin/ready: Still waiting on: "kubernetes"');
    return textResponse(503, 'kubernetes');
  }
  return request.path === '/metrics' ? textResponse(200, '# HELP coredns_build_info A metric with a constant \'1\' value labeled by version, revision, and goversion from which CoreDNS was built.\n# TYPE coredns_build_info gauge\ncoredns_build_info{goversion="go1.20",revision="055b2c3",version="1.10.1"} 1\n') : textResponse(404, '404 page not found\n');
}

function* stop({ conf }: State): Coroutine<never> {
  yield* say('[INFO] SIGTERM: Shutting down servers then terminating');
  if (conf.lameduckSeconds > 0) {
    yield* say(`[INFO] plugin/health: Going into lameduck mode for ${conf.lameduckSeconds}s`);
    yield* attempt(sleep(conf.lameduckSeconds * 1_000_000), 'EINTR');
  }
  return yield* exit(0);
}

function* step(state: State, fd: number): Coroutine<State> {
  if (!state.dns.includes(fd)) return { ...state, http: yield* serveFd(state.http, fd, (request, which) => healthAnswer(state.httpPorts[which], request)) };
  yield* thread('client', { fd: (yield* accept(fd)).fd });
  return state;
}

function* main(argv: readonly string[], saved?: Json): Coroutine<number> {
  let state = (saved as unknown as State | undefined) ?? (yield* begin(argv));
  if (typeof state === 'number') return state;
  for (;;) {
    yield* checkpoint(state);
    const here: State = state;
    const { fds, signal } = yield* poll({ fds: [...here.dns, ...servingFds(here.http)], signals: true });
    if (signal !== null) return yield* stop(here);
    if (fds.length > 0) state = yield* step(here, fds[0]!);
  }
}

export const program: Program = { name: 'coredns', main, threads: { ...informerThreads, client: serveClient, loop: askItself } };
