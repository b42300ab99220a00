/** Every flag of kube-scheduler 1.33, by section. */
import { authenticationFlags, authorizationFlags, featureGateFlags, flag, globalFlags, leaderElectionFlags, loggingFlags, metricsFlags, sectionsSet, secureServingFlags, type FlagSection } from '../../lib/flags/index.ts';

const IGNORED = ' This parameter is ignored if a config file is specified in --config.';

export const SECTIONS: readonly FlagSection[] = [
  { title: 'misc', flags: [
    flag('config', 'string', '', 'The path to the configuration file.'), flag('master', 'string', '', 'The address of the Kubernetes API server (overrides any value in kubeconfig)'),
    flag('write-config-to', 'string', '', 'If set, write the configuration values to this file and exit.'),
  ] },
  secureServingFlags(10259), authenticationFlags, authorizationFlags,
  { title: 'deprecated', flags: [
    flag('contention-profiling', 'bool', true, `DEPRECATED: enable block profiling, if profiling is enabled.${IGNORED}`), flag('kube-api-burst', 'int32', 100, `DEPRECATED: burst to use while talking with kubernetes apiserver.${IGNORED}`),
    flag('kube-api-content-type', 'string', 'application/vnd.kubernetes.protobuf', `DEPRECATED: content type of requests sent to apiserver.${IGNORED}`), flag('kube-api-qps', 'float32', 50, `DEPRECATED: QPS to use while talking with kubernetes apiserver.${IGNORED}`),
    flag('kubeconfig', 'string', '', `DEPRECATED: path to kubeconfig file with authorization and master location information.${IGNORED}`),
    flag('pod-max-in-unschedulable-pods-duration', 'duration', 300e6, 'DEPRECATED: the maximum time a pod can stay in unschedulablePods. If a pod stays in unschedulablePods for longer than this value, the pod will be moved from unschedulablePods to backoffQ or activeQ. This flag is deprecated and will be removed in a future version.'),
    flag('profiling', 'bool', true, `DEPRECATED: enable profiling via web interface host:port/debug/pprof/.${IGNORED}`),
  ] },
  { title: 'leader election', flags: leaderElectionFlags('kube-scheduler') }, { title: 'feature gate', flags: featureGateFlags }, metricsFlags, loggingFlags,
  globalFlags('kube-scheduler'),
];

export const FLAGS = sectionsSet(SECTIONS);
