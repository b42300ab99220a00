/**
 * What Go's decoder says of a KubeletConfiguration whose values have the wrong type, and what upstream's validation says of
 * values out of range. Models encoding/json's UnmarshalTypeError and pkg/kubelet/apis/config/validation of 1.33.
 */
import { isObject } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { parseDuration } from '../../base/duration.ts';

const words = (text: string): readonly string[] => text.split(/\s+/);
const INT32 = words('port readOnlyPort registryPullQPS registryBurst eventRecordQPS eventBurst healthzPort oomScoreAdj nodeLeaseDurationSeconds imageGCHighThresholdPercent imageGCLowThresholdPercent maxPods nodeStatusMaxImages kubeAPIQPS kubeAPIBurst maxParallelImagePulls evictionMaxPodGracePeriod podsPerCore iptablesMasqueradeBit iptablesDropBit containerLogMaxFiles containerLogMaxWorkers');
const INT64 = words('podPidsLimit maxOpenFiles');
const BOOL = words('enableServer rotateCertificates serverTLSBootstrap enableDebuggingHandlers enableContentionProfiling cgroupsPerQOS cpuCFSQuota serializeImagePulls enableControllerAttachDetach protectKernelDefaults makeIPTablesUtilChains failSwapOn kernelMemcgNotification seccompDefault registerNode localStorageCapacityIsolation failCgroupV1 enableSystemLogHandler');
const STRING = words('staticPodPath podLogsDir staticPodURL address tlsCertFile tlsPrivateKeyFile tlsMinVersion clusterDomain kubeletCgroups systemCgroups cgroupRoot cgroupDriver cpuManagerPolicy memoryManagerPolicy topologyManagerPolicy topologyManagerScope hairpinMode podCIDR resolvConf contentType containerLogMaxSize reservedSystemCPUs volumePluginDir providerID containerRuntimeEndpoint imageServiceEndpoint healthzBindAddress');
const STRINGS = words('clusterDNS tlsCipherSuites enforceNodeAllocatable allowedUnsafeSysctls');
const DURATION = words('syncFrequency fileCheckFrequency httpCheckFrequency streamingConnectionIdleTimeout nodeStatusUpdateFrequency nodeStatusReportFrequency imageMinimumGCAge imageMaximumGCAge volumeStatsAggPeriod cpuManagerReconcilePeriod runtimeRequestTimeout cpuCFSQuotaPeriod evictionPressureTransitionPeriod shutdownGracePeriod shutdownGracePeriodCriticalPods containerLogMonitorInterval');

const goKind = (value: Json): string => (Array.isArray(value) ? 'array' : isObject(value) ? 'object' : typeof value === 'boolean' ? 'bool' : typeof value);
const mismatch = (value: Json, where: string, type: string): string => `json: cannot unmarshal ${goKind(value)} into Go struct field ${where} of type ${type}`;

function fieldProblem(name: string, value: Json): string | null {
  const wrong = (type: string): string => mismatch(value, `KubeletConfiguration.${name}`, type);
  for (const [names, kind, type] of [[INT32, 'number', 'int32'], [INT64, 'number', 'int64'], [BOOL, 'bool', 'bool'], [STRING, 'string', 'string'], [STRINGS, 'array', '[]string']] as const) {
    if (names.includes(name)) return goKind(value) === kind ? null : wrong(type);
  }
  if (!DURATION.includes(name)) return null;
  if (typeof value !== 'string') return `json: cannot unmarshal ${goKind(value)} into Go value of type string`;
  if (parseDuration(value) !== null) return null;
  return /^[+-]?[\d.]+$/.test(value) ? `time: missing unit in duration ${JSON.stringify(value)}` : `time: invalid duration ${JSON.stringify(value)}`;
}

/** The first value that Go would refuse, in its words; null when all fit. */
export function typeProblem(config: JsonObject): string | null {
  for (const [name, value] of Object.entries(config)) {
    if (value === null || value === undefined) continue;
    const problem = fieldProblem(name, value);
    if (problem !== null) return problem;
  }
  for (const part of ['authentication', 'authorization'] as const) {
    const value = config[part];
    if (value !== undefined && value !== null && !isObject(value)) return mismatch(value, `KubeletConfiguration.${part}`, `v1beta1.Kubelet${part === 'authentication' ? 'Authentication' : 'Authorization'}`);
  }
  return null;
}

const within = (config: JsonObject, name: string, flag: string, low: number, high: number): readonly string[] => {
  const value = config[name];
  return typeof value === 'number' && (value < low || value > high) ? [`invalid configuration: ${name} (${flag}) ${value} must be between ${low} and ${high}, inclusive`] : [];
};

/** Values out of range, as `failed to validate kubelet configuration, error: [...]` lists them. */
export function rangeProblems(config: JsonObject): readonly string[] {
  const [high, low] = [config['imageGCHighThresholdPercent'] ?? 85, config['imageGCLowThresholdPercent'] ?? 80];
  const hairpin = config['hairpinMode'];
  return [
    ...within(config, 'imageGCHighThresholdPercent', '--image-gc-high-threshold', 0, 100), ...within(config, 'imageGCLowThresholdPercent', '--image-gc-low-threshold', 0, 100),
    ...(typeof high === 'number' && typeof low === 'number' && low >= high ? [`invalid configuration: imageGCLowThresholdPercent (--image-gc-low-threshold) ${low} must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) ${high}`] : []),
    ...within(config, 'oomScoreAdj', '--oom-score-adj', -1000, 1000), ...within(config, 'readOnlyPort', '--read-only-port', 0, 65535),
    ...(typeof hairpin === 'string' && hairpin !== '' && !['none', 'hairpin-veth', 'promiscuous-bridge'].includes(hairpin) ? [`invalid configuration: option ${JSON.stringify(hairpin)} specified for hairpinMode (--hairpin-mode). Valid options are "none", "hairpin-veth" or "promiscuous-bridge"`] : []),
  ];
}
