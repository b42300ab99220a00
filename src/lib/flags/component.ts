/**
 * The flags that Kubernetes components share (k8s.io/component-base, apiserver options of 1.33), by the section of the usage text
 * they stand in, and that usage text.
 */
import type { FlagSpec, FlagType, FlagValue } from './types.ts';
import { flagSet } from './set.ts';
import { flagUsages } from './usage.ts';

export interface FlagSection { readonly title: string; readonly flags: readonly FlagSpec[] }

const US = 1e6;

/** One row of a flag table. */
export const flag = (name: string, type: FlagType, defaultValue: FlagValue, usage: string, more: Partial<FlagSpec> = {}): FlagSpec => ({ name, type, default: defaultValue, usage, ...more });

export const secureServingFlags = (port: number): FlagSection => ({ title: 'secure serving', flags: [
  flag('bind-address', 'ip', '0.0.0.0', 'The IP address on which to listen for the --secure-port port. The associated interface(s) must be reachable by the rest of the cluster, and by CLI/web clients. If blank or an unspecified address (0.0.0.0 or ::), all interfaces and IP address families will be used.'),
  flag('cert-dir', 'string', '', 'The directory where the TLS certs are located. If --tls-cert-file and --tls-private-key-file are provided, this flag will be ignored.'),
  flag('disable-http2-serving', 'bool', false, 'If true, HTTP2 serving will be disabled [default=false]'),
  flag('http2-max-streams-per-connection', 'int', 0, "The limit that the server gives to clients for the maximum number of streams in an HTTP/2 connection. Zero means to use golang's default."),
  flag('permit-address-sharing', 'bool', false, 'If true, SO_REUSEADDR will be used when binding the port. This allows binding to wildcard IPs like 0.0.0.0 and specific IPs in parallel, and it avoids waiting for the kernel to release sockets in TIME_WAIT state. [default=false]'),
  flag('permit-port-sharing', 'bool', false, 'If true, SO_REUSEPORT will be used when binding the port, which allows more than one instance to bind on the same address and port. [default=false]'),
  flag('secure-port', 'int', port, "The port on which to serve HTTPS with authentication and authorization. If 0, don't serve HTTPS at all."),
  flag('tls-cert-file', 'string', '', 'File containing the default x509 Certificate for HTTPS. (CA cert, if any, concatenated after server cert). If HTTPS serving is enabled, and --tls-cert-file and --tls-private-key-file are not provided, a self-signed certificate and key are generated for the public address and saved to the directory specified by --cert-dir.'),
  flag('tls-cipher-suites', 'list', [], 'Comma-separated list of cipher suites for the server. If omitted, the default Go cipher suites will be used.'),
  flag('tls-min-version', 'string', '', 'Minimum TLS version supported. Possible values: VersionTLS10, VersionTLS11, VersionTLS12, VersionTLS13'),
  flag('tls-private-key-file', 'string', '', 'File containing the default x509 private key matching --tls-cert-file.'),
  flag('tls-sni-cert-key', 'array', [], 'A pair of x509 certificate and private key file paths, optionally suffixed with a list of domain patterns which are fully qualified domain names, possibly with prefixed wildcard segments.', { valueName: 'namedCertKey', defaultText: '[]' }),
] });

