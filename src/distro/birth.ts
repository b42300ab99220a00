/**
 * What the provider runs on the fresh node, as a colleague over ssh would: kubeadm's phases that go through the API,
 * then the pod network. Nothing of it stays on the node but its effects.
 */
import type { Bytes } from '../kernel/sys.ts';
import { FLANNEL } from './files/flannel.ts';

/** One command from outside, started `after` µs after the world's birth. */
export interface BirthCommand { readonly after: number; readonly argv: readonly string[]; readonly stdin?: Bytes }

const KUBEADM_CONFIG = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 172.30.1.2
nodeRegistration:
  criSocket: unix:///run/containerd/containerd.sock
  taints: []
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
controlPlaneEndpoint: controlplane:6443
dns:
  imageTag: v1.10.1
etcd:
  local:
    imageTag: 3.5.21-0
kubernetesVersion: v1.33.0
networking:
  podSubnet: 172.17.0.0/16
`;
/** kubeadm wrote these files before the machine was handed over. */
const DONE_BEFORE = 'preflight,certs,kubeconfig,etcd,control-plane,kubelet-start';

/** The commands, in order of time. */
export const BIRTH_COMMANDS: readonly BirthCommand[] = [
  { after: 0, argv: ['kubeadm', 'init', '--config=/dev/stdin', `--skip-phases=${DONE_BEFORE}`], stdin: KUBEADM_CONFIG },
  { after: 22_000_000, argv: ['kubectl', '--kubeconfig=/etc/kubernetes/admin.conf', 'apply', '-f', '-'], stdin: FLANNEL },
];
