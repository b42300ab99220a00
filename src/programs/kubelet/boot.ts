/** The lines and threads of a kubelet that starts, in upstream's order. */
import { cpu, now, put, sleep, thread, uname } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { eventThreads } from '../../lib/events/index.ts';
import { informerThreads, startInformer, waitForSync } from '../../lib/informer/index.ts';
import type { InformerSpec } from '../../lib/informer/index.ts';
import { klogError, klogInfo, klogInfof, raw } from '../../lib/klog/index.ts';
import { quietCall, settings } from './bus.ts';
import type { Settings } from './config.ts';
import { makeDirs } from './hostpath.ts';
import { nodeEvent } from './nodestatus.ts';

const MANAGER = (node: string, driver: string): string => `{"NodeName":"${node}","RuntimeCgroupsName":"","SystemCgroupsName":"","KubeletCgroupsName":"","KubeletOOMScoreAdj":-999,"ContainerRuntime":"","CgroupsPerQOS":true,"CgroupRoot":"/","CgroupDriver":"${driver}","KubeletRootDir":"/var/lib/kubelet","ProtectKernelDefaults":false,"KubeReservedCgroupName":"","SystemReservedCgroupName":"","ReservedSystemCPUs":{},"EnforceNodeAllocatable":{"pods":{}},"KubeReserved":null,"SystemReserved":null,"HardEvictionThresholds":[{"Signal":"memory.available","Operator":"LessThan","Value":{"Quantity":"100Mi","Percentage":0},"GracePeriod":0,"MinReclaim":null},{"Signal":"nodefs.available","Operator":"LessThan","Value":{"Quantity":null,"Percentage":0.1},"GracePeriod":0,"MinReclaim":null},{"Signal":"nodefs.inodesFree","Operator":"LessThan","Value":{"Quantity":null,"Percentage":0.05},"GracePeriod":0,"MinReclaim":null},{"Signal":"imagefs.available","Operator":"LessThan","Value":{"Quantity":null,"Percentage":0.15},"GracePeriod":0,"MinReclaim":null},{"Signal":"imagefs.inodesFree","Operator":"LessThan","Value":{"Quantity":null,"Percentage":0.05},"GracePeriod":0,"MinReclaim":null}],"QOSReserved":{},"CPUManagerPolicy":"none","CPUManagerPolicyOptions":null,"TopologyManagerScope":"container","CPUManagerReconcilePeriod":10000000000,"MemoryManagerPolicy":"None","MemoryManagerReservedMemory":null,"PodPidsLimit":-1,"EnforceCPULimits":true,"CPUCFSQuotaPeriod":100000000,"TopologyManagerPolicy":"none","TopologyManagerPolicyOptions":null,"CgroupVersion":2}`;

function* informers(it: Settings): Coroutine<void> {
  if (it.rest === null) return;
  const spec = (name: string, group: string, resource: string, type: string, extra: Partial<InformerSpec> = {}): InformerSpec => ({ name, ref: { group, resource }, config: it.rest!, type, ...extra });
  yield* startInformer(thread, spec('nodes', '', 'nodes', '*v1.Node', { fieldSelector: `metadata.name=${it.nodeName}` }), spec('services', '', 'services', '*v1.Service', { fieldSelector: 'spec.clusterIP!=None' }),
    spec('csidrivers', 'storage.k8s.io', 'csidrivers', '*v1.CSIDriver'), spec('runtimeclasses', 'node.k8s.io', 'runtimeclasses', '*v1.RuntimeClass'));
}

/** Thread `apisource`: pods from the API are watched once the node is known. */
export function* apisource(): Coroutine<void> {
  const { rest, nodeName } = yield* settings();
  if (rest === null) return;
  yield* waitForSync(['nodes']);
  yield* klogInfo('apiserver.go:52', 'Watching apiserver');
  yield* startInformer(thread, { name: 'pods', ref: { group: '', resource: 'pods' }, config: rest, type: '*v1.Pod', reflector: 'pkg/kubelet/config/apiserver.go:66', fieldSelector: `spec.nodeName=${nodeName}` });
}

function* managers(it: Settings): Coroutine<void> {
  yield* klogInfo('server.go:788', '--cgroups-per-qos enabled, but --cgroup-root was not specified.  defaulting to /');
  yield* klogInfo('container_manager_linux.go:270', 'Container manager verified user specified cgroup-root exists', 'cgroupRoot', raw('[]'));
  yield* klogInfo('container_manager_linux.go:275', 'Creating Container Manager object based on Node Config', 'nodeConfig', raw(MANAGER(it.nodeName, it.cgroupDriver)));
  yield* klogInfo('topology_manager.go:138', 'Creating topology manager with none policy');
  yield* klogInfo('container_manager_linux.go:306', 'Creating device plugin manager');
  yield* klogInfo('state_mem.go:36', 'Initialized new in-memory state store');
  yield* sleep(200_000);
}

function* sources(it: Settings): Coroutine<void> {
  yield* klogInfo('kubelet.go:491', 'Attempting to sync node with API server');
  if (it.staticPodPath !== '') yield* klogInfo('kubelet.go:386', 'Adding static pod path', 'path', it.staticPodPath);
  if (it.rest === null) yield* klogInfo('kubelet.go:497', 'Kubelet is running in standalone mode, will skip API server sync');
  else {
    yield* klogInfo('kubelet.go:397', 'Adding apiserver pod source');
    yield* klogInfo('apiserver.go:42', 'Waiting for node sync before watching apiserver pods');
  }
  yield* informers(it);
  const version = yield* quietCall('Version', null);
  yield* klogInfo('kuberuntime_manager.go:279', 'Container runtime initialized', 'containerRuntime', version.runtimeName, 'version', version.runtimeVersion, 'apiVersion', version.runtimeApiVersion);
  yield* klogInfo('kubelet.go:953', 'Not starting ClusterTrustBundle informer because we are in static kubelet mode or the ClusterTrustBundleProjection featuregate is disabled');
  yield* klogInfo('watchdog_linux.go:99', 'Systemd watchdog is not enabled');
  yield* cpu(1_500);
}

