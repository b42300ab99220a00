/**
 * What the Pod Security Standards forbid: each check looks at a pod and gives its reason and detail, or null.
 * Models k8s.io/pod-security-admission/policy at its latest version.
 * Not modelled: SELinux, AppArmor, sysctls, procMount and Windows, none of which this node knows.
 */
import type { Container, PodSpec, SecurityContext } from '../../../../api/types.ts';

export interface Violation { readonly reason: string; readonly detail: string }
type Check = (spec: PodSpec) => Violation | null;

const quoted = (words: readonly string[]): string => words.map((it) => JSON.stringify(it)).join(', ');
const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);
const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort();
const all = (spec: PodSpec): readonly Container[] => [...(spec.initContainers ?? []), ...spec.containers];
const own = (container: Container): SecurityContext => container.securityContext ?? {};
const where = (spec: PodSpec, bad: (context: SecurityContext) => boolean): string[] => all(spec).filter((it) => bad(own(it))).map(({ name }) => name);
const containers = (names: readonly string[]): string => `${plural(names.length, 'container', 'containers')} ${quoted(names)}`;

/** A check of every container's own security context. */
const each = (reason: string, says: string, bad: (context: SecurityContext) => boolean): Check => (spec) => {
  const names = where(spec, bad);
  return names.length === 0 ? null : { reason, detail: `${containers(names)} ${says}` };
};

const hostNamespaces: Check = (spec) => {
  const used = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((it) => spec[it] === true);
  return used.length === 0 ? null : { reason: 'host namespaces', detail: used.map((it) => `${it}=true`).join(', ') };
};

const hostPathVolumes: Check = (spec) => {
  const names = (spec.volumes ?? []).filter((it) => it.hostPath !== undefined).map(({ name }) => name);
  return names.length === 0 ? null : { reason: 'hostPath volumes', detail: `${plural(names.length, 'volume', 'volumes')} ${quoted(names)}` };
};

const hostPorts: Check = (spec) => {
  const using = (container: Container): number[] => (container.ports ?? []).map((it) => it.hostPort ?? 0).filter((port) => port !== 0);
  const names = all(spec).filter((it) => using(it).length > 0).map(({ name }) => name);
  const ports = sorted(all(spec).flatMap(using).map(String));
  return names.length === 0 ? null : { reason: 'hostPort', detail: `${containers(names)} ${plural(names.length, 'uses', 'use')} ${plural(ports.length, 'hostPort', 'hostPorts')} ${ports.join(', ')}` };
};

const DEFAULT_CAPABILITIES = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'];

/** Who adds capabilities beyond the allowed ones; null: nobody. */
function added(spec: PodSpec, allowed: readonly string[]): string | null {
  const beyond = (context: SecurityContext): string[] => (context.capabilities?.add ?? []).filter((it) => !allowed.includes(it));
  const names = where(spec, (context) => beyond(context).length > 0);
  return names.length === 0 ? null : `${containers(names)} must not include ${quoted(sorted(all(spec).flatMap((it) => beyond(own(it)))))} in securityContext.capabilities.add`;
}

const baselineCapabilities: Check = (spec) => {
  const detail = added(spec, DEFAULT_CAPABILITIES);
  return detail === null ? null : { reason: 'non-default capabilities', detail };
};

const restrictedCapabilities: Check = (spec) => {
  const keeping = where(spec, ({ capabilities }) => capabilities?.drop?.includes('ALL') !== true);
  const adding = added(spec, ['NET_BIND_SERVICE']);
  const details = [...(keeping.length === 0 ? [] : [`${containers(keeping)} must set securityContext.capabilities.drop=["ALL"]`]), ...(adding === null ? [] : [adding])];
  return details.length === 0 ? null : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const SAFE_VOLUMES = ['name', 'configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

const restrictedVolumes: Check = (spec) => {
  const typed = (spec.volumes ?? []).map((it) => ({ name: it.name, type: Object.keys(it).find((key) => !SAFE_VOLUMES.includes(key)) })).filter((it): it is { name: string; type: string } => it.type !== undefined);
  if (typed.length === 0) return null;
  const types = sorted(typed.map(({ type }) => type));
  return { reason: 'restricted volume types', detail: `${plural(typed.length, 'volume', 'volumes')} ${quoted(typed.map(({ name }) => name))} ${plural(typed.length, 'uses', 'use')} restricted volume ${plural(types.length, 'type', 'types')} ${quoted(types)}` };
};

/** Pod and containers that say the wrong thing themselves. */
function setters(spec: PodSpec, bad: (context: SecurityContext) => boolean): string {
  const names = where(spec, bad);
  return [...(bad(spec.securityContext ?? {}) ? ['pod'] : []), ...(names.length === 0 ? [] : [containers(names)])].join(' and ');
}

/** What a container has from its pod unless it says otherwise: nobody may say the wrong thing, and somebody must say the right one. */
const inherited = (reason: string, read: (context: SecurityContext) => unknown, isGood: (value: unknown) => boolean, mustNot: (spec: PodSpec) => string, must: string): Check => (spec) => {
  const bad = setters(spec, (context) => read(context) !== undefined && !isGood(read(context)));
  if (bad !== '') return { reason, detail: `${bad} must not set ${mustNot(spec)}` };
  const silent = read(spec.securityContext ?? {}) === undefined ? where(spec, (context) => read(context) === undefined) : [];
  return silent.length === 0 || must === '' ? null : { reason, detail: `pod or ${containers(silent)} must set ${must}` };
};

const seccompType = (context: SecurityContext): string | undefined => context.seccompProfile?.type;
const SECCOMP = ['RuntimeDefault', 'Localhost'];
const seccompFaults = (spec: PodSpec): string =>
  `securityContext.seccompProfile.type to ${quoted(sorted([spec.securityContext ?? {}, ...all(spec).map(own)].map(seccompType).filter((it) => it !== undefined && !SECCOMP.includes(it)) as string[]))}`;
const seccomp = (must: string): Check => inherited('seccompProfile', seccompType, (type) => SECCOMP.includes(type as string), seccompFaults, must);

const runAsRoot: Check = (spec) => {
  const who = setters(spec, ({ runAsUser }) => runAsUser === 0);
  return who === '' ? null : { reason: 'runAsUser=0', detail: `${who} must not set runAsUser=0` };
};

const shared: readonly Check[] = [hostNamespaces, hostPorts, each('privileged', 'must not set securityContext.privileged=true', ({ privileged }) => privileged === true)];

/** The checks of each level, in the order in which upstream names what they found. */
export const CHECKS: Readonly<Record<'privileged' | 'baseline' | 'restricted', readonly Check[]>> = {
  privileged: [],
  baseline: [baselineCapabilities, hostNamespaces, hostPathVolumes, ...shared.slice(1), seccomp('')],
  restricted: [...shared,
    each('allowPrivilegeEscalation != false', 'must set securityContext.allowPrivilegeEscalation=false', ({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false),
    restrictedCapabilities, restrictedVolumes,
    inherited('runAsNonRoot != true', ({ runAsNonRoot }) => runAsNonRoot, (value) => value === true, () => 'securityContext.runAsNonRoot=false', 'securityContext.runAsNonRoot=true'),
    runAsRoot, seccomp('securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"')],
};
