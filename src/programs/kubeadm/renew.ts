/** `kubeadm certs renew NAME|all`: new keys and certificates with the names of the old ones. Models phases/certs/renewal/manager.go. */
import { write, type Coroutine } from '../../kernel/sys.ts';
import { base64Decode, base64Encode, commonName, OID, organizations, parseCertificates, type Certificate } from '../../lib/x509/index.ts';
import { GoError } from '../../lib/net/index.ts';
import type { ClusterConfig } from './config.ts';
import { leavesOf, LOGINS, PKI, type Leaf, type Login } from './leaves.ts';
import { replaceFile } from './phases.ts';
import { issue, loadAuthority, readOrNull, type Pair } from './sign.ts';

/** A new pair with the old one's subject, names and purposes. */
function* anew(old: Certificate, what: Leaf | Login): Coroutine<Pair> {
  const usages = (['serverAuth', 'clientAuth'] as const).filter((usage) => old.extKeyUsage?.includes(OID[usage]));
  const altNames = old.dnsNames.length + old.ips.length === 0 ? null : { dnsNames: old.dnsNames, ips: old.ips };
  if (usages.length === 0) throw new GoError(`failed to renew certificate ${nameOf(what)}: unable to sign certificate: must specify at least one ExtKeyUsage`);
  return yield* issue(yield* loadAuthority(what.authority), { commonName: commonName(old), organizations: organizations(old), usages }, altNames);
}

const nameOf = (what: Leaf | Login) => ('file' in what ? what.file : what.name);

/** Renews one; false when there is nothing to renew. Throws GoError. */
function* renewOne(what: Leaf | Login): Coroutine<boolean> {
  const path = 'file' in what ? `/etc/kubernetes/${what.file}` : `${PKI}/${what.base}.crt`;
  const text = yield* readOrNull(path);
  const data = 'file' in what ? base64Decode(/client-certificate-data: (\S+)/.exec(text ?? '')?.[1] ?? '').bytes : text ?? '';
  const [old] = parseCertificates(data);
  if (text === null || old === undefined) return false;
  const pair = yield* anew(old, what);
  if ('file' in what) {
    yield* replaceFile(path, text.replace(/client-certificate-data: \S+/, `client-certificate-data: ${base64Encode(pair.certPem)}`).replace(/client-key-data: \S+/, `client-key-data: ${base64Encode(pair.keyPem)}`), 0o600);
  } else {
    yield* replaceFile(`${PKI}/${what.base}.key`, pair.keyPem, 0o600);
    yield* replaceFile(path, pair.certPem, 0o644);
  }
  return true;
}

const all = (c: ClusterConfig): readonly (Leaf | Login)[] => [...leavesOf(c), ...LOGINS].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
/** The names `certs renew` knows, in its order. */
export const renewable = (c: ClusterConfig): readonly string[] => all(c).map(nameOf);

/** The verb; `which` is a name or `all`. Throws GoError. */
export function* renew(which: string, c: ClusterConfig): Coroutine<number> {
  for (const what of all(c)) {
    if (which !== 'all' && nameOf(what) !== which) continue;
    yield* write(1, (yield* renewOne(what)) ? `${what.longName} renewed\n` : `MISSING! ${what.longName}\n`);
  }
  if (which === 'all') yield* write(1, '\nDone renewing certificates. You must restart the kube-apiserver, kube-controller-manager, kube-scheduler and etcd, so that they can use the new certificates.\n');
  return 0;
}
