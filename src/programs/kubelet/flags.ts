/** kubelet's flags: upstream's names and types. Those with a field in the configuration file are marked deprecated when given. */
import type { FlagSpec, FlagType, FlagValue } from '../../lib/flags/index.ts';
import { flagSet } from '../../lib/flags/index.ts';

const EMPTY: Readonly<Partial<Record<FlagType, FlagValue>>> = { string: '', bool: false, int: 0, int32: 0, int64: 0, uint: 0, uint32: 0, float64: 0, duration: 0, list: [], array: [], map: {}, boolMap: {}, ip: '', cidr: '', count: 0, severity: 0 };

const NAMES: Readonly<Partial<Record<FlagType, string>>> = {
  string: `authorization-mode boot-id-file cert-dir cgroup-driver cgroup-root client-ca-file cloud-config cloud-provider cluster-domain config config-dir container-hints container-log-max-size container-runtime-endpoint containerd containerd-namespace
    cpu-manager-policy event-storage-age-limit event-storage-event-limit experimental-mounter-path hairpin-mode hostname-override image-credential-provider-bin-dir image-credential-provider-config image-service-endpoint kube-api-content-type
    kube-reserved-cgroup kubeconfig bootstrap-kubeconfig kubelet-cgroups lock-file log-json-info-buffer-size log-text-info-buffer-size logging-format machine-id-file manifest-url memory-manager-policy node-ip pod-cidr pod-infra-container-image pod-manifest-path provider-id
    reserved-cpus resolv-conf root-dir runtime-cgroups storage-driver-db storage-driver-host storage-driver-password storage-driver-table storage-driver-user system-cgroups system-reserved-cgroup tls-cert-file tls-min-version tls-private-key-file
    topology-manager-policy topology-manager-scope vmodule volume-plugin-dir`,
  bool: `anonymous-auth authentication-token-webhook cgroups-per-qos contention-profiling cpu-cfs-quota enable-controller-attach-detach enable-debugging-handlers enable-load-reader enable-server exit-on-lock-contention experimental-allocatable-ignore-eviction
    fail-cgroupv1 fail-swap-on keep-terminated-pod-volumes kernel-memcg-notification local-storage-capacity-isolation log-cadvisor-usage log-json-split-stream log-text-split-stream make-iptables-util-chains protect-kernel-defaults register-node register-schedulable
    rotate-certificates rotate-server-certificates runonce seccomp-default serialize-image-pulls storage-driver-secure`,
  int32: `application-metrics-count-limit container-log-max-files event-burst event-qps eviction-max-pod-grace-period healthz-port image-gc-high-threshold image-gc-low-threshold kube-api-burst kube-api-qps max-pods maximum-dead-containers
    maximum-dead-containers-per-container node-status-max-images oom-score-adj pods-per-core port read-only-port registry-burst registry-qps`,
  int64: 'max-open-files pod-max-pids',
  duration: `authentication-token-webhook-cache-ttl authorization-webhook-cache-authorized-ttl authorization-webhook-cache-unauthorized-ttl cpu-cfs-quota-period cpu-manager-reconcile-period eviction-pressure-transition-period file-check-frequency global-housekeeping-interval
    housekeeping-interval http-check-frequency log-flush-frequency minimum-container-ttl-duration minimum-image-ttl-duration node-status-update-frequency runtime-request-timeout storage-driver-buffer-duration streaming-connection-idle-timeout sync-frequency volume-stats-agg-period`,
  list: 'allowed-unsafe-sysctls cluster-dns enforce-node-allocatable tls-cipher-suites',
  map: 'eviction-hard eviction-minimum-reclaim eviction-soft eviction-soft-grace-period kube-reserved system-reserved node-labels qos-reserved cpu-manager-policy-options topology-manager-policy-options manifest-url-header reserved-memory register-with-taints',
  boolMap: 'feature-gates', ip: 'address healthz-bind-address', count: '', severity: 'v',
} as Readonly<Partial<Record<FlagType, string>>>;

/** Flags that upstream has no field for in the configuration file, or does not call deprecated. */
const KEPT = new Set(['authorization-mode', 'bootstrap-kubeconfig', 'cert-dir', 'config', 'config-dir', 'cloud-config', 'exit-on-lock-contention', 'hostname-override', 'image-credential-provider-bin-dir', 'image-credential-provider-config', 'kubeconfig', 'lock-file', 'node-ip', 'node-labels',
  'root-dir', 'runtime-cgroups', 'v', 'vmodule', 'log-flush-frequency', 'logging-format', 'log-json-info-buffer-size', 'log-json-split-stream', 'log-text-info-buffer-size', 'log-text-split-stream']);

const FILE = `This parameter should be set via the config file specified by the Kubelet's --config flag. See https://kubernetes.io/docs/tasks/administer-cluster/kubelet-config-file/ for more information.`;
const OTHER: Readonly<Record<string, string>> = {
  'pod-infra-container-image': 'will be removed in 1.35. Image garbage collector will get sandbox image information from CRI.',
  'cloud-provider': 'will be removed in 1.24 or later, in favor of removing cloud provider code from Kubelet.',
  'maximum-dead-containers': 'Use --eviction-hard or --eviction-soft instead. Will be removed in a future version.',
  'minimum-container-ttl-duration': 'Use --eviction-hard or --eviction-soft instead. Will be removed in a future version.',
};

function specs(): readonly FlagSpec[] {
  const all: FlagSpec[] = [{ name: 'version', type: 'bool', default: false, usage: '' }, { name: 'help', shorthand: 'h', type: 'bool', default: false, usage: '' }];
  for (const [type, names] of Object.entries(NAMES) as [FlagType, string][]) {
    for (const name of names.split(/\s+/).filter((it) => it !== '')) {
      const deprecated = OTHER[name] ?? (KEPT.has(name) ? undefined : FILE);
      all.push({ name, type, default: EMPTY[type] ?? '', usage: '', ...(name === 'v' ? { shorthand: 'v' } : {}), ...(deprecated === undefined ? {} : { deprecated }) });
    }
  }
  return all;
}

export const kubeletFlags = () => flagSet(specs());
