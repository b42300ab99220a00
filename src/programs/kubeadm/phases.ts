/**
 * `kubeadm init phase certs …` and `kubeadm init phase kubeconfig …`: files that are missing are made, those that are there are left.
 * Models cmd/kubeadm/app/cmd/phases/init/{certs,kubeconfig}.go.
 */
import { access, mkdir, rename, write, writeFile, type Bytes, type Coroutine } from '../../kernel/sys.ts';
import { base64Decode, base64Encode, parseCertificates, signatureError, type Certificate } from '../../lib/x509/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { serverOf, type ClusterConfig } from './config.ts';
import { AUTHORITIES, kubeletLogin, leavesOf, LOGINS, PKI, type Leaf, type Login } from './leaves.ts';
import { issue, loadAuthority, makeAuthority, makeServiceAccountKey, readOrNull, type Pair } from './sign.ts';

const say = function* (line: string): Coroutine<void> { yield* write(1, `${line}\n`); };

/** Puts a file in place at once, with its mode. */
export function* replaceFile(path: string, text: Bytes, mode: number): Coroutine<void> {
  yield* writeFile(`${path}.tmp`, text, mode);
  yield* rename(`${path}.tmp`, path);
}

/** Makes a directory and those above it. */
export function* makeDirs(path: string, mode = 0o755): Coroutine<void> {
  let made = '';
  for (const name of path.split('/').filter((part) => part !== '')) {
    made += `/${name}`;
    if (!(yield* access(made, 'f'))) yield* mkdir(made, mode);
  }
}

function* writePair(path: string, { certPem, keyPem }: Pair): Coroutine<void> {
  yield* makeDirs(path.slice(0, path.lastIndexOf('/')));
  yield* replaceFile(`${path}.key`, keyPem, 0o600);
  yield* replaceFile(`${path}.crt`, certPem, 0o644);
}

const exists = function* (path: string): Coroutine<boolean> { return (yield* readOrNull(path)) !== null; };

function* authorityPhase({ base, commonName }: (typeof AUTHORITIES)[number]): Coroutine<void> {
  const path = `${PKI}/${base}`;
  if (yield* exists(`${path}.crt`)) {
    if (parseCertificates((yield* readOrNull(`${path}.crt`))!).length === 0) throw new GoError(`failure loading ${base} certificate: failed to load certificate: couldn't load the certificate file ${path}.crt: error reading ${path}.crt: data does not contain any valid RSA or ECDSA certificates`);
    return yield* say(`[certs] Using existing ${base} ${(yield* exists(`${path}.key`)) ? '' : 'keyless '}certificate authority`);
  }
  yield* say(`[certs] Generating "${base}" certificate and key`);
  yield* writePair(path, yield* makeAuthority(commonName));
}

function* serviceAccountPhase(): Coroutine<void> {
  const path = `${PKI}/sa`;
  if (yield* exists(`${path}.key`)) return yield* say('[certs] Using the existing "sa" key');
  const { keyPem, pubPem } = yield* makeServiceAccountKey();
  yield* say('[certs] Generating "sa" key and public key');
  yield* makeDirs(PKI);
  yield* replaceFile(`${path}.key`, keyPem, 0o600);
  yield* replaceFile(`${path}.pub`, pubPem, 0o600);
}

/** Throws unless the pair that is there is whole and signed by its authority. */
function* checkLeaf(path: string, base: string, signer: Certificate): Coroutine<void> {
  const fail = (why: string) => new GoError(`failure loading ${base} certificate: ${why}`);
  const missing = (kind: string, file: string) => fail(`failed to load ${kind === 'private key' ? 'key' : kind}: couldn't load the ${kind} file ${file}: open ${file}: no such file or directory`);
  const text = yield* readOrNull(`${path}.crt`);
  if (text === null) throw missing('certificate', `${path}.crt`);
  if (!(yield* exists(`${path}.key`))) throw missing('private key', `${path}.key`);
  const [leaf] = parseCertificates(text);
  if (leaf === undefined) throw fail(`failed to load certificate: couldn't load the certificate file ${path}.crt: error reading ${path}.crt: data does not contain any valid RSA or ECDSA certificates`);
  if (signatureError(leaf, signer) !== null) throw new GoError(`certificate ${base} is not signed by corresponding CA`);
}

function* leafPhase(leaf: Leaf): Coroutine<void> {
  const path = `${PKI}/${leaf.base}`;
  const signer = yield* loadAuthority(leaf.authority);
  if ((yield* exists(`${path}.crt`)) || (yield* exists(`${path}.key`))) {
    yield* checkLeaf(path, leaf.base, signer.certificate);
    return yield* say(`[certs] Using existing ${leaf.base} certificate and key on disk`);
  }
  yield* say(`[certs] Generating "${leaf.base}" certificate and key`);
  if (leaf.altNames) yield* say(`[certs] ${leaf.base} serving cert is signed for DNS names [${leaf.altNames.dnsNames.join(' ')}] and IPs [${leaf.altNames.ips.join(' ')}]`);
  yield* writePair(path, yield* issue(signer, leaf, leaf.altNames));
}

