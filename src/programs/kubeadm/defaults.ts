/** `kubeadm config print init-defaults|join-defaults`: configurations with placeholders, v1beta4. Models cmd/kubeadm/app/cmd/config.go. */
import { clusterConfiguration, type ClusterConfig } from './config.ts';

const NODE = (name: string): string => `nodeRegistration:
  criSocket: unix:///var/run/containerd/containerd.sock
  imagePullPolicy: IfNotPresent
  imagePullSerial: true
  name: ${name}
  taints: null
timeouts:
  controlPlaneComponentHealthCheck: 4m0s
  discovery: 5m0s
  etcdAPICall: 2m0s
  kubeletHealthCheck: 4m0s
  kubernetesAPICall: 1m0s
  tlsBootstrap: 5m0s
  upgradeManifests: 5m0s
`;

const CLUSTER: ClusterConfig = { endpoint: '', version: '1.33.0', dnsTag: '', etcdTag: '', podSubnet: '', serviceSubnet: '10.96.0.0/12', nodeName: 'node', address: '1.2.3.4', criSocket: '', taint: true };

export const INIT_DEFAULTS = `apiVersion: kubeadm.k8s.io/v1beta4
bootstrapTokens:
- groups:
  - system:bootstrappers:kubeadm:default-node-token
  token: abcdef.0123456789abcdef
  ttl: 24h0m0s
  usages:
  - signing
  - authentication
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 1.2.3.4
  bindPort: 6443
${NODE('node')}---
${clusterConfiguration(CLUSTER)}`;

export const joinDefaults = (hostname: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
caCertPath: /etc/kubernetes/pki/ca.crt
discovery:
  bootstrapToken:
    apiServerEndpoint: kube-apiserver:6443
    token: abcdef.0123456789abcdef
    unsafeSkipCAVerification: true
  tlsBootstrapToken: abcdef.0123456789abcdef
kind: JoinConfiguration
${NODE(hostname)}`;
