/** From flags to options: what upstream completes and validates before it opens anything. Models pkg/controlplane/apiserver/options. */
import { isIp } from '../../lib/net/index.ts';
import type { ParsedFlags } from '../../lib/flags/index.ts';

export interface Options {
  readonly advertiseAddress: string; readonly bindAddress: string; readonly port: number;
  readonly tlsCert: string; readonly tlsKey: string; readonly clientCa: string; readonly requestHeaderCa: string; readonly requestHeader: { readonly names: readonly string[]; readonly extra: readonly string[]; readonly group: readonly string[]; readonly user: readonly string[] };
  readonly signingKey: string; readonly publicKeys: readonly string[]; readonly issuer: string; readonly audiences: readonly string[];
  readonly etcd: { readonly servers: readonly string[]; readonly ca: string; readonly cert: string; readonly key: string };
  readonly kubelet: { readonly cert: string; readonly key: string; readonly ca: string; readonly port: number; readonly addressTypes: readonly string[] };
  readonly proxyClient: { readonly cert: string; readonly key: string };
  readonly modes: readonly string[]; readonly plugins: readonly string[]; readonly anonymous: boolean; readonly bootstrapTokens: boolean; readonly allowPrivileged: boolean;
  readonly serviceCidr: string; readonly nodePorts: readonly [number, number]; readonly eventTtlSeconds: number; readonly auditPolicy: string; readonly auditLog: string; readonly encryption: string; readonly compactionUs: number;
}

const MODES = ['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'];
export const PLUGINS = ['AlwaysAdmit', 'NamespaceAutoProvision', 'NamespaceLifecycle', 'NamespaceExists', 'LimitPodHardAntiAffinityTopology', 'LimitRanger', 'ServiceAccount', 'NodeRestriction', 'TaintNodesByCondition', 'AlwaysPullImages', 'ImagePolicyWebhook',
  'PodSecurity', 'PodNodeSelector', 'Priority', 'DefaultTolerationSeconds', 'PodTolerationRestriction', 'EventRateLimit', 'ExtendedResourceToleration', 'DefaultStorageClass', 'StorageObjectInUseProtection', 'PersistentVolumeClaimResize', 'RuntimeClass',
  'DefaultIngressClass', 'DenyServiceExternalIPs', 'CertificateApproval', 'CertificateSigning', 'ClusterTrustBundleAttest', 'CertificateSubjectRestriction', 'OwnerReferencesPermissionEnforcement', 'PodTopologyLabels', 'MutatingAdmissionPolicy', 'MutatingAdmissionWebhook',
  'ValidatingAdmissionPolicy', 'ValidatingAdmissionWebhook', 'ResourceQuota', 'AlwaysDeny'];

/** Several errors as Kubernetes' aggregate prints them. */
export const aggregate = (errors: readonly string[]): string | null => (errors.length === 0 ? null : errors.length === 1 ? errors[0]! : `[${errors.join(', ')}]`);

interface Cidr { readonly bits: number; readonly v6: boolean }
function parseCidr(text: string): Cidr | null {
  const [ip = '', bits = '', more] = text.split('/');
  const v6 = ip.includes(':');
  if (more !== undefined || !isIp(ip) || !/^\d+$/.test(bits) || Number(bits) > (v6 ? 128 : 32)) return null;
  return { bits: Number(bits), v6 };
}

/** What Complete() says about the service range; null when it is fine. Comes before everything else. */
export function serviceRangeError(range: string, address: string): string | null {
  const parts = range === '' ? ['10.0.0.0/24'] : range.split(',');
  for (const [i, part] of parts.entries()) {
    const cidr = parseCidr(part.trim());
    if (cidr === null) return `service-cluster-ip-range[${i}] is not a valid cidr`;
    if ((cidr.v6 ? 128 : 32) - cidr.bits < 3) return `error determining service IP ranges for ${i === 0 ? 'primary' : 'secondary'} service cidr: the service cluster IP range must be at least 8 IP addresses`;
    if (i === 0 && cidr.v6 !== address.includes(':')) return `service IP family ${JSON.stringify(part)} must match public address family ${JSON.stringify(address)}`;
  }
  return null;
}

