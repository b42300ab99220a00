/** The objects `kubeadm init` makes in code: configuration, RBAC, the bootstrap token. Models kubeadm's phases uploadconfig, bootstraptoken and addons. */
import type { KubeObject } from '../../lib/kube/index.ts';

const NODES = 'system:nodes';
const BOOTSTRAPPERS = 'system:bootstrappers:kubeadm:default-node-token';
const RBAC = 'rbac.authorization.k8s.io';
const V1 = `${RBAC}/v1`;

type Subject = { readonly kind: string; readonly name: string; readonly namespace?: string; readonly apiGroup?: string };
const group = (name: string): Subject => ({ apiGroup: RBAC, kind: 'Group', name });
const user = (name: string): Subject => ({ apiGroup: RBAC, kind: 'User', name });

export const clusterRoleBinding = (name: string, role: string, ...subjects: Subject[]): KubeObject => ({ apiVersion: V1, kind: 'ClusterRoleBinding', metadata: { name }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role }, subjects }) as KubeObject;
const roleBinding = (namespace: string, name: string, ...subjects: Subject[]): KubeObject => ({ apiVersion: V1, kind: 'RoleBinding', metadata: { name, namespace }, roleRef: { apiGroup: RBAC, kind: 'Role', name }, subjects }) as KubeObject;
const readConfigMap = (namespace: string, name: string, configMap: string): KubeObject => ({ apiVersion: V1, kind: 'Role', metadata: { name, namespace }, rules: [{ apiGroups: [''], resourceNames: [configMap], resources: ['configmaps'], verbs: ['get'] }] }) as KubeObject;
const configMap = (namespace: string, name: string, data: Readonly<Record<string, string>>, annotations?: Readonly<Record<string, string>>): KubeObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...(annotations === undefined ? {} : { annotations }), name, namespace }, data }) as KubeObject;

export const CLUSTER_ADMINS = clusterRoleBinding('kubeadm:cluster-admins', 'cluster-admin', group('kubeadm:cluster-admins'));

/** kubeadm-config, kubelet-config and who may read them. */
export const uploadConfig = (clusterConfiguration: string): readonly KubeObject[] => [
  configMap('kube-system', 'kubeadm-config', { ClusterConfiguration: clusterConfiguration }),
  readConfigMap('kube-system', 'kubeadm:nodes-kubeadm-config', 'kubeadm-config'),
  roleBinding('kube-system', 'kubeadm:nodes-kubeadm-config', group(BOOTSTRAPPERS), group(NODES)),
];
export const uploadKubelet = (config: string): readonly KubeObject[] => [
  configMap('kube-system', 'kubelet-config', { kubelet: config }, { 'kubeadm.kubernetes.io/component-config.hash': 'sha256:26488e9fc7c5cb5fdda9996cda2e6651a9af5febce07ea02de11bd3ef3f49e9c' }),
  readConfigMap('kube-system', 'kubeadm:kubelet-config', 'kubelet-config'),
  roleBinding('kube-system', 'kubeadm:kubelet-config', group(NODES), group(BOOTSTRAPPERS)),
];

export interface Token { readonly id: string; readonly secret: string }
/** The Secret of a bootstrap token. `base64` encodes one value. */
export function tokenSecret(token: Token, expiration: string | null, base64: (text: string) => string, description: string | null = null): KubeObject {
  const data: Record<string, string> = { 'auth-extra-groups': base64(BOOTSTRAPPERS), ...(description === null ? {} : { description: base64(description) }), ...(expiration === null ? {} : { expiration: base64(expiration) }), 'token-id': base64(token.id), 'token-secret': base64(token.secret),
    'usage-bootstrap-authentication': base64('true'), 'usage-bootstrap-signing': base64('true') };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: `bootstrap-token-${token.id}`, namespace: 'kube-system' }, data, type: 'bootstrap.kubernetes.io/token' } as KubeObject;
}

/** What lets nodes join with a token. */
export const BOOTSTRAP_RBAC: readonly KubeObject[] = [
  { apiVersion: V1, kind: 'ClusterRole', metadata: { name: 'kubeadm:get-nodes' }, rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }] } as KubeObject,
  clusterRoleBinding('kubeadm:get-nodes', 'kubeadm:get-nodes', group(BOOTSTRAPPERS)),
  clusterRoleBinding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', group(BOOTSTRAPPERS)),
  clusterRoleBinding('kubeadm:node-autoapprove-bootstrap', 'system:certificates.k8s.io:certificatesigningrequests:nodeclient', group(BOOTSTRAPPERS)),
  clusterRoleBinding('kubeadm:node-autoapprove-certificate-rotation', 'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient', group(NODES)),
  clusterRoleBinding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', user('kube-apiserver-kubelet-client')),
];

/** kube-public/cluster-info and who may read it: everybody. */
export const clusterInfo = (server: string, caBase64: string): readonly KubeObject[] => [
  configMap('kube-public', 'cluster-info', { kubeconfig: `apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: ${caBase64}\n    server: ${server}\n  name: ""\ncontexts: null\ncurrent-context: ""\nkind: Config\npreferences: {}\nusers: null\n` }),
  readConfigMap('kube-public', 'kubeadm:bootstrap-signer-clusterinfo', 'cluster-info'),
  roleBinding('kube-public', 'kubeadm:bootstrap-signer-clusterinfo', user('system:anonymous')),
];

/** Before the ConfigMap and DaemonSet of the addon. */
export const PROXY_ACCOUNT: readonly KubeObject[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'kube-proxy', namespace: 'kube-system' } } as KubeObject,
  clusterRoleBinding('kubeadm:node-proxier', 'system:node-proxier', { kind: 'ServiceAccount', name: 'kube-proxy', namespace: 'kube-system' }),
];
export const PROXY_RBAC: readonly KubeObject[] = [readConfigMap('kube-system', 'kube-proxy', 'kube-proxy'), roleBinding('kube-system', 'kube-proxy', group(BOOTSTRAPPERS))];
