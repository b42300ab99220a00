/** What kubeadm init leaves for the kubelet in /var/lib/kubelet. Models phases/kubelet/{config,flags}.go. */
import { spawn, wait, write, writeFile, type Coroutine } from '../../kernel/sys.ts';
import { makeDirs } from './phases.ts';

/** config.yaml: v1beta1 with all zero durations, keys sorted; also the content of ConfigMap kube-system/kubelet-config. */
export const KUBELET_CONFIG = `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 0s
    enabled: true
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
authorization:
  mode: Webhook
  webhook:
    cacheAuthorizedTTL: 0s
    cacheUnauthorizedTTL: 0s
cgroupDriver: systemd
clusterDNS:
- 10.96.0.10
clusterDomain: cluster.local
containerRuntimeEndpoint: ""
cpuManagerReconcilePeriod: 0s
crashLoopBackOff: {}
evictionPressureTransitionPeriod: 0s
fileCheckFrequency: 0s
healthzBindAddress: 127.0.0.1
healthzPort: 10248
httpCheckFrequency: 0s
imageMaximumGCAge: 0s
imageMinimumGCAge: 0s
kind: KubeletConfiguration
logging:
  flushFrequency: 0
  options:
    json:
      infoBufferSize: "0"
    text:
      infoBufferSize: "0"
  verbosity: 0
memorySwap: {}
nodeStatusReportFrequency: 0s
nodeStatusUpdateFrequency: 0s
rotateCertificates: true
runtimeRequestTimeout: 0s
shutdownGracePeriod: 0s
shutdownGracePeriodCriticalPods: 0s
staticPodPath: /etc/kubernetes/manifests
streamingConnectionIdleTimeout: 0s
syncFrequency: 0s
volumeStatsAggPeriod: 0s
`;

export const KUBEADM_FLAGS = 'KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///run/containerd/containerd.sock --pod-infra-container-image=registry.k8s.io/pause:3.10"\n';

/** Writes both files and starts the kubelet, as the phase kubelet-start does. */
export function* startKubelet(criSocket: string): Coroutine<void> {
  const systemctl = function* (...words: string[]) { yield* wait(yield* spawn({ path: '/usr/bin/systemctl', argv: ['systemctl', ...words] })); };
  yield* systemctl('stop', 'kubelet');
  yield* write(1, '[kubelet-start] Writing kubelet environment file with flags to file "/var/lib/kubelet/kubeadm-flags.env"\n');
  yield* makeDirs('/var/lib/kubelet');
  yield* writeFile('/var/lib/kubelet/kubeadm-flags.env', KUBEADM_FLAGS.replace('unix:///run/containerd/containerd.sock', criSocket), 0o644);
  yield* write(1, '[kubelet-start] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml"\n');
  yield* writeFile('/var/lib/kubelet/config.yaml', KUBELET_CONFIG, 0o644);
  yield* write(1, '[kubelet-start] Starting the kubelet\n');
  yield* systemctl('daemon-reload');
  yield* systemctl('start', 'kubelet');
}
