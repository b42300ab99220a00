/**
 * KubeletConfiguration: reading, defaulting, validating; with upstream's error texts.
 * Models pkg/kubelet/kubeletconfig/configfiles and apis/config/v1beta1/defaults.go. Only the fields that change something here are kept.
 */
import { isObject } from '../../base/json.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { parseDuration } from '../../base/duration.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { parseYaml, YamlError } from '../../base/yaml.ts';
import type { Bytes } from '../../kernel/sys.ts';
import type { ParsedFlags } from '../../lib/flags/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { rangeProblems, typeProblem } from './configtypes.ts';

/** Everything a kubelet knows from its command line and files; in the table `config` for all threads. */
export interface Settings {
  readonly nodeName: string; readonly nodeIp: string; readonly startedAt: number;
  readonly staticPodPath: string; readonly fileCheckUs: number; readonly clusterDns: readonly string[]; readonly clusterDomain: string; readonly resolvConf: string;
  readonly endpoint: string; readonly address: string; readonly port: number; readonly healthzAddress: string; readonly healthzPort: number;
  readonly clientCaPem: Bytes | null; readonly anonymous: boolean; readonly webhook: boolean; readonly maxPods: number; readonly rootDir: string;
  readonly nodeLabels: Readonly<Record<string, string>>; readonly registerNode: boolean; readonly kubeconfig: string; readonly rest: RestConfig | null;
  readonly certPem: Bytes; readonly keyPem: Bytes; readonly cgroupDriver: string; readonly failSwapOn: boolean; readonly statusUpdateUs: number; readonly statusReportUs: number;
}

const FIELDS = `enableServer staticPodPath podLogsDir syncFrequency fileCheckFrequency httpCheckFrequency staticPodURL staticPodURLHeader address port readOnlyPort tlsCertFile tlsPrivateKeyFile tlsCipherSuites tlsMinVersion rotateCertificates serverTLSBootstrap authentication
  authorization registryPullQPS registryBurst imagePullCredentialsVerificationPolicy preloadedImagesVerificationAllowlist eventRecordQPS eventBurst enableDebuggingHandlers enableContentionProfiling healthzPort healthzBindAddress oomScoreAdj clusterDomain clusterDNS streamingConnectionIdleTimeout
  nodeStatusUpdateFrequency nodeStatusReportFrequency nodeLeaseDurationSeconds imageMinimumGCAge imageMaximumGCAge imageGCHighThresholdPercent imageGCLowThresholdPercent volumeStatsAggPeriod kubeletCgroups systemCgroups cgroupRoot cgroupsPerQOS cgroupDriver
  singleProcessOOMKill cpuManagerPolicy cpuManagerPolicyOptions cpuManagerReconcilePeriod memoryManagerPolicy topologyManagerPolicy topologyManagerScope topologyManagerPolicyOptions qosReserved runtimeRequestTimeout hairpinMode maxPods podCIDR podPidsLimit resolvConf runOnce
  cpuCFSQuota cpuCFSQuotaPeriod nodeStatusMaxImages maxOpenFiles contentType kubeAPIQPS kubeAPIBurst serializeImagePulls maxParallelImagePulls evictionHard evictionSoft evictionSoftGracePeriod evictionPressureTransitionPeriod evictionMaxPodGracePeriod evictionMinimumReclaim
  mergeDefaultEvictionSettings podsPerCore enableControllerAttachDetach protectKernelDefaults makeIPTablesUtilChains iptablesMasqueradeBit iptablesDropBit featureGates failSwapOn memorySwap containerLogMaxSize containerLogMaxFiles containerLogMaxWorkers containerLogMonitorInterval
  configMapAndSecretChangeDetectionStrategy systemReserved kubeReserved reservedSystemCPUs showHiddenMetricsForVersion systemReservedCgroup kubeReservedCgroup enforceNodeAllocatable allowedUnsafeSysctls volumePluginDir providerID kernelMemcgNotification logging
  enableSystemLogHandler enableSystemLogQuery shutdownGracePeriod shutdownGracePeriodCriticalPods shutdownGracePeriodByPodPriority crashLoopBackOff reservedMemory enableProfilingHandler enableDebugFlagsHandler seccompDefault memoryThrottlingFactor registerWithTaints registerNode
  tracing localStorageCapacityIsolation containerRuntimeEndpoint imageServiceEndpoint failCgroupV1 userNamespaces kind apiVersion`.split(/\s+/);

export type Loaded = { readonly config: JsonObject; readonly warning: string | null } | { readonly error: string };

/** Parses the file's text. Errors are the part behind `failed to load Kubelet config file …, error `. */
export function parseConfig(data: Bytes, path: string): Loaded {
  if (data.length === 0) return { error: `kubelet config file "${path}" was empty` };
  let value: Json;
  try {
    value = parseYaml(decodeUtf8(data));
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    return { error: `failed to decode: converting YAML to JSON: ${caught.message}`.replace('failed to decode: ', 'failed to decode: ') };
  }
  if (!isObject(value)) return { error: `failed to decode: Object 'Kind' is missing in '${value === null ? 'null' : JSON.stringify(value)}'` };
  const [kind, version] = [value['kind'], value['apiVersion']];
  if (kind === undefined) return { error: `failed to decode: Object 'Kind' is missing in '${JSON.stringify(value)}'` };
  if (kind !== 'KubeletConfiguration' || version !== 'kubelet.config.k8s.io/v1beta1') {
    return { error: `failed to decode: no kind "${String(kind)}" is registered for version "${String(version)}" in scheme "pkg/kubelet/apis/config/scheme/scheme.go:33"` };
  }
  const wrong = typeProblem(value);
  if (wrong !== null) return { error: `failed to decode: ${wrong}` };
  const strangers = Object.keys(value).filter((key) => !FIELDS.includes(key));
  return { config: value, warning: strangers.length === 0 ? null : `strict decoding error: ${strangers.map((key) => `unknown field "${key}"`).join(', ')}` };
}