/** Everything Validate() finds, in upstream's order. */
export function validate(flags: ParsedFlags): string | null {
  const errors: string[] = [];
  const list = (name: string) => flags.list(name);
  if (list('etcd-servers').length === 0) errors.push('--etcd-servers must be specified');
  const first = flags.string('service-cluster-ip-range').split(',')[0] ?? '';
  const cidr = parseCidr(first === '' ? '10.0.0.0/24' : first);
  if (cidr !== null && !cidr.v6 && cidr.bits < 12) errors.push('specified --service-cluster-ip-range is too large; for 32-bit addresses, the mask must be >= 12');
  const port = flags.number('secure-port');
  if (port < 1 || port > 65535) errors.push(`--secure-port ${port} must be between 1 and 65535, inclusive. It cannot be turned off with 0`);
  if (list('service-account-issuer').length === 0) errors.push('service-account-issuer is a required flag');
  if (list('service-account-issuer').length === 0 || flags.string('service-account-signing-key-file') === '') errors.push('--service-account-signing-key-file and --service-account-issuer are required flags');
  if (list('service-account-issuer').includes('')) errors.push('service-account-issuer should not be an empty string');
  for (const mode of list('authorization-mode')) if (!MODES.includes(mode)) errors.push(`authorization-mode ${JSON.stringify(mode)} is not a valid mode`);
  for (const kind of ['enable', 'disable']) {
    for (const plugin of list(`${kind}-admission-plugins`)) if (!PLUGINS.includes(plugin)) errors.push(`${kind}-admission-plugins plugin ${JSON.stringify(plugin)} is unknown`);
  }
  return aggregate(errors);
}

/** The address others shall use: the flag's, or the first of the host that is not the loopback. */
export function optionsOf(flags: ParsedFlags, hostAddress: string): Options {
  const text = (name: string) => flags.string(name);
  const issuers = flags.list('service-account-issuer');
  const audiences = flags.list('api-audiences');
  const [low = 30000, high = 32767] = text('service-node-port-range').split('-').map(Number);
  const modes = flags.list('authorization-mode');
  const signingKey = text('service-account-signing-key-file');
  const publicKeys = flags.list('service-account-key-file');
  return {
    advertiseAddress: text('advertise-address') || hostAddress, bindAddress: text('bind-address'), port: flags.number('secure-port'), tlsCert: text('tls-cert-file'), tlsKey: text('tls-private-key-file'), clientCa: text('client-ca-file'), requestHeaderCa: text('requestheader-client-ca-file'),
    requestHeader: { names: flags.list('requestheader-allowed-names'), extra: flags.list('requestheader-extra-headers-prefix'), group: flags.list('requestheader-group-headers'), user: flags.list('requestheader-username-headers') },
    signingKey, publicKeys: publicKeys.length === 0 && text('tls-private-key-file') !== '' ? [text('tls-private-key-file')] : publicKeys, issuer: issuers[0] ?? '', audiences: audiences.length === 0 ? issuers.slice(0, 1) : audiences,
    etcd: { servers: flags.list('etcd-servers'), ca: text('etcd-cafile'), cert: text('etcd-certfile'), key: text('etcd-keyfile') },
    kubelet: { cert: text('kubelet-client-certificate'), key: text('kubelet-client-key'), ca: text('kubelet-certificate-authority'), port: flags.number('kubelet-port'), addressTypes: flags.list('kubelet-preferred-address-types') },
    proxyClient: { cert: text('proxy-client-cert-file'), key: text('proxy-client-key-file') }, modes: modes.length === 0 ? ['AlwaysAllow'] : modes, plugins: flags.list('enable-admission-plugins').filter((plugin) => !flags.list('disable-admission-plugins').includes(plugin)),
    anonymous: flags.bool('anonymous-auth'), bootstrapTokens: flags.bool('enable-bootstrap-token-auth'), allowPrivileged: flags.bool('allow-privileged'), serviceCidr: text('service-cluster-ip-range').split(',')[0] || '10.0.0.0/24', nodePorts: [low, high], eventTtlSeconds: Math.round(flags.number('event-ttl') / 1e6),
    auditPolicy: text('audit-policy-file'), auditLog: text('audit-log-path'), encryption: text('encryption-provider-config'), compactionUs: flags.number('etcd-compaction-interval'),
  };
}
