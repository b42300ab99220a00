/**
 * `kubeadm init phase certs …` and `kubeadm init phase kubeconfig …`: files that are missing are made, those that are there are left.
 * Models cmd/kubeadm/app/cmd/phases/init/{certs,kubeconfig}.go. Not modelled: making authorities and the service accounts' key.
 */
import { rename, write, writeFile, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { base64Encode, parseCertificates } from '../../lib/x509/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { serverOf, type ClusterConfig } from './config.ts';
import { leavesOf, LOGINS, PKI, type Leaf, type Login } from './leaves.ts';
import { issue, loadAuthority, readOrNull } from './sign.ts';

const say = (line: string) => write(1, `${line}\n`);

/** Puts a file in place at once, with its mode. */
export function* replaceFile(path: string, text: Bytes, mode: number): Coroutine<void> {
  yield* writeFile(`${path}.tmp`, text, mode);
  yield* rename(`${path}.tmp`, path);
}

function* leafPhase(c: ClusterConfig, leaf: Leaf): Coroutine<void> {
  const path = `${PKI}/${leaf.base}`;
  if (parseCertificates((yield* readOrNull(`${path}.crt`)) ?? '').length > 0 && (yield* readOrNull(`${path}.key`)) !== null) {
    yield* say(`[certs] Using existing ${leaf.base} certificate and key on disk`);
    return;
  }
  const signer = yield* loadAuthority(leaf.authority);
  yield* say(`[certs] Generating "${leaf.base}" certificate and key`);
  if (leaf.altNames) yield* say(`[certs] ${leaf.base} serving cert is signed for DNS names [${leaf.altNames.dnsNames.join(' ')}] and IPs [${leaf.altNames.ips.join(' ')}]`);
  const pair = yield* issue(signer, leaf, leaf.altNames);
  yield* replaceFile(`${path}.key`, pair.keyPem, 0o600);
  yield* replaceFile(`${path}.crt`, pair.certPem, 0o644);
}

/** A kubeconfig as clientcmd marshals it. */
function kubeconfig(server: string, caPem: Bytes, user: string, certPem: Bytes, keyPem: Bytes): Bytes {
  const context = `${user}@kubernetes`;
  return [
    'apiVersion: v1', 'clusters:', '- cluster:', `    certificate-authority-data: ${base64Encode(caPem)}`, `    server: ${server}`, '  name: kubernetes', 'contexts:', '- context:', '    cluster: kubernetes', `    user: ${user}`, `  name: ${context}`,
    `current-context: ${context}`, 'kind: Config', 'preferences: {}', 'users:', `- name: ${user}`, '  user:', `    client-certificate-data: ${base64Encode(certPem)}`, `    client-key-data: ${base64Encode(keyPem)}`, '',
  ].join('\n');
}

function* loginPhase(c: ClusterConfig, login: Login): Coroutine<void> {
  const path = `/etc/kubernetes/${login.file}`;
  if ((yield* readOrNull(path)) !== null) {
    yield* say(`[kubeconfig] Using existing kubeconfig file: "${path}"`);
    return;
  }
  const signer = yield* loadAuthority(login.authority);
  yield* say(`[kubeconfig] Writing "${login.file}" kubeconfig file`);
  const pair = yield* issue(signer, login, null);
  yield* replaceFile(path, kubeconfig(login.local ? `https://${c.address}:6443` : serverOf(c), signer.pem, login.name, pair.certPem, pair.keyPem), 0o600);
}

/** The error of a phase, with its name. */
export class FilePhaseError { readonly phase: string; readonly message: string; constructor(phase: string, message: string) { this.phase = phase; this.message = message; } }

function* named(phase: string, body: Coroutine<void>): Coroutine<void> {
  try {
    yield* body;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new FilePhaseError(phase, caught.message);
  }
}

const NAMES: Readonly<Record<string, string>> = { admin: 'admin.conf', 'super-admin': 'super-admin.conf', 'controller-manager': 'controller-manager.conf', scheduler: 'scheduler.conf' };

/** Runs `certs WHICH` or `kubeconfig WHICH`; false when the phase is not modelled. Throws FilePhaseError. */
export function* filePhase(phase: string, which: string, c: ClusterConfig): Coroutine<boolean> {
  if (phase === 'certs') {
    const leaves = leavesOf(c).filter((leaf) => leaf.name === which);
    if (leaves.length > 0) yield* say(`[certs] Using certificateDir folder "${PKI}"`);
    for (const leaf of leaves) yield* named(`certs/${leaf.name}`, leafPhase(c, leaf));
    return leaves.length > 0;
  }
  const logins = phase === 'kubeconfig' ? LOGINS.filter((login) => login.file === NAMES[which]) : [];
  if (logins.length > 0) yield* say('[kubeconfig] Using kubeconfig folder "/etc/kubernetes"');
  for (const login of logins) yield* named(`kubeconfig/${which}`, loginPhase(c, login));
  return logins.length > 0;
}