/**
 * Whether the first garbage collection of images comes before the size of their filesystem is known. Upstream it is a race;
 * as recorded it is won by a kubelet on a machine that has just come up, and lost by one that is restarted later.
 */
function* sizeUnknown(): Coroutine<boolean> {
  return (yield* now()) - (yield* uname()).bootedAt > 300_000_000;
}

function* servers(it: Settings): Coroutine<void> {
  yield* klogInfo('server.go:1295', 'Started kubelet');
  yield* thread('events', { source: { component: 'kubelet', host: it.nodeName }, config: it.rest, startedAt: it.startedAt } as unknown as Json);
  yield* nodeEvent('Normal', 'Starting', 'Starting kubelet.');
  yield* klogInfo('fs_resource_analyzer.go:67', 'Starting FS ResourceAnalyzer');
  yield* cpu(1_200);
  yield* thread('server', null);
  yield* thread('healthz', null);
  yield* cpu(900);
  yield* klogInfo('ratelimit.go:55', 'Setting rate limiting for endpoint', 'service', 'podresources', 'qps', 100, 'burstTokens', 10);
  yield* klogInfo('server_v1.go:47', 'podresources', 'method', 'list', 'useActivePods', true);
  yield* klogInfo('server.go:255', 'Starting to serve the podresources API', 'endpoint', 'unix:/var/lib/kubelet/pod-resources/kubelet.sock');
  yield* klogInfo('dynamic_serving_content.go:135', 'Starting controller', 'name', 'kubelet-server-cert-files::/var/lib/kubelet/pki/kubelet.crt::/var/lib/kubelet/pki/kubelet.key');
  yield* klogInfo('volume_manager.go:297', 'Starting Kubelet Volume Manager');
  yield* klogInfo('desired_state_of_world_populator.go:150', 'Desired state populator starts to run');
  yield* klogInfo('reconciler.go:26', 'Reconciler: start to sync state');
  if (it.rest !== null) yield* klogError('kubelet_node_status.go:515', `node ${JSON.stringify(it.nodeName)} not found`, 'Error getting the current node from lister');
  yield* klogInfof('factory.go:223', 'Registration of the systemd container factory successfully');
  yield* klogInfof('factory.go:221', 'Registration of the crio container factory failed: Get "http://%2Fvar%2Frun%2Fcrio%2Fcrio.sock/info": dial unix /var/run/crio/crio.sock: connect: no such file or directory');
  yield* klogInfof('factory.go:223', 'Registration of the containerd container factory successfully');
  if (yield* sizeUnknown()) yield* nodeEvent('Warning', 'InvalidDiskCapacity', 'invalid capacity 0 on image filesystem');
  yield* cpu(4_000);
}

/** Makes the directories, starts all threads but the main loop, and says what upstream says meanwhile. */
export function* bootKubelet(it: Settings): Coroutine<void> {
  for (const dir of ['/var/lib/kubelet/pods', '/var/lib/kubelet/plugins', '/var/lib/kubelet/pod-resources', '/var/log/pods', '/var/log/containers']) yield* makeDirs(dir);
  yield* put('config', 'settings', it);
  yield* managers(it);
  yield* sources(it);
  yield* servers(it);
  for (const protocol of ['IPv4', 'IPv6']) yield* klogInfo('kubelet_network_linux.go:49', 'Initialized iptables rules.', 'protocol', protocol);
  yield* klogInfo('status_manager.go:230', 'Starting to sync pod status with apiserver');
  yield* klogInfo('watchdog_linux.go:127', 'Systemd watchdog is not enabled or the interval is invalid, so health checking will not be started.');
  yield* klogInfo('kubelet.go:2451', 'Starting kubelet main sync loop');
  yield* klogError('kubelet.go:2475', '[container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]', 'Skipping pod synchronization');
  for (const name of ['runtimestatus', 'nodestatus', 'lease', 'status', 'gc', 'reaper', 'apisource']) yield* thread(name, null);
  yield* thread('pleg', it.startedAt);
  yield* cpu(3_000);
  yield* klogInfo('cpu_manager.go:222', 'Starting CPU manager', 'policy', 'none');
  yield* klogInfo('cpu_manager.go:223', 'Reconciling', 'reconcilePeriod', '10s');
  yield* klogInfo('state_mem.go:36', 'Initialized new in-memory state store');
  yield* klogInfo('policy_none.go:49', 'None policy: Start');
  yield* klogInfo('memory_manager.go:186', 'Starting memorymanager', 'policy', 'None');
  yield* klogInfo('state_mem.go:35', 'Initializing new in-memory state store');
  yield* klogInfo('eviction_manager.go:189', 'Eviction manager: starting control loop');
  yield* klogInfo('container_log_manager.go:189', 'Initializing container log rotate workers', 'workers', 1, 'monitorPeriod', '10s');
  yield* klogInfo('plugin_manager.go:118', 'Starting Kubelet Plugin Manager');
  yield* nodeEvent('Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
  if (it.staticPodPath !== '') yield* thread('files', null);
  else yield* put('inbox', '000000000000/files', { kind: 'pods', pods: [] });
}

export const libraryThreads = { ...eventThreads, ...informerThreads };
