/** etcd's configuration from its flags: what upstream's embed.Config checks before anything is opened. */
import { hex, sha1 } from '../../lib/x509/index.ts';
import { isIp } from '../../lib/net/index.ts';
import type { Flags } from './flags.ts';

export interface Listener { readonly url: string; readonly scheme: string; readonly host: string; readonly port: number }
export interface TlsFiles { readonly cert: string; readonly key: string; readonly ca: string; readonly clientAuth: boolean }
export interface Config {
  readonly name: string; readonly dataDir: string; readonly memberId: string; readonly clusterId: string;
  readonly client: readonly Listener[]; readonly peer: readonly Listener[]; readonly metrics: readonly Listener[];
  readonly advertiseClient: readonly string[]; readonly advertisePeer: readonly string[];
  readonly initialCluster: string; readonly clientTls: TlsFiles; readonly peerTls: TlsFiles; readonly snapshotCount: number; readonly corruptCheck: boolean;
  /** `--quota-backend-bytes`: 0 is the default, less is none. */ readonly quota: number;
}

const urls = (text: string): string[] => (text === '' ? [] : text.split(',').map((url) => url.trim()).sort());
export function listener(url: string): Listener {
  const [scheme = '', rest = ''] = url.split('://');
  const at = rest.lastIndexOf(':');
  return { url, scheme, host: rest.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(rest.slice(at + 1)) };
}
/** Member ids are the first eight bytes of a hash over the peer URLs and the cluster's token. */
export const memberIdOf = (peerUrls: readonly string[], token: string): string => hex(sha1([...peerUrls].sort().join('') + token)).slice(0, 16);
const clusterIdOf = (memberId: string): string => hex(sha1(memberId.match(/../g)!.map((two) => String.fromCharCode(parseInt(two, 16))).join(''))).slice(0, 16);

export type Configured = { readonly config: Config } | { readonly error: string; readonly advertise?: boolean };

/** Checks flags against each other; `error` is what follows `failed to verify flags`. */
export function configure(flags: Flags, set: ReadonlySet<string>): Configured {
  const text = (name: string) => flags.get(name) ?? '';
  const client = urls(text('listen-client-urls')).map(listener);
  const peer = urls(text('listen-peer-urls')).map(listener);
  const metrics = urls(text('listen-metrics-urls')).map(listener);
  for (const { host, url } of [...peer, ...client, ...metrics]) {
    if (host !== 'localhost' && !isIp(host)) return { error: `expected IP in URL for binding (${url})` };
  }
  if (!set.has('advertise-client-urls') && set.has('listen-client-urls')) return { error: '--advertise-client-urls is required when --listen-client-urls is set explicitly', advertise: true };
  const [heartbeat, election] = [Number(text('heartbeat-interval')), Number(text('election-timeout'))];
  if (heartbeat <= 0) return { error: '--heartbeat-interval must be >0 (set to ' + heartbeat + 'ms)' };
  if (5 * heartbeat > election) return { error: `--election-timeout[${election}ms] should be at least as 5 times as --heartbeat-interval[${heartbeat}ms]` };
  if (!['new', 'existing'].includes(text('initial-cluster-state'))) return { error: `invalid value ${JSON.stringify(text('initial-cluster-state'))} for flag -initial-cluster-state` };
  const advertisePeer = urls(text('initial-advertise-peer-urls'));
  const name = text('name');
  const memberId = memberIdOf(advertisePeer, text('initial-cluster-token'));
  return { config: {
    name, dataDir: text('data-dir') === '' ? `${name}.etcd` : text('data-dir'), memberId, clusterId: clusterIdOf(memberId), client, peer, metrics,
    advertiseClient: urls(text('advertise-client-urls')), advertisePeer,
    initialCluster: text('initial-cluster') === '' ? advertisePeer.map((url) => `${name}=${url}`).join(',') : text('initial-cluster'),
    clientTls: { cert: text('cert-file'), key: text('key-file'), ca: text('trusted-ca-file'), clientAuth: text('client-cert-auth') === 'true' },
    peerTls: { cert: text('peer-cert-file'), key: text('peer-key-file'), ca: text('peer-trusted-ca-file'), clientAuth: text('peer-client-cert-auth') === 'true' },
    snapshotCount: Number(text('snapshot-count')), corruptCheck: text('experimental-initial-corrupt-check') === 'true', quota: Number(text('quota-backend-bytes')),
  } };
}

/** What is wrong with a new member's place in its cluster; null when it is fine. */
export function bootstrapFault(config: Config): string | null {
  const members = config.initialCluster.split(',').map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const);
  const own = members.filter(([name]) => name === config.name).map(([, url]) => url).sort();
  if (own.length === 0) return `couldn't find local name ${JSON.stringify(config.name)} in the initial cluster configuration`;
  const missing = own.filter((url) => !config.advertisePeer.includes(url));
  const extra = config.advertisePeer.filter((url) => !own.includes(url));
  if (missing.length === 0 && extra.length === 0) return null;
  const [left, right] = [own, config.advertisePeer].map((list) => list.join(','));
  if (missing.length > 0) return `--initial-cluster has ${missing.map((url) => `${config.name}=${url}`).join(',')} but missing from --initial-advertise-peer-urls=${right} (resolved urls: ${JSON.stringify(left)} != ${JSON.stringify(right)})`;
  return `--initial-advertise-peer-urls has ${extra.join(',')} but missing from --initial-cluster=${config.initialCluster} (resolved urls: ${JSON.stringify(left)} != ${JSON.stringify(right)})`;
}