export const authenticationFlags: FlagSection = { title: 'authentication', flags: [
  flag('authentication-kubeconfig', 'string', '', "kubeconfig file pointing at the 'core' kubernetes server with enough rights to create tokenreviews.authentication.k8s.io. This is optional. If empty, all token requests are considered to be anonymous and no client CA is looked up in the cluster."),
  flag('authentication-skip-lookup', 'bool', false, 'If false, the authentication-kubeconfig will be used to lookup missing authentication configuration from the cluster.'),
  flag('authentication-token-webhook-cache-ttl', 'duration', 10 * US, 'The duration to cache responses from the webhook token authenticator.'),
  flag('authentication-tolerate-lookup-failure', 'bool', true, 'If true, failures to look up missing authentication configuration from the cluster are not considered fatal. Note that this can result in authentication that treats all requests as anonymous.'),
  flag('client-ca-file', 'string', '', 'If set, any request presenting a client certificate signed by one of the authorities in the client-ca-file is authenticated with an identity corresponding to the CommonName of the client certificate.'),
  flag('requestheader-allowed-names', 'list', [], 'List of client certificate common names to allow to provide usernames in headers specified by --requestheader-username-headers. If empty, any client certificate validated by the authorities in --requestheader-client-ca-file is allowed.'),
  flag('requestheader-client-ca-file', 'string', '', 'Root certificate bundle to use to verify client certificates on incoming requests before trusting usernames in headers specified by --requestheader-username-headers. WARNING: generally do not depend on authorization being already done for incoming requests.'),
  flag('requestheader-extra-headers-prefix', 'list', ['x-remote-extra-'], 'List of request header prefixes to inspect. X-Remote-Extra- is suggested.'),
  flag('requestheader-group-headers', 'list', ['x-remote-group'], 'List of request headers to inspect for groups. X-Remote-Group is suggested.'),
  flag('requestheader-uid-headers', 'list', [], 'List of request headers to inspect for UIDs. X-Remote-Uid is suggested. Requires the RemoteRequestHeaderUID feature to be enabled.'),
  flag('requestheader-username-headers', 'list', ['x-remote-user'], 'List of request headers to inspect for usernames. X-Remote-User is common.'),
] };

export const authorizationFlags: FlagSection = { title: 'authorization', flags: [
  flag('authorization-always-allow-paths', 'list', ['/healthz', '/readyz', '/livez'], "A list of HTTP paths to skip during authorization, i.e. these are authorized without contacting the 'core' kubernetes server."),
  flag('authorization-kubeconfig', 'string', '', "kubeconfig file pointing at the 'core' kubernetes server with enough rights to create subjectaccessreviews.authorization.k8s.io. This is optional. If empty, all requests not skipped by authorization are forbidden."),
  flag('authorization-webhook-cache-authorized-ttl', 'duration', 10 * US, "The duration to cache 'authorized' responses from the webhook authorizer."),
  flag('authorization-webhook-cache-unauthorized-ttl', 'duration', 10 * US, "The duration to cache 'unauthorized' responses from the webhook authorizer."),
] };

export const leaderElectionFlags = (name: string): readonly FlagSpec[] => [
  flag('leader-elect', 'bool', true, 'Start a leader election client and gain leadership before executing the main loop. Enable this when running replicated components for high availability.'),
  flag('leader-elect-lease-duration', 'duration', 15 * US, 'The duration that non-leader candidates will wait after observing a leadership renewal until attempting to acquire leadership of a led but unrenewed leader slot. This is effectively the maximum duration that a leader can be stopped before it is replaced by another candidate. This is only applicable if leader election is enabled.'),
  flag('leader-elect-renew-deadline', 'duration', 10 * US, 'The interval between attempts by the acting master to renew a leadership slot before it stops leading. This must be less than the lease duration. This is only applicable if leader election is enabled.'),
  flag('leader-elect-resource-lock', 'string', 'leases', "The type of resource object that is used for locking during leader election. Supported options are 'leases'."),
  flag('leader-elect-resource-name', 'string', name, 'The name of resource object that is used for locking during leader election.'),
  flag('leader-elect-resource-namespace', 'string', 'kube-system', 'The namespace of resource object that is used for locking during leader election.'),
  flag('leader-elect-retry-period', 'duration', 2 * US, 'The duration the clients should wait between attempting acquisition and renewal of a leadership. This is only applicable if leader election is enabled.'),
];

