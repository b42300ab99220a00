/**
 * Cluster IPs and node ports: handed out when a Service is written, given back when it goes. An IP is taken by creating its
 * IPAddress object, which only one can. Models pkg/registry/core/service. Not modelled: IPv6, several ServiceCIDRs.
 */
import { random, type Coroutine } from '../../kernel/sys.ts';
import { klogInfo, raw } from '../klog/index.ts';
import { meta, newUid, text, timestamp, type Ctx } from './context.ts';
import { flag } from './route.ts';
import { invalid } from './status.ts';
import type { Obj } from './store.ts';

interface Port { readonly port: number; readonly nodePort?: number; readonly protocol?: string; readonly name?: string }
interface Spec { readonly type?: string; readonly clusterIP?: string; readonly clusterIPs?: readonly string[]; readonly ports?: readonly Port[]; readonly ipFamilies?: readonly string[]; readonly ipFamilyPolicy?: string }
const specOf = (object: Obj): Spec => (object.spec ?? {}) as Spec;

const toNumber = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const toIp = (n: number): string => [24, 16, 8, 0].map((shift) => (n >>> shift) & 255).join('.');
/** First address and number of addresses of a CIDR. */
export function rangeOf(cidr: string): { readonly base: number; readonly size: number } {
  const [ip = '0.0.0.0', bits = '32'] = cidr.split('/');
  const size = blockSize(Number(bits));
  return { base: Math.floor(toNumber(ip) / size) * size, size };
}
const blockSize = (bits: number): number => { let size = 1; for (let i = bits; i < 32; i++) size *= 2; return size; };
/** The first usable address: the kubernetes service's. */
export const firstIp = (cidr: string): string => toIp(rangeOf(cidr).base + 1);

function* take(ctx: Ctx, service: Obj, ip: string): Coroutine<boolean> {
  const { name, namespace } = meta(service);
  const made = yield* ctx.store.create(`/registry/ipaddresses/${ip}`, {
    apiVersion: 'networking.k8s.io/v1', kind: 'IPAddress',
    metadata: { name: ip, uid: yield* newUid(), creationTimestamp: timestamp(ctx.at), labels: { 'ipaddress.kubernetes.io/ip-family': 'IPv4', 'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io' } },
    spec: { parentRef: { name, namespace, resource: 'services' } },
  });
  return made !== null;
}

const refuse = (ctx: Ctx, service: Obj, field: string, message: string) => invalid(ctx.resource, meta(service).name ?? '', [{ field, message }]);

function* clusterIp(ctx: Ctx, service: Obj): Coroutine<string> {
  const wanted = specOf(service).clusterIP ?? specOf(service).clusterIPs?.[0] ?? '';
  const { base, size } = rangeOf(ctx.options.serviceCidr);
  if (wanted !== '') {
    const bad = (why: string) => refuse(ctx, service, 'spec.clusterIPs', `Invalid value: []string{${JSON.stringify(wanted)}}: failed to allocate IP ${wanted}: ${why}`);
    const n = toNumber(wanted);
    if (n <= base || n >= base + size - 1) throw bad('the provided network does not match the current range');
    if (!flag(ctx.route.query, 'dryRun') && !(yield* take(ctx, service, wanted))) throw bad('provided IP is already allocated');
    return wanted;
  }
  // The low addresses are kept for those who ask for one by name.
  const reserved = Math.min(Math.max(16, Math.floor(size / 16)), 256);
  for (let n = 0; n < 64; n++) {
    const [word = 0] = yield* random('apiserver/clusterip');
    const ip = toIp(base + reserved + (word % (size - reserved - 1)));
    if (flag(ctx.route.query, 'dryRun') || (yield* take(ctx, service, ip))) return ip;
  }
  throw refuse(ctx, service, 'spec.clusterIPs', 'Internal error: failed to allocate a serviceIP: range is full');
}

function* usedPorts(ctx: Ctx, except: Obj): Coroutine<Set<number>> {
  const used = new Set<number>();
  for (const { object } of (yield* ctx.store.list('/registry/services/specs/')).items) {
    if (meta(object).uid === meta(except).uid) continue;
    for (const { nodePort = 0 } of specOf(object).ports ?? []) used.add(nodePort);
  }
  return used;
}

