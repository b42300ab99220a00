/** `kubeadm certs check-expiration`: what the files say, kubeconfigs' embedded certificates included. */
import { errnoOf } from '../../kernel/errno.ts';
import { now, readFile, write } from '../../kernel/sys.ts';
import type { Bytes, Coroutine } from '../../kernel/sys.ts';
import { civil, monthName } from '../../base/time.ts';
import { base64Decode, hex, parseCertificates, sha256, type Certificate } from '../../lib/x509/index.ts';
import { getObject } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { ADMIN, connectAs } from './client.ts';

const PKI = '/etc/kubernetes/pki';
const ROWS: readonly (readonly [name: string, path: string, authority: string])[] = [
  ['admin.conf', '/etc/kubernetes/admin.conf', 'ca'], ['apiserver', `${PKI}/apiserver.crt`, 'ca'], ['apiserver-etcd-client', `${PKI}/apiserver-etcd-client.crt`, 'etcd-ca'], ['apiserver-kubelet-client', `${PKI}/apiserver-kubelet-client.crt`, 'ca'],
  ['controller-manager.conf', '/etc/kubernetes/controller-manager.conf', 'ca'], ['etcd-healthcheck-client', `${PKI}/etcd/healthcheck-client.crt`, 'etcd-ca'], ['etcd-peer', `${PKI}/etcd/peer.crt`, 'etcd-ca'], ['etcd-server', `${PKI}/etcd/server.crt`, 'etcd-ca'],
  ['front-proxy-client', `${PKI}/front-proxy-client.crt`, 'front-proxy-ca'], ['scheduler.conf', '/etc/kubernetes/scheduler.conf', 'ca'], ['super-admin.conf', '/etc/kubernetes/super-admin.conf', 'ca'],
];
const AUTHORITIES: readonly (readonly [string, string])[] = [['ca', `${PKI}/ca.crt`], ['etcd-ca', `${PKI}/etcd/ca.crt`], ['front-proxy-ca', `${PKI}/front-proxy-ca.crt`]];

function* certificateIn(path: string): Coroutine<Certificate | null> {
  let text: Bytes;
  try {
    text = yield* readFile(path);
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    return null;
  }
  const data = path.endsWith('.conf') ? /client-certificate-data: (\S+)/.exec(text)?.[1] : undefined;
  return parseCertificates(data === undefined ? text : base64Decode(data).bytes)[0] ?? null;
}

const two = (n: number) => String(n).padStart(2, '0');
function dateText(us: number): string {
  const t = civil(us);
  return `${monthName(t.month)} ${two(t.day)}, ${t.year} ${two(t.hour)}:${two(t.minute)} UTC`;
}
/** Years, days, hours … the largest whole one. */
function residual(us: number): string {
  const s = Math.floor(us / 1e6);
  if (s < 0) return '<invalid>';
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m`;
  if (s < 86400) return `${Math.floor(s / 3600)}h`;
  if (s < 365 * 86400) return `${Math.floor(s / 86400)}d`;
  return `${Math.floor(s / (365 * 86400))}y`;
}

/** text/tabwriter: cells padded to the widest of their column plus 3, at least 10. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(10, ...rows.map((r) => (r[i]?.length ?? 0) + 3)));
  return rows.map((r) => `${r.map((cell, i) => (i === r.length - 1 ? cell : cell.padEnd(widths[i]!))).join('')}\n`).join('');
}

/** Asks the cluster for its configuration, and says so in the name of a verb. */
export function* readClusterConfig(verb: string, kubeconfig: string): Coroutine<void> {
  yield* write(1, `[${verb}] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...\n`);
  try {
    yield* getObject(yield* connectAs(kubeconfig), { group: '', resource: 'configmaps', namespace: 'kube-system', name: 'kubeadm-config' });
    yield* write(1, `[${verb}] Use 'kubeadm init phase upload-config --config your-config-file' to re-upload it.\n\n`);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* write(1, `[${verb}] Error reading configuration from the Cluster. Falling back to default configuration\n\n`);
  }
}

/** The verb. */
export function* checkExpiration(): Coroutine<number> {
  yield* readClusterConfig('check-expiration', ADMIN);
  const at = yield* now();
  const NO = 'no      ';
  const leaves: string[][] = [['CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'EXTERNALLY MANAGED']];
  for (const [name, path, authority] of ROWS) {
    const cert = yield* certificateIn(path);
    leaves.push(cert === null ? [`!MISSING! ${name}`, '', '', '', ''] : [name, dateText(cert.notAfter * 1e6), residual(cert.notAfter * 1e6 - at), authority, NO]);
  }
  const authorities: string[][] = [['CERTIFICATE AUTHORITY', 'EXPIRES', 'RESIDUAL TIME', 'EXTERNALLY MANAGED']];
  for (const [name, path] of AUTHORITIES) {
    const cert = yield* certificateIn(path);
    authorities.push(cert === null ? [`!MISSING! ${name}`, '', '', ''] : [name, dateText(cert.notAfter * 1e6), residual(cert.notAfter * 1e6 - at), NO]);
  }
  yield* write(1, `${table(leaves)}\n${table(authorities)}`);
  return 0;
}

/** The pin of `--discovery-token-ca-cert-hash`: SHA-256 of the authority's public key. */
export function* caHash(): Coroutine<string> {
  const cert = yield* certificateIn(`${PKI}/ca.crt`);
  return cert === null ? '' : hex(sha256(cert.spki));
}