/** A kubeconfig as clientcmd marshals it. */
function kubeconfig(server: string, caPem: Bytes, user: string, credentials: readonly string[]): Bytes {
  const context = `${user}@kubernetes`;
  return [
    'apiVersion: v1', 'clusters:', '- cluster:', `    certificate-authority-data: ${base64Encode(caPem)}`, `    server: ${server}`, '  name: kubernetes', 'contexts:', '- context:', '    cluster: kubernetes', `    user: ${user}`, `  name: ${context}`,
    `current-context: ${context}`, 'kind: Config', 'preferences: {}', 'users:', `- name: ${user}`, '  user:', ...credentials.map((line) => `    ${line}`), '',
  ].join('\n');
}
const embedded = ({ certPem, keyPem }: Pair): readonly string[] => [`client-certificate-data: ${base64Encode(certPem)}`, `client-key-data: ${base64Encode(keyPem)}`];

/** A kubeconfig for one more user, by certificate or by `token`. Throws GoError. */
export function* userKubeconfig(c: ClusterConfig, name: string, groups: readonly string[], token: string, validUs: number): Coroutine<Bytes> {
  const signer = yield* loadAuthority('ca');
  if (token !== '') return kubeconfig(serverOf(c), signer.pem, name, [`token: ${token}`]);
  const pair = yield* issue(signer, { commonName: name, organizations: groups, usages: ['clientAuth'] }, null, Math.floor(validUs / 1e6));
  return kubeconfig(serverOf(c), signer.pem, name, embedded(pair));
}

function* loginPhase(c: ClusterConfig, login: Login): Coroutine<void> {
  const path = `/etc/kubernetes/${login.file}`;
  const signer = yield* loadAuthority(login.authority);
  const old = yield* readOrNull(path);
  if (old !== null) {
    const ca = base64Decode(/certificate-authority-data: (\S+)/.exec(old)?.[1] ?? '').bytes;
    if (ca.trim() !== signer.pem.trim()) throw new GoError(`a kubeconfig file ${JSON.stringify(path)} exists already but has got the wrong CA cert`);
    return yield* say(`[kubeconfig] Using existing kubeconfig file: "${path}"`);
  }
  yield* say(`[kubeconfig] Writing "${login.file}" kubeconfig file`);
  const pair = yield* issue(signer, login, null);
  yield* replaceFile(path, kubeconfig(login.local ? `https://${c.address}:6443` : serverOf(c), signer.pem, login.name, embedded(pair)), 0o600);
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

/** The steps of `certs`, in kubeadm's order: an authority, what it signs, and at last the service accounts' key. */
function certSteps(c: ClusterConfig): readonly (readonly [name: string, step: () => Coroutine<void>])[] {
  const leaves = leavesOf(c);
  const signed = AUTHORITIES.flatMap((authority) => [[authority.name, () => authorityPhase(authority)] as const, ...leaves.filter((leaf) => leaf.authority === authority.base).map((leaf) => [leaf.name, () => leafPhase(leaf)] as const)]);
  return [...signed, ['sa', serviceAccountPhase]];
}

/** The steps of `kubeconfig`, in kubeadm's order. */
function loginSteps(c: ClusterConfig): readonly (readonly [name: string, step: () => Coroutine<void>])[] {
  const [admin, superAdmin, ...rest] = LOGINS;
  return [admin!, superAdmin!, kubeletLogin(c.nodeName), ...rest].map((login) => [login.file.replace('.conf', ''), () => loginPhase(c, login)]);
}

const FOLDERS: Readonly<Record<string, string>> = { certs: `[certs] Using certificateDir folder "${PKI}"`, kubeconfig: '[kubeconfig] Using kubeconfig folder "/etc/kubernetes"' };

/** Runs `certs WHICH` or `kubeconfig WHICH` (or `all`); false when there is no such phase. Throws FilePhaseError. */
export function* filePhase(phase: string, which: string, c: ClusterConfig): Coroutine<boolean> {
  const steps = (phase === 'certs' ? certSteps(c) : phase === 'kubeconfig' ? loginSteps(c) : []).filter(([name]) => which === 'all' || name === which);
  if (steps.length === 0) return false;
  yield* say(FOLDERS[phase]!);
  for (const [name, step] of steps) yield* named(`${phase}/${name}`, step());
  return true;
}
