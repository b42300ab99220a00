/**
 * Every flag a v1.33 kube-apiserver knows, by type: what is not here is `unknown flag`. Usage texts are left out, since the server
 * prints none of them unless asked for help. Models cmd/kube-apiserver/app/options.
 */
import { flagSet, type FlagSet, type FlagSpec, type FlagType, type FlagValue } from '../../lib/flags/index.ts';

const rows = (type: FlagType, fallback: FlagValue, names: string): FlagSpec[] => names.trim().split(/\s+/).map((name) => ({ name, type, default: fallback, usage: '' }));
const one = (name: string, type: FlagType, fallback: FlagValue, more: Partial<FlagSpec> = {}): FlagSpec => ({ name, type, default: fallback, usage: '', ...more });
const S = 1_000_000;

const specs: readonly FlagSpec[] = [
  ...rows('string', '', `admission-control-config-file allow-metric-labels-manifest audit-log-path audit-policy-file audit-webhook-config-file authentication-config authentication-token-webhook-config-file
    authorization-config authorization-policy-file authorization-webhook-config-file cert-dir client-ca-file debug-socket-path egress-selector-config-file encryption-provider-config etcd-cafile etcd-certfile etcd-keyfile external-hostname
    kubelet-certificate-authority kubelet-client-certificate kubelet-client-key oidc-ca-file oidc-client-id oidc-groups-claim oidc-groups-prefix oidc-issuer-url oidc-username-prefix peer-advertise-ip peer-advertise-port peer-ca-file
    proxy-client-cert-file proxy-client-key-file requestheader-client-ca-file service-account-jwks-uri service-account-signing-endpoint service-account-signing-key-file service-cluster-ip-range show-hidden-metrics-for-version
    storage-backend tls-cert-file tls-min-version tls-private-key-file token-auth-file tracing-config-file vmodule`),
  ...rows('bool', false, `aggregator-reject-forwarding-redirect allow-privileged audit-log-batch-throttle-enable audit-log-compress audit-log-truncate-enabled audit-webhook-truncate-enabled contention-profiling disable-http2-serving
    emulation-forward-compatible enable-aggregator-routing enable-bootstrap-token-auth encryption-provider-config-automatic-reload log-json-split-stream log-text-split-stream permit-address-sharing permit-port-sharing
    runtime-config-emulation-forward-compatible shutdown-send-retry-after`),
  ...rows('bool', true, 'anonymous-auth audit-webhook-batch-throttle-enable enable-garbage-collector enable-logs-handler enable-priority-and-fairness profiling service-account-extend-token-expiration service-account-lookup watch-cache'),
  ...rows('list', [], `api-audiences cors-allowed-origins disable-admission-plugins disabled-metrics emulated-version enable-admission-plugins admission-control etcd-servers etcd-servers-overrides oidc-signing-algs requestheader-allowed-names
    requestheader-extra-headers-prefix requestheader-group-headers requestheader-uid-headers requestheader-username-headers strict-transport-security-directives tls-cipher-suites watch-cache-sizes authorization-mode`),
  one('kubelet-preferred-address-types', 'list', ['Hostname', 'InternalDNS', 'InternalIP', 'ExternalDNS', 'ExternalIP']),
  ...rows('array', [], 'service-account-issuer service-account-key-file tls-sni-cert-key feature-gates'),
  ...rows('map', {}, 'allow-metric-labels oidc-required-claim runtime-config'),
  ...rows('ip', '', 'advertise-address'), one('bind-address', 'ip', '0.0.0.0'),
  ...rows('int', 0, 'audit-log-batch-throttle-burst audit-log-maxage audit-log-maxbackup audit-log-maxsize http2-max-streams-per-connection kubernetes-service-node-port'), ...rows('int64', 0, 'max-connection-bytes-per-sec'),
  one('secure-port', 'int', 6443), one('apiserver-count', 'int', 1), one('audit-log-batch-buffer-size', 'int', 10000), one('audit-log-batch-max-size', 'int', 1), one('audit-webhook-batch-buffer-size', 'int', 10000), one('audit-webhook-batch-max-size', 'int', 400),
  one('audit-webhook-batch-throttle-burst', 'int', 15), ...rows('int64', 10485760, 'audit-log-truncate-max-batch-size audit-webhook-truncate-max-batch-size'), ...rows('int64', 102400, 'audit-log-truncate-max-event-size audit-webhook-truncate-max-event-size'),
  one('default-watch-cache-size', 'int', 100), one('delete-collection-workers', 'int', 1), one('default-not-ready-toleration-seconds', 'int64', 300), one('default-unreachable-toleration-seconds', 'int64', 300), one('kubelet-port', 'uint', 10250),
  one('kubelet-read-only-port', 'uint', 10255), one('lease-reuse-duration-seconds', 'int64', 60), one('max-mutating-requests-inflight', 'int', 200), one('max-requests-inflight', 'int', 400), one('min-request-timeout', 'int', 1800),
  ...rows('float32', 0, 'audit-log-batch-throttle-qps'), one('audit-webhook-batch-throttle-qps', 'float32', 10), one('goaway-chance', 'float64', 0),
  one('audit-log-batch-max-wait', 'duration', 0), one('audit-webhook-batch-max-wait', 'duration', 30 * S), one('audit-webhook-initial-backoff', 'duration', 10 * S), one('authentication-token-webhook-cache-ttl', 'duration', 120 * S),
  one('authorization-webhook-cache-authorized-ttl', 'duration', 300 * S), one('authorization-webhook-cache-unauthorized-ttl', 'duration', 30 * S), one('etcd-compaction-interval', 'duration', 300 * S), one('etcd-count-metric-poll-period', 'duration', 60 * S),
  one('etcd-db-metric-poll-interval', 'duration', 30 * S), one('etcd-healthcheck-timeout', 'duration', 2 * S), one('etcd-readycheck-timeout', 'duration', 2 * S), one('event-ttl', 'duration', 3600 * S), one('identity-lease-duration-seconds', 'int', 3600),
  one('identity-lease-renew-interval-seconds', 'int', 10), one('kubelet-timeout', 'duration', 5 * S), one('livez-grace-period', 'duration', 0), one('log-flush-frequency', 'duration', 5 * S), one('request-timeout', 'duration', 60 * S),
  one('service-account-max-token-expiration', 'duration', 0), one('shutdown-delay-duration', 'duration', 0), one('shutdown-watch-termination-grace-period', 'duration', 0), one('storage-initialization-timeout', 'duration', 60 * S),
  one('audit-log-format', 'string', 'json'), one('audit-log-mode', 'string', 'blocking'), one('audit-webhook-mode', 'string', 'batch'), ...rows('string', 'audit.k8s.io/v1', 'audit-log-version audit-webhook-version'),
  ...rows('string', 'v1beta1', 'authentication-token-webhook-version authorization-webhook-version'), one('endpoint-reconciler-type', 'string', 'lease'), one('etcd-prefix', 'string', '/registry'), one('oidc-username-claim', 'string', 'sub'),
  one('storage-media-type', 'string', 'application/vnd.kubernetes.protobuf'), one('service-node-port-range', 'portRange', '30000-32767'), ...rows('string', '0', 'log-json-info-buffer-size log-text-info-buffer-size'), one('logging-format', 'string', 'text'),
  one('v', 'severity', '', { shorthand: 'v' }), one('help', 'bool', false, { shorthand: 'h' }), one('version', 'string', 'false', { noOptDefault: 'true' }),
];

export const flags: FlagSet = flagSet(specs);
