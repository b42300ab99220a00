/** What the runtime is told of a pod's sandbox and containers. Models kuberuntime_sandbox.go and kuberuntime_container.go generate…Config. */
import { attempt, mkdir, random, readDir, readFile, stat, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { parseQuantity } from '../../base/quantity.ts';
import { ANNOTATION, LABEL } from '../../lib/cri/index.ts';
import type { ContainerConfig, DnsConfig, Mount, PodSandboxConfig } from '../../lib/cri/index.ts';
import { settings } from './bus.ts';
import { containerHash } from './compute.ts';
import { ConfigError, containerEnv, expand } from './env.ts';
import { makeDirs } from './hostpath.ts';
import { qosClass } from './podstatus.ts';
import { isHostNetwork } from './types.ts';
import type { Container, Pod } from './types.ts';
import { podDir, volumePath } from './volumes.ts';

export const logDirectory = ({ metadata: m }: Pick<Pod, 'metadata'>): string => `/var/log/pods/${m.namespace}_${m.name}_${m.uid}`;

function cgroupParent(pod: Pod): string {
  const uid = pod.metadata.uid.replace(/-/g, '_');
  const qos = qosClass(pod);
  if (qos === 'Guaranteed') return `/kubepods.slice/kubepods-pod${uid}.slice`;
  const name = qos.toLowerCase();
  return `/kubepods.slice/kubepods-${name}.slice/kubepods-${name}-pod${uid}.slice`;
}

function* hostDns(path: string): Coroutine<DnsConfig> {
  const text = yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR');
  const rows = typeof text === 'string' ? text.split('\n').map((row) => row.trim().split(/\s+/)) : [];
  const of = (key: string): string[] => rows.filter((row) => row[0] === key).flatMap((row) => row.slice(1));
  return { servers: of('nameserver'), searches: of('search'), options: of('options') };
}

function* dnsConfig(pod: Pod): Coroutine<DnsConfig> {
  const { clusterDns, clusterDomain, resolvConf } = yield* settings();
  const host = yield* hostDns(resolvConf);
  const policy = pod.spec.dnsPolicy ?? 'ClusterFirst';
  const cluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !isHostNetwork(pod));
  if (!cluster || clusterDns.length === 0) return policy === 'None' ? { servers: [], searches: [], options: [] } : host;
  return { servers: clusterDns, searches: [`${pod.metadata.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain, ...host.searches], options: ['ndots:5'] };
}

export function* sandboxConfig(pod: Pod, attemptNumber: number): Coroutine<PodSandboxConfig> {
  const { metadata: m } = pod;
  const ports = pod.spec.containers.flatMap((it) => it.ports ?? []).filter((it) => it.hostPort !== undefined);
  return {
    metadata: { name: m.name, uid: m.uid, namespace: m.namespace!, attempt: attemptNumber }, hostname: isHostNetwork(pod) ? '' : pod.spec.hostname ?? m.name.slice(0, 63), logDirectory: logDirectory(pod), dnsConfig: yield* dnsConfig(pod),
    portMappings: ports.map((it) => ({ protocol: it.protocol ?? 'TCP', containerPort: it.containerPort, hostPort: it.hostPort!, hostIp: it.hostIP ?? '' })),
    labels: { ...m.labels, [LABEL.podName]: m.name, [LABEL.podNamespace]: m.namespace!, [LABEL.podUid]: m.uid }, annotations: m.annotations ?? {}, cgroupParent: cgroupParent(pod), network: isHostNetwork(pod) ? 'NODE' : 'POD',
    resources: podResources(pod),
  };
}

/** The number of the newest log, plus one: how often the container ran before the runtime forgot about it. */
export function* restartsByLog(pod: Pod, container: Container): Coroutine<number> {
  const entries = yield* attempt(readDir(`${logDirectory(pod)}/${container.name}`), 'ENOENT');
  if ('errno' in entries) return 0;
  const numbers = entries.map(({ name }) => /^(\d+)\.log/.exec(name)?.[1]).filter((it) => it !== undefined).map(Number);
  return numbers.length === 0 ? 0 : Math.max(...numbers) + 1;
}

function* etcHosts(pod: Pod, podIp: string): Coroutine<Mount> {
  const path = `${podDir(pod.metadata.uid)}/etc-hosts`;
  const host = yield* attempt(readFile('/etc/hosts'), 'ENOENT');
  const name = pod.spec.hostname ?? pod.metadata.name;
  const text = isHostNetwork(pod) ? `# Kubernetes-managed hosts file (host network).\n${typeof host === 'string' ? host : ''}`
    : `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n${podIp}\t${name}\n`;
  yield* writeFile(path, text, 0o644);
  return { containerPath: '/etc/hosts', hostPath: path, readOnly: false };
}

function* terminationLog(pod: Pod, container: Container): Coroutine<Mount> {
  const dir = `${podDir(pod.metadata.uid)}/containers/${container.name}`;
  yield* makeDirs(dir, 0o750);
  const [word = 0] = yield* random('kubelet/termination-log');
  const path = `${dir}/${word.toString(16).padStart(8, '0')}`;
  yield* writeFile(path, '', 0o666);
  return { containerPath: container.terminationMessagePath ?? '/dev/termination-log', hostPath: path, readOnly: false };
}

function* mounts(pod: Pod, container: Container, podIp: string): Coroutine<readonly Mount[]> {
  const out: Mount[] = [];
  for (const mount of container.volumeMounts ?? []) {
    const volume = pod.spec.volumes?.find((it) => it.name === mount.name);
    if (volume === undefined) throw new ConfigError(`cannot find volume "${mount.name}" to mount into container "${container.name}"`);
    const base = volumePath(pod.metadata.uid, volume);
    const hostPath = mount.subPath === undefined || mount.subPath === '' ? base : `${base}/${mount.subPath}`;
    if (hostPath !== base && 'errno' in (yield* attempt(stat(hostPath), 'ENOENT'))) yield* makeDirs(hostPath, 0o750);
    out.push({ containerPath: mount.mountPath, hostPath, readOnly: mount.readOnly === true });
  }
  if (!out.some((it) => it.containerPath === '/etc/hosts') && (isHostNetwork(pod) || podIp !== '')) out.push(yield* etcHosts(pod, podIp));
  return [...out, yield* terminationLog(pod, container)];
}

const milli = (value: string | number | undefined): number => (value === undefined ? 0 : parseQuantity(value)?.milli ?? 0);

function resources(pod: Pod, container: Container): ContainerConfig['resources'] {
  const { limits = {}, requests = {} } = container.resources ?? {};
  const cpu = milli(requests['cpu'] ?? limits['cpu']);
  const quota = milli(limits['cpu']);
  const oom = { Guaranteed: -997, BestEffort: 1000, Burstable: pod.spec.priorityClassName === 'system-node-critical' ? -997 : 999 }[qosClass(pod)];
  return { cpuShares: Math.max(2, Math.floor((cpu * 1024) / 1000)), cpuQuota: quota === 0 ? 0 : quota * 100, cpuPeriod: 100_000, memoryLimit: Math.floor(milli(limits['memory']) / 1000), oomScoreAdj: oom };
}

/** What the pod as a whole is given; limits count only when every container has one. */
function podResources(pod: Pod): PodSandboxConfig['resources'] {
  const all = pod.spec.containers.map(({ resources: { limits = {}, requests = {} } = {} }) => ({ cpu: milli(requests['cpu'] ?? limits['cpu']), cpuLimit: milli(limits['cpu']), memory: milli(limits['memory']) }));
  const sum = (pick: (one: (typeof all)[number]) => number): number => all.reduce((total, one) => total + pick(one), 0);
  const limit = (pick: (one: (typeof all)[number]) => number): number => (all.every((one) => pick(one) > 0) ? sum(pick) : 0);
  return { cpuShares: Math.max(2, Math.floor((sum((one) => one.cpu) * 1024) / 1000)), cpuQuota: limit((one) => one.cpuLimit) * 100, cpuPeriod: 100_000, memoryLimit: Math.floor(limit((one) => one.memory) / 1000) };
}

/** `user` is the image's: what runAsNonRoot is checked against. Throws ConfigError. */
export function* containerConfig(pod: Pod, container: Container, imageId: string, imageUser: string, podIp: string, restartCount: number): Coroutine<ContainerConfig> {
  const security = { ...pod.spec.securityContext, ...container.securityContext };
  const runAsUser = security.runAsUser ?? null;
  const root = runAsUser === null ? imageUser === '' || imageUser.split(':')[0] === '0' || imageUser.split(':')[0] === 'root' : runAsUser === 0;
  if (security.runAsNonRoot === true && root) {
    const who = `(pod: "${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})", container: ${container.name})`;
    throw new ConfigError(runAsUser === 0 ? `container's runAsUser breaks non-root policy ${who}` : `container has runAsNonRoot and image will run as root ${who}`);
  }
  const env = yield* containerEnv(pod, container, podIp);
  yield* makeDirs(`${logDirectory(pod)}/${container.name}`);
  yield* attempt(mkdir('/var/log/containers', 0o755), 'EEXIST');
  return {
    metadata: { name: container.name, attempt: restartCount }, image: imageId, userSpecifiedImage: container.image ?? '', command: (container.command ?? []).map((it) => expand(it, env)), args: (container.args ?? []).map((it) => expand(it, env)), workingDir: container.workingDir ?? '',
    envs: Object.entries(env).map(([key, value]) => ({ key, value })), mounts: yield* mounts(pod, container, podIp), logPath: `${container.name}/${restartCount}.log`, stdin: container.stdin === true, ...(container.stdinOnce === true ? { stdinOnce: true } : {}), tty: container.tty === true, privileged: security.privileged === true, readOnlyRootfs: security.readOnlyRootFilesystem === true,
    runAsUser, runAsGroup: security.runAsGroup ?? null, resources: resources(pod, container),
    labels: { [LABEL.containerName]: container.name, [LABEL.podName]: pod.metadata.name, [LABEL.podNamespace]: pod.metadata.namespace!, [LABEL.podUid]: pod.metadata.uid },
    annotations: { [ANNOTATION.hash]: containerHash(container), [ANNOTATION.restartCount]: String(restartCount), [ANNOTATION.terminationMessagePath]: container.terminationMessagePath ?? '/dev/termination-log', [ANNOTATION.terminationMessagePolicy]: container.terminationMessagePolicy ?? 'File',
      [ANNOTATION.terminationGracePeriod]: String(pod.spec.terminationGracePeriodSeconds ?? 30) },
  };
}
