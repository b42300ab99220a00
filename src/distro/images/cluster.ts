/** The images that a kubeadm cluster is made of. Ids and sizes of the control plane are the recorded cluster's. */
import type { Entry } from './entry.ts';
import { alpine, binary, distroless } from './trees.ts';

const control = (name: string, id: string, size: number): Entry => ({
  refs: [`registry.k8s.io/${name}:v1.33.0`], id, size, files: () => distroless({ [`/usr/local/bin/${name}`]: binary(name, Math.round(size * 0.72)), '/go-runner': binary('go-runner', 1_500_000) }),
  entrypoint: [`/usr/local/bin/${name}`], workingDir: '/', env: ['SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'],
});
const etcd = (tag: string, id: string | undefined, size: number): Entry => ({
  refs: [`registry.k8s.io/etcd:${tag}`], ...(id === undefined ? {} : { id }), size, entrypoint: [],
  cmd: ['/usr/local/bin/etcd'], files: () => distroless({ '/usr/local/bin/etcd': binary('etcd', 24_000_000), '/usr/local/bin/etcdctl': binary('etcdctl', 18_000_000), '/usr/local/bin/etcdutl': binary('etcdutl', 15_000_000) }),
});
const pause = (tag: string, size: number): Entry => ({ refs: [`registry.k8s.io/pause:${tag}`], size, user: '65535:65535', entrypoint: ['/pause'], files: () => distroless({ '/pause': binary('pause', 532_000) }) });
const coredns = (tag: string, size: number): Entry => ({ refs: [`registry.k8s.io/coredns/coredns:${tag}`], size, entrypoint: ['/coredns'], user: 'nonroot:nonroot', workingDir: '/', files: () => distroless({ '/coredns': binary('coredns', 58_000_000) }) });

export const CLUSTER: readonly Entry[] = [
  control('kube-apiserver', '00a1a6b081e239b3f2e4ae5b53b1d7e57874ea84fdca54fb99340e21c67c0f0e', 113_582_840),
  control('kube-controller-manager', '509321ddb2f7f752f78570f690e45f8d351241376742f916f77c35f94a492af8', 101_960_440),
  control('kube-scheduler', 'a20a70f5eae24b344c9ac5004340339d5af5547b4104bd3955b9ce7e8ae9f2e7', 71_066_339),
  control('kube-proxy', '30bb895af36cfacafdd2cd4a8ff290e6aabadf26179367d36011d3d24a1a0d04', 76_780_279),
  etcd('3.5.21-0', '031e7a4087d1d8ca6a78c65fbf969e30f096c71a22917135eda16c87727efb41', 65_239_779),
  etcd('3.5.24-0', undefined, 65_311_204),
  pause('3.10', 320_368), pause('3.9', 321_520), pause('3.8', 311_286),
  coredns('v1.10.1', 16_190_758), coredns('v1.12.0', 20_939_036),
  { refs: ['ghcr.io/flannel-io/flannel:v0.26.7'], size: 32_389_164, entrypoint: ['/opt/bin/flanneld'], files: () => alpine('3.21.3', { '/opt/bin/flanneld': binary('flanneld', 41_000_000) }) },
  { refs: ['ghcr.io/flannel-io/flannel-cni-plugin:v1.6.2-flannel1'], size: 4_900_233, files: () => alpine('3.21.3', { '/flannel': binary('flannel', 2_900_000) }) },
];
