/**
 * `kubeadm join` as far as one machine goes: the checks of the node, and whether the cluster at the other end is the one that the
 * token and the hash name. Models cmd/kubeadm/app/discovery/token. Not modelled: becoming a node of another machine's cluster.
 */
import { now, sleep, type Coroutine } from '../../kernel/sys.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { parseKubeconfig } from '../../lib/kubeconfig/index.ts';
import { bareConfig } from '../../lib/kubeconfig/index.ts';
import { getObject, type KubeObject } from '../../lib/kube/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { base64Decode, base64UrlEncode, hex, hmacSha256, parseCertificates, sha256 } from '../../lib/x509/index.ts';
import { joinChecks } from './preflight.ts';

const RETRY_US = 5_000_000;
const TIMEOUT_US = 300_000_000;
const IDENTITY = "couldn't validate the identity of the API Server";
const TOKEN = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;

export interface JoinFlags { readonly endpoint: string; readonly token: string; readonly hashes: readonly string[]; readonly unsafe: boolean; readonly ignore: readonly string[]; readonly criSocket: string }

/** What is wrong with the command line; null when nothing is. */
function invalid({ endpoint, token, hashes, unsafe }: JoinFlags): string | null {
  if (token === '' && endpoint === '') return 'discovery: Invalid value: "": bootstrapToken or file must be set';
  const wrong: string[] = [];
  if (token === '') wrong.push('discovery.bootstrapToken.token: Invalid value: "": the bootstrap token is invalid', 'discovery.tlsBootstrapToken: Invalid value: "": the bootstrap token is invalid');
  else if (!TOKEN.test(token)) wrong.push(...['discovery.bootstrapToken.token', 'discovery.tlsBootstrapToken'].map((field) => `${field}: Invalid value: ${JSON.stringify(token)}: the bootstrap token is invalid`));
  if (hashes.length === 0 && !unsafe) wrong.push('discovery.bootstrapToken.caCertHashes: Invalid value: "": using token-based discovery without caCertHashes can be dangerous. Set unsafeSkipCAVerification as true in your kubeadm config file or pass --discovery-token-unsafe-skip-ca-verification flag to continue');
  if (wrong.length === 0) return null;
  return wrong.length === 1 ? wrong[0]! : `[${wrong.join(', ')}]`;
}

type Info = KubeObject & { readonly data?: Readonly<Record<string, string>> };

/** kube-public/cluster-info with the token's signature, as soon as it is there. Throws GoError. */
function* clusterInfo(endpoint: string, id: string): Coroutine<{ readonly kubeconfig: string; readonly signature: string }> {
  const until = (yield* now()) + TIMEOUT_US;
  for (;;) {
    let failure: string;
    try {
      const { data = {} } = yield* getObject<Info>({ ...bareConfig(`https://${endpoint}`), insecure: true, userAgent: 'kubeadm/v1.33.0 (linux/amd64) kubernetes/60a317e' }, { group: '', resource: 'configmaps', namespace: 'kube-public', name: 'cluster-info' });
      const signature = data[`jws-kubeconfig-${id}`];
      if (signature !== undefined) return { kubeconfig: data.kubeconfig ?? '', signature };
      failure = `could not find a JWS signature in the cluster-info ConfigMap for token ID ${JSON.stringify(id)}`;
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      failure = `failed to request the cluster-info ConfigMap: ${caught.message}`;
    }
    if ((yield* now()) + RETRY_US > until) throw new GoError(`${IDENTITY}: ${failure}`);
    yield* sleep(RETRY_US);
  }
}

/** Checks that the other end holds the token's secret and has the pinned authority. Throws GoError. */
function* discover({ endpoint, token, hashes, unsafe }: JoinFlags): Coroutine<void> {
  const [, id = '', secret = ''] = TOKEN.exec(token)!;
  const { kubeconfig, signature } = yield* clusterInfo(endpoint, id);
  const [header = '', , mac = ''] = signature.split('.');
  if (base64UrlEncode(hmacSha256(secret, `${header}.${base64UrlEncode(encodeUtf8(kubeconfig))}`)) !== mac) throw new GoError(`${IDENTITY}: failed to verify JWS signature of received cluster info object, can't trust this API Server`);
  const data = (parseKubeconfig(encodeUtf8(kubeconfig), 'cluster-info').clusters[0]?.value as { readonly 'certificate-authority-data'?: string } | undefined)?.['certificate-authority-data'] ?? '';
  const keys = parseCertificates(base64Decode(data).bytes).map(({ spki }) => `sha256:${hex(sha256(spki))}`);
  if (!unsafe && !keys.some((key) => hashes.includes(key))) throw new GoError(`${IDENTITY}: cluster CA found in cluster-info ConfigMap is invalid: none of the public keys ${JSON.stringify(keys.join(':'))} are pinned`);
}

/** The verb; → what stopped it. */
export function* join(flags: JoinFlags): Coroutine<string> {
  const wrong = invalid(flags);
  if (wrong !== null) return wrong;
  const unready = yield* joinChecks(flags.criSocket || 'unix:///run/containerd/containerd.sock', flags.ignore);
  if (unready !== null) return `error execution phase preflight: ${unready}`;
  try {
    yield* discover(flags);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return `error execution phase preflight: ${caught.message}`;
  }
  return 'error execution phase kubelet-start: the control plane of this cluster is this machine, and joining it a second time is not available in this lab';
}