export const metricsFlags: FlagSection = { title: 'metrics', flags: [
  flag('allow-metric-labels', 'map', {}, "The map from metric-label to value allow-list of this label. The key's format is <MetricName>,<LabelName>. The value's format is <allowed_value>,<allowed_value>...e.g. metric1,label1='v1,v2,v3', metric1,label2='v1,v2,v3' metric2,label1='v1,v2,v3'.", { defaultText: '[]' }),
  flag('allow-metric-labels-manifest', 'string', '', 'The path to the manifest file that contains the allow-list mapping. The format of the file is the same as the flag --allow-metric-labels. Note that the flag --allow-metric-labels will override the manifest file.'),
  flag('disabled-metrics', 'list', [], 'This flag provides an escape hatch for misbehaving metrics. You must provide the fully qualified metric name in order to disable it. Disclaimer: disabling metrics is higher in precedence than showing hidden metrics.'),
  flag('show-hidden-metrics-for-version', 'string', '', "The previous version for which you want to show hidden metrics. Only the previous minor version is meaningful, other values will not be allowed. The format is <major>.<minor>, e.g.: '1.16'. The purpose of this format is make sure you have the opportunity to notice if the next release hides additional metrics, rather than being surprised when they are permanently removed in the release after that."),
] };

export const loggingFlags: FlagSection = { title: 'logs', flags: [
  flag('log-flush-frequency', 'duration', 5 * US, 'Maximum number of seconds between log flushes'),
  flag('log-json-info-buffer-size', 'string', '0', '[Alpha] In JSON format with split output streams, the info messages can be buffered for a while to increase performance. The default value of zero bytes disables buffering. The size can be specified as number of bytes (512), multiples of 1000 (1K), multiples of 1024 (2Ki), or powers of those (3M, 4G, 5Mi, 6Gi). Enable the LoggingAlphaOptions feature gate to use this.', { valueName: 'quantity', defaultText: '' }),
  flag('log-json-split-stream', 'bool', false, '[Alpha] In JSON format, write error messages to stderr and info messages to stdout. The default is to write a single stream to stdout. Enable the LoggingAlphaOptions feature gate to use this.'),
  flag('log-text-info-buffer-size', 'string', '0', '[Alpha] In text format with split output streams, the info messages can be buffered for a while to increase performance. The default value of zero bytes disables buffering. The size can be specified as number of bytes (512), multiples of 1000 (1K), multiples of 1024 (2Ki), or powers of those (3M, 4G, 5Mi, 6Gi). Enable the LoggingAlphaOptions feature gate to use this.', { valueName: 'quantity', defaultText: '' }),
  flag('log-text-split-stream', 'bool', false, '[Alpha] In text format, write error messages to stderr and info messages to stdout. The default is to write a single stream to stdout. Enable the LoggingAlphaOptions feature gate to use this.'),
  flag('logging-format', 'string', 'text', 'Sets the log format. Permitted formats: "text".'),
  flag('v', 'severity', '', 'number for the log level verbosity', { shorthand: 'v', valueName: 'Level' }),
  flag('vmodule', 'string', '', 'comma-separated list of pattern=N settings for file-filtered logging (only works for text log format)', { valueName: 'pattern=N,...' }),
] };

export const globalFlags = (program: string): FlagSection => ({ title: 'global', flags: [
  flag('help', 'bool', false, `help for ${program}`, { shorthand: 'h' }),
  flag('version', 'string', 'false', '--version, --version=raw prints version information and quits; --version=vX.Y.Z... sets the reported version', { noOptDefault: 'true', valueName: 'version', defaultText: '' }),
] });

export const featureGateFlags: readonly FlagSpec[] = [
  flag('emulated-version', 'list', [], 'The versions different components emulate their capabilities (APIs, features, ...) of. If set, the component will emulate the behavior of this version instead of the underlying binary version. Version format could only be major.minor, for example: \'--emulated-version=wardle=1.2,kube=1.31\'.'),
  flag('feature-gates', 'array', [], 'Comma-separated list of component:key=value pairs that describe feature gates for alpha/experimental features of different components. If the component is not specified, defaults to "kube". This flag can be repeatedly invoked.', { valueName: 'colonSeparatedMultimapStringString' }),
];

/** Every flag of the sections as one set. */
export const sectionsSet = (sections: readonly FlagSection[]) => flagSet(sections.flatMap((section) => section.flags));

/** Usage as cliflag.PrintSections lays it out. */
export function sectionedUsage(useLine: string, sections: readonly FlagSection[]): string {
  const parts = sections.map((section) => `\n${section.title[0]!.toUpperCase()}${section.title.slice(1)} flags:\n\n${flagUsages(flagSet(section.flags))}`);
  return `Usage:\n  ${useLine}\n${parts.join('')}`;
}

