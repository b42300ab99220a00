/** kubeadm's verbs and the flags each of them takes. */
import type { FlagSpec } from '../../lib/flags/index.ts';
import { ADMIN } from './client.ts';

type Row = readonly [name: string, type: FlagSpec['type'], fallback: FlagSpec['default'], shorthand?: string];
const specs = (...rows: readonly Row[]): readonly FlagSpec[] => rows.map(([name, type, fallback, shorthand]) => ({ name, type, default: fallback, usage: '', ...(shorthand === undefined ? {} : { shorthand }) }));
const DAY_US = 86_400_000_000;

export const COMMON: readonly FlagSpec[] = specs(['v', 'int', 0, 'v'], ['rootfs', 'string', '']);
const KUBECONFIG: Row = ['kubeconfig', 'string', ADMIN];
const DRY_RUN: Row = ['dry-run', 'bool', false];
const CONFIG: Row = ['config', 'string', ''];
const OUTPUT: Row = ['output', 'string', 'text', 'o'];
const CERT_DIR: Row = ['cert-dir', 'string', '/etc/kubernetes/pki'];
const IGNORE: Row = ['ignore-preflight-errors', 'list', []];
const CRI_SOCKET: Row = ['cri-socket', 'string', ''];
const SKIP: Row = ['skip-phases', 'list', []];

/** By the words of the verb. */
export const FLAGS: Readonly<Record<string, readonly FlagSpec[]>> = {
  init: specs(CONFIG, SKIP, IGNORE, ['pod-network-cidr', 'string', ''], ['apiserver-advertise-address', 'string', ''], ['control-plane-endpoint', 'string', ''], ['kubernetes-version', 'string', 'stable-1'],
    ['service-cidr', 'string', '10.96.0.0/12'], ['node-name', 'string', ''], CRI_SOCKET, ['upload-certs', 'bool', false], ['token', 'string', ''], ['token-ttl', 'duration', DAY_US], DRY_RUN, KUBECONFIG, ['cert-dir', 'string', '/etc/kubernetes/pki'], ['kubeconfig-dir', 'string', '/etc/kubernetes']),
  join: specs(CONFIG, SKIP, IGNORE, ['token', 'string', ''], ['discovery-token', 'string', ''], ['tls-bootstrap-token', 'string', ''], ['discovery-token-ca-cert-hash', 'list', []], ['discovery-token-unsafe-skip-ca-verification', 'bool', false], ['discovery-file', 'string', ''],
    ['control-plane', 'bool', false], ['certificate-key', 'string', ''], ['apiserver-advertise-address', 'string', ''], ['node-name', 'string', ''], CRI_SOCKET, DRY_RUN),
  reset: specs(CONFIG, SKIP, IGNORE, ['force', 'bool', false, 'f'], DRY_RUN, KUBECONFIG, CERT_DIR, ['cleanup-tmp-dir', 'bool', false], CRI_SOCKET),
  'certs check-expiration': specs(KUBECONFIG, CERT_DIR, CONFIG, OUTPUT), 'certs renew': specs(KUBECONFIG, CERT_DIR, CONFIG),
  'kubeconfig user': specs(['client-name', 'string', ''], ['org', 'list', []], ['token', 'string', ''], CONFIG, ['validity-period', 'duration', 365 * DAY_US]),
  'token list': specs(KUBECONFIG, DRY_RUN, OUTPUT), 'token create': specs(KUBECONFIG, DRY_RUN, ['print-join-command', 'bool', false], ['ttl', 'duration', DAY_US], ['description', 'string', ''], ['usages', 'list', []], ['groups', 'list', []], CONFIG, ['certificate-key', 'string', '']),
  'token delete': specs(KUBECONFIG, DRY_RUN), 'token generate': specs(KUBECONFIG, DRY_RUN),
  'config images list': specs(KUBECONFIG, ['kubernetes-version', 'string', ''], ['image-repository', 'string', 'registry.k8s.io'], CONFIG, OUTPUT),
  'config images pull': specs(KUBECONFIG, ['kubernetes-version', 'string', ''], ['image-repository', 'string', 'registry.k8s.io'], CONFIG, CRI_SOCKET),
  'certs certificate-key': specs(),
  'config print init-defaults': specs(KUBECONFIG, ['component-configs', 'list', []]), 'config print join-defaults': specs(KUBECONFIG),
  'upgrade plan': specs(KUBECONFIG, CONFIG, IGNORE, OUTPUT, ['allow-experimental-upgrades', 'bool', false], ['allow-release-candidate-upgrades', 'bool', false], ['print-config', 'bool', false], ['show-diff', 'bool', false]),
  version: specs(['output', 'string', '', 'o']),
};

/** Flags that upstream knows and this kubeadm does not act on: given ones are refused. */
export const UNAVAILABLE: Readonly<Record<string, readonly string[]>> = {
  init: ['upload-certs', 'dry-run', 'cert-dir', 'kubeconfig-dir'], join: ['config', 'skip-phases', 'discovery-file', 'control-plane', 'certificate-key', 'dry-run'], reset: ['config', 'skip-phases'],
  'certs check-expiration': ['cert-dir', 'config', 'output'], 'token list': ['dry-run', 'output'], 'token create': ['dry-run', 'usages', 'groups', 'config', 'certificate-key'], 'token delete': ['dry-run'], 'config images list': ['config', 'output'], 'config images pull': ['config'],
  'config print init-defaults': ['component-configs'], 'upgrade plan': ['config', 'output', 'print-config', 'show-diff'],
};
