/** The pods that `kubectl debug` makes, and what its profiles change in them. Pure. Models kubectl pkg/cmd/debug profiles.go. */
import type { Json } from '../../../kernel/sys.ts';
import type { ParsedFlags } from '../../../lib/flags/index.ts';
import { field, items, type Obj } from '../rest.ts';

export const PROFILES = ['legacy', 'general', 'baseline', 'restricted', 'netadmin', 'sysadmin'];

type Change = (container: Obj) => Obj;
const context = (more: Obj): Change => (container) => ({ ...container, securityContext: { ...field(container, 'securityContext'), ...more } as Json });
const capable = (...names: readonly string[]): Change => (container) => {
  const capabilities = field(field(container, 'securityContext'), 'capabilities');
  return context({ capabilities: { ...capabilities, add: [...items<string>(capabilities, 'add'), ...names] } as Json })(container);
};
const bare: Change = ({ securityContext: _gone, ...container }) => container;
const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** What a profile gives the debugging container; `copy` or on a node. */
const CONTAINER: Readonly<Record<string, (copy: boolean) => Change>> = {
  legacy: () => (container) => container, general: (copy) => (copy ? capable('SYS_PTRACE') : bare), baseline: () => bare, restricted: () => (container) => context(RESTRICTED)(bare(container)),
  netadmin: () => capable('NET_ADMIN', 'NET_RAW'), sysadmin: () => context({ privileged: true }),
};
const HOST_NAMESPACES = ['legacy', 'general', 'netadmin', 'sysadmin'];
const HOST_FILES = ['legacy', 'general', 'sysadmin'];

const inContainer = (spec: Obj, name: string, change: Change): Obj => ({ ...spec, containers: items(spec, 'containers').map((container) => (container.name === name ? change(container) : container)) as unknown as Json });

/** A pod's spec with the node's namespaces and files, as the profile wants them. */
export function onNode(spec: Obj, container: string, profile: string): Obj {
  const made = inContainer(spec, container, CONTAINER[profile]!(false));
  const joined = HOST_NAMESPACES.includes(profile) ? { ...made, hostIPC: true, hostNetwork: true, hostPID: true } : made;
  if (!HOST_FILES.includes(profile)) return joined;
  const mounted = inContainer(joined, container, (one) => ({ ...one, volumeMounts: [...items(one, 'volumeMounts'), { mountPath: '/host', name: 'host-root' }] as unknown as Json }));
  return { ...mounted, volumes: [...items(mounted, 'volumes'), { hostPath: { path: '/' }, name: 'host-root' }] as unknown as Json };
}

/** A copied pod as the profile and the --keep flags want it. */
export function asCopy(pod: Obj, container: string, profile: string, flags: ParsedFlags): Obj {
  const { labels, annotations, ...meta } = field(pod, 'metadata');
  const old = profile === 'legacy';
  const kept = { ...meta, ...(!old && flags.bool('keep-labels') && labels !== undefined ? { labels } : {}), ...((old || flags.bool('keep-annotations')) && annotations !== undefined ? { annotations } : {}) };
  const spec = inContainer(field(pod, 'spec'), container, CONTAINER[profile]!(true));
  if (old) return { ...pod, metadata: kept as Json, spec: spec as Json };
  const gone = ['liveness', 'readiness', 'startup'].filter((probe) => !flags.bool(`keep-${probe}`)).map((probe) => `${probe}Probe`);
  const containers = items(spec, 'containers').map((one) => Object.fromEntries(Object.entries(one).filter(([key]) => !gone.includes(key))));
  const { initContainers, ...rest } = spec;
  const shared = { shareProcessNamespace: true, ...rest, containers, ...(flags.bool('keep-init-containers') && initContainers !== undefined ? { initContainers } : {}) };
  return { ...pod, metadata: kept as Json, spec: shared as unknown as Json };
}