const KNOWN_GATES = new Set([
  'AllAlpha', 'AllBeta', 'APIResponseCompression', 'APIServerIdentity', 'APIServerTracing', 'APIServingWithRoutine', 'AllowDNSOnlyNodeCSR', 'AllowInsecureKubeletCertificateSigningRequests', 'AllowServiceLBStatusOnNonLB',
  'AnonymousAuthConfigurableEndpoints', 'AnyVolumeDataSource', 'AuthorizeNodeWithSelectors', 'AuthorizeWithSelectors', 'BtreeWatchCache', 'CBORServingAndStorage', 'CPUManagerPolicyAlphaOptions', 'CPUManagerPolicyBetaOptions',
  'CPUManagerPolicyOptions', 'CSIMigrationPortworx', 'CSIVolumeHealth', 'ClientsAllowCBOR', 'ClientsPreferCBOR', 'CloudControllerManagerWebhook', 'ClusterTrustBundle', 'ClusterTrustBundleProjection', 'ComponentFlagz', 'ComponentStatusz',
  'ConcurrentWatchObjectDecode', 'ConsistentListFromCache', 'ContainerCheckpoint', 'ContainerStopSignals', 'ContextualLogging', 'CoordinatedLeaderElection', 'CrossNamespaceVolumeDataSource', 'CustomCPUCFSQuotaPeriod',
  'CustomResourceFieldSelectors', 'DRAAdminAccess', 'DRADeviceTaints', 'DRAPartitionableDevices', 'DRAPrioritizedList', 'DRAResourceClaimDeviceStatus', 'DeploymentReplicaSetTerminatingReplicas', 'DetectCacheInconsistency',
  'DisableAllocatorDualWrite', 'DisableCPUQuotaWithExclusiveCPUs', 'DisableNodeKubeProxyVersion', 'DynamicResourceAllocation', 'EventedPLEG', 'ExecProbeTimeout', 'ExternalServiceAccountTokenSigner', 'GitRepoVolumeDriver',
  'GracefulNodeShutdown', 'GracefulNodeShutdownBasedOnPodPriority', 'HPAConfigurableTolerance', 'HPAScaleToZero', 'HonorPVReclaimPolicy', 'ImageMaximumGCAge', 'ImageVolume', 'InPlacePodVerticalScaling',
  'InPlacePodVerticalScalingAllocatedStatus', 'InPlacePodVerticalScalingExclusiveCPUs', 'InPlacePodVerticalScalingExclusiveMemory', 'InTreePluginPortworxUnregister', 'InformerResourceVersion', 'JobBackoffLimitPerIndex', 'JobManagedBy',
  'JobPodReplacementPolicy', 'JobSuccessPolicy', 'KubeletCgroupDriverFromCRI', 'KubeletCrashLoopBackOffMax', 'KubeletEnsureSecretPulledImages', 'KubeletFineGrainedAuthz', 'KubeletInUserNamespace', 'KubeletPSI',
  'KubeletPodResourcesDynamicResources', 'KubeletPodResourcesGet', 'KubeletRegistrationGetOnExistsOnly', 'KubeletSeparateDiskGC', 'KubeletServiceAccountTokenForCredentialProviders', 'KubeletTracing', 'ListFromCacheSnapshot',
  'LocalStorageCapacityIsolationFSQuotaMonitoring', 'LogarithmicScaleDown', 'LoggingAlphaOptions', 'LoggingBetaOptions', 'MatchLabelKeysInPodAffinity', 'MatchLabelKeysInPodTopologySpread', 'MaxUnavailableStatefulSet', 'MemoryManager',
  'MemoryQoS', 'MultiCIDRServiceAllocator', 'MutableCSINodeAllocatableCount', 'MutatingAdmissionPolicy', 'NFTablesProxyMode', 'NodeInclusionPolicyInPodTopologySpread', 'NodeLogQuery', 'NodeSwap', 'OpenAPIEnums', 'OrderedNamespaceDeletion',
  'PodAndContainerStatsFromCRI', 'PodDeletionCost', 'PodIndexLabel', 'PodLevelResources', 'PodLifecycleSleepAction', 'PodLifecycleSleepActionAllowZero', 'PodLogsQuerySplitStreams', 'PodObservedGenerationTracking',
  'PodReadyToStartContainersCondition', 'PodTopologyLabelsAdmission', 'PortForwardWebsockets', 'PreferSameTrafficDistribution', 'ProcMountType', 'QOSReserved', 'RecoverVolumeExpansionFailure', 'RecursiveReadOnlyMounts', 'ReduceDefaultCrashLoopBackOffDecay',
  'RelaxedDNSSearchValidation', 'RelaxedEnvironmentVariableValidation', 'ReloadKubeletServerCertificateFile', 'RemoteRequestHeaderUID', 'ResilientWatchCacheInitialization', 'ResourceHealthStatus', 'RetryGenerateName', 'RotateKubeletServerCertificate',
  'RuntimeClassInImageCriApi', 'SELinuxChangePolicy', 'SELinuxMount', 'SELinuxMountReadWriteOncePod', 'SchedulerAsyncPreemption', 'SchedulerPopFromBackoffQ', 'SchedulerQueueingHints', 'SeparateCacheWatchRPC', 'SeparateTaintEvictionController',
  'ServiceAccountNodeAudienceRestriction', 'ServiceAccountTokenJTI', 'ServiceAccountTokenNodeBinding', 'ServiceAccountTokenNodeBindingValidation', 'ServiceAccountTokenPodNodeInfo', 'ServiceTrafficDistribution', 'SidecarContainers',
  'StatefulSetAutoDeletePVC', 'StorageCapacityScoring', 'StorageNamespaceIndex', 'StorageVersionAPI', 'StorageVersionHash', 'StorageVersionMigrator', 'StreamingCollectionEncodingToJSON', 'StreamingCollectionEncodingToProtobuf', 'StrictCostEnforcementForVAP',
  'StrictCostEnforcementForWebhooks', 'StructuredAuthenticationConfiguration', 'StructuredAuthenticationConfigurationEgressSelector', 'StructuredAuthorizationConfiguration', 'SupplementalGroupsPolicy', 'SystemdWatchdog',
  'TokenRequestServiceAccountUIDValidation', 'TopologyAwareHints', 'TopologyManagerPolicyAlphaOptions', 'TopologyManagerPolicyBetaOptions', 'TopologyManagerPolicyOptions', 'TranslateStreamCloseWebsocketRequests', 'UnauthenticatedHTTP2DOSMitigation',
  'UnknownVersionInteroperabilityProxy', 'UserNamespacesPodSecurityStandards', 'UserNamespacesSupport', 'VolumeAttributesClass', 'WatchCacheInitializationPostStartHook', 'WatchFromStorageWithoutResourceVersion', 'WatchList', 'WatchListClient',
  'WinDSR', 'WinOverlay', 'WindowsCPUAndMemoryAffinity', 'WindowsGracefulNodeShutdown', 'WindowsHostNetwork',
]);

/** What `ComponentGlobalsRegistry.Set` says about feature gates: null when all are known. Setting one changes nothing in this lab. */
export function featureGateError(values: readonly string[]): string | null {
  const errors: string[] = [];
  for (const pair of values.flatMap((value) => value.split(',')).filter((value) => value.trim() !== '')) {
    const [key = '', setting] = pair.trim().replace(/^kube:/, '').split('=');
    if (setting === undefined) errors.push(`missing bool value for ${key}`);
    else if (!['true', 'false', 'True', 'False', 'TRUE', 'FALSE', '1', '0', 't', 'f', 'T', 'F'].includes(setting)) errors.push(`invalid value of ${key}=${setting}, err: strconv.ParseBool: parsing "${setting}": invalid syntax`);
    else if (!KNOWN_GATES.has(key)) errors.push(`unrecognized feature gate: ${key}`);
  }
  return errors.length === 0 ? null : errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`;
}