const text = (value: Json | undefined, fallback: string): string => (typeof value === 'string' && value !== '' ? value : fallback);
const number = (value: Json | undefined, fallback: number): number => (typeof value === 'number' && value !== 0 ? value : fallback);
const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const flag = (value: Json | undefined, fallback: boolean): boolean => (typeof value === 'boolean' ? value : fallback);
function duration(value: Json | undefined, fallback: number): number {
  const parsed = typeof value === 'string' ? parseDuration(value) : null;
  return parsed === null || parsed === 0 ? fallback : parsed;
}

/** What the flags and the file say together: a flag wins over the file, the file over the default. */
export function merge(config: JsonObject, flags: ParsedFlags): Omit<Settings, 'nodeName' | 'nodeIp' | 'startedAt' | 'clientCaPem' | 'rest' | 'certPem' | 'keyPem'> & { readonly clientCaFile: string; readonly certFile: string; readonly keyFile: string } {
  const given = <T>(name: string, value: T, fallback: T): T => (flags.changed(name) ? value : fallback);
  const auth = object(config['authentication']);
  const dns = Array.isArray(config['clusterDNS']) ? (config['clusterDNS'] as readonly string[]) : [];
  return {
    staticPodPath: given('pod-manifest-path', flags.string('pod-manifest-path'), text(config['staticPodPath'], '')), fileCheckUs: given('file-check-frequency', flags.number('file-check-frequency'), duration(config['fileCheckFrequency'], 20_000_000)),
    clusterDns: given('cluster-dns', flags.list('cluster-dns'), dns), clusterDomain: given('cluster-domain', flags.string('cluster-domain'), text(config['clusterDomain'], '')), resolvConf: given('resolv-conf', flags.string('resolv-conf'), text(config['resolvConf'], '/etc/resolv.conf')),
    endpoint: given('container-runtime-endpoint', flags.string('container-runtime-endpoint'), text(config['containerRuntimeEndpoint'], 'unix:///run/containerd/containerd.sock')),
    address: given('address', flags.string('address'), text(config['address'], '0.0.0.0')), port: given('port', flags.number('port'), number(config['port'], 10250)),
    healthzAddress: given('healthz-bind-address', flags.string('healthz-bind-address'), text(config['healthzBindAddress'], '127.0.0.1')), healthzPort: given('healthz-port', flags.number('healthz-port'), typeof config['healthzPort'] === 'number' ? config['healthzPort'] : 10248),
    anonymous: given('anonymous-auth', flags.bool('anonymous-auth'), flag(object(auth['anonymous'])['enabled'], false)), webhook: given('authentication-token-webhook', flags.bool('authentication-token-webhook'), flag(object(auth['webhook'])['enabled'], true)),
    clientCaFile: given('client-ca-file', flags.string('client-ca-file'), text(object(auth['x509'])['clientCAFile'], '')), maxPods: given('max-pods', flags.number('max-pods'), number(config['maxPods'], 110)),
    rootDir: given('root-dir', flags.string('root-dir'), '/var/lib/kubelet'), nodeLabels: flags.map('node-labels'), registerNode: given('register-node', flags.bool('register-node'), flag(config['registerNode'], true)), kubeconfig: flags.string('kubeconfig'),
    certFile: given('tls-cert-file', flags.string('tls-cert-file'), text(config['tlsCertFile'], '/var/lib/kubelet/pki/kubelet.crt')), keyFile: given('tls-private-key-file', flags.string('tls-private-key-file'), text(config['tlsPrivateKeyFile'], '/var/lib/kubelet/pki/kubelet.key')),
    cgroupDriver: given('cgroup-driver', flags.string('cgroup-driver'), text(config['cgroupDriver'], 'cgroupfs')), failSwapOn: given('fail-swap-on', flags.bool('fail-swap-on'), flag(config['failSwapOn'], true)),
    statusUpdateUs: given('node-status-update-frequency', flags.number('node-status-update-frequency'), duration(config['nodeStatusUpdateFrequency'], 10_000_000)), statusReportUs: duration(config['nodeStatusReportFrequency'], 300_000_000),
  };
}

/** Invalid values, as upstream lists them in `failed to validate kubelet configuration, error: [...]`. */
export function configProblems(config: JsonObject, merged: { readonly port: number; readonly healthzPort: number; readonly cgroupDriver: string; readonly maxPods: number }): readonly string[] {
  const problems: string[] = [...rangeProblems(config)];
  if (merged.healthzPort < 0 || merged.healthzPort > 65535) problems.push(`invalid configuration: healthzPort (--healthz-port) ${merged.healthzPort} must be between 1 and 65535, inclusive`);
  if (merged.port < 1 || merged.port > 65535) problems.push(`invalid configuration: port (--port) ${merged.port} must be between 1 and 65535, inclusive`);
  if (merged.maxPods < 0) problems.push(`invalid configuration: maxPods (--max-pods) ${merged.maxPods} must not be a negative number`);
  const address = config['address'];
  if (typeof address === 'string' && address !== '' && !/^[\d.]+$|:/.test(address)) problems.push(`invalid configuration: address (--address) ${JSON.stringify(address)} must be a valid IP address`);
  return problems;
}