function* nodePorts(ctx: Ctx, service: Obj): Coroutine<readonly Port[]> {
  const used = yield* usedPorts(ctx, service);
  const [low, high] = ctx.options.nodePortRange;
  const size = high - low + 1;
  const reserved = Math.min(Math.max(16, Math.floor(size / 32)), 128);
  const ports: Port[] = [];
  for (const [i, port] of (specOf(service).ports ?? []).entries()) {
    let { nodePort = 0 } = port;
    const same = ports.find((other) => other.port === port.port && other.protocol !== port.protocol);
    if (nodePort === 0) {
      if (same?.nodePort !== undefined) nodePort = same.nodePort;
      for (let n = 0; nodePort === 0 && n < 4096; n++) {
        const [word = 0] = yield* random('apiserver/nodeport');
        const tried = low + reserved + (word % (size - reserved));
        if (!used.has(tried)) nodePort = tried;
      }
    } else if (nodePort < low || nodePort > high) {
      throw refuse(ctx, service, `spec.ports[${i}].nodePort`, `Invalid value: ${nodePort}: provided port is not in the valid range. The range of valid ports is ${low}-${high}`);
    } else if (used.has(nodePort) && same?.nodePort !== nodePort) {
      throw refuse(ctx, service, `spec.ports[${i}].nodePort`, `Invalid value: ${nodePort}: provided port is already allocated`);
    }
    used.add(nodePort);
    ports.push({ ...port, nodePort });
  }
  return ports;
}

const families = { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };

/** Fills in what the server allocates for a Service; other kinds pass unchanged. */
export function* allocate(ctx: Ctx, next: Obj, old: Obj | null): Coroutine<Obj> {
  if (ctx.resource.name !== 'services' || ctx.resource.group !== '') return next;
  const spec = specOf(next);
  const { type = 'ClusterIP' } = spec;
  const before = old === null ? {} : specOf(old);
  if (type === 'ExternalName') return next;
  let filled: Spec = { ...families, ...spec };
  const kept = (spec.clusterIP ?? '') === '' || spec.clusterIP === before.clusterIP ? before.clusterIP ?? '' : '';
  if (spec.clusterIP === 'None') filled = { ...filled, clusterIPs: ['None'] };
  else if (kept !== '') filled = { ...filled, clusterIP: kept, clusterIPs: before.clusterIPs ?? [kept] };
  else {
    const ip = yield* clusterIp(ctx, next);
    filled = { ...filled, clusterIP: ip, clusterIPs: [ip] };
  }
  if (type !== 'NodePort' && type !== 'LoadBalancer') return { ...next, spec: filled };
  const held: Spec = { ...filled, ports: (filled.ports ?? []).map((port) => (port.nodePort === undefined || port.nodePort === 0 ? { ...port, nodePort: (before.ports ?? []).find((one) => one.port === port.port && one.protocol === port.protocol)?.nodePort ?? 0 } : port)) };
  return { ...next, spec: { ...filled, ports: yield* nodePorts(ctx, { ...next, spec: held }) } };
}

/** Says what was given, as the server's log does. */
export function* afterCreate(ctx: Ctx, object: Obj): Coroutine<void> {
  const ip = specOf(object).clusterIP ?? '';
  if (ctx.resource.name !== 'services' || ip === '' || ip === 'None') return;
  yield* klogInfo('alloc.go:328', 'allocated clusterIPs', 'service', `${meta(object).namespace}/${meta(object).name}`, 'clusterIPs', raw(JSON.stringify({ IPv4: ip })));
}

/** Gives back what a Service held. */
export function* release(ctx: Ctx, object: Obj): Coroutine<void> {
  if (ctx.resource.name !== 'services' || ctx.resource.group !== '') return;
  for (const ip of specOf(object).clusterIPs ?? []) {
    if (ip === 'None') continue;
    const { item } = yield* ctx.store.get(`/registry/ipaddresses/${ip}`);
    if (item !== null && text(item.object, 'spec', 'parentRef', 'name') === meta(object).name) yield* ctx.store.remove(item.key, item.revision);
  }
}
