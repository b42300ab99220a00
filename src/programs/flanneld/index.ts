/**
 * flanneld with the Kubernetes subnet manager: waits for its node's pod CIDR, tells the node how it is reached, and writes
 * the subnet file that the CNI plugin reads. Not modelled: the VXLAN device's traffic (the simulated network delivers by itself).
 */
import { attempt, checkpoint, environ, exit, interfaces, mkdir, now, poll, readFile, setInterface, sigaction, sleep, thread, view, writeFile } from '../../kernel/sys.ts';
import type { Coroutine, Json, Program } from '../../kernel/sys.ts';
import { goErrno } from '../../kernel/errno.ts';
import { rfc3339 } from '../../base/time.ts';
import type { Node, Pod } from '../../api/types.ts';
import { informerThreads, startInformer, waitForSync } from '../../lib/informer/index.ts';
import { klogErrorf, klogInfof, klogWarnf } from '../../lib/klog/index.ts';
import { getObject, patch } from '../../lib/kube/index.ts';
import { inClusterConfig } from '../../lib/kubeconfig/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { contains } from './network.ts';

const NET_CONF = '/etc/kube-flannel/net-conf.json';
const SUBNET_FILE = '/run/flannel/subnet.env';
const FLAGS = `CLI flags config: {etcdEndpoints:http://127.0.0.1:4001,http://127.0.0.1:2379 etcdPrefix:/coreos.com/network etcdKeyfile: etcdCertfile: etcdCAFile: etcdUsername: etcdPassword: version:false kubeSubnetMgr:true kubeApiUrl: kubeAnnotationPrefix:flannel.alpha.coreos.com kubeConfigFile: iface:[] ifaceRegex:[] ipMasq:true ifaceCanReach: subnetFile:${SUBNET_FILE} publicIP: publicIPv6: subnetLeaseRenewMargin:60 healthzIP:0.0.0.0 healthzPort:0 iptablesResyncSeconds:5 iptablesForwardRules:true netConfPath:${NET_CONF} setNodeNetworkUnavailable:true}`;

/** What makes flanneld give up. */
class Fatal extends Error {}

function* subnetManager(): Coroutine<{ readonly rest: RestConfig; readonly node: string }> {
  yield* klogWarnf('client_config.go:659', 'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.');
  const env = yield* environ();
  const [name = '', namespace = ''] = [env['POD_NAME'], env['POD_NAMESPACE']];
  if (name === '' || namespace === '') throw new Fatal('Failed to create SubnetManager: env variables POD_NAME and POD_NAMESPACE must be set');
  try {
    const rest = { ...(yield* inClusterConfig()), userAgent: 'flanneld/v0.26.7' };
    const pod = (yield* getObject(rest, { group: '', resource: 'pods', namespace, name })) as unknown as Pod;
    return { rest, node: pod.spec.nodeName ?? '' };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new Fatal(`Failed to create SubnetManager: error retrieving pod spec for '${namespace}/${name}': ${caught.message}`);
  }
}

function* netConf(): Coroutine<{ readonly network: string; readonly backend: string }> {
  const text = yield* attempt(readFile(NET_CONF), 'ENOENT', 'ENOTDIR');
  if (typeof text !== 'string') throw new Fatal(`Failed to create SubnetManager: failed to read net conf: open ${NET_CONF}: ${goErrno(text.errno)}`);
  try {
    const value = JSON.parse(text) as { Network?: string; Backend?: { Type?: string } };
    return { network: value.Network ?? '', backend: value.Backend?.Type ?? 'udp' };
  } catch {
    throw new Fatal(`Failed to create SubnetManager: error parsing subnet config: invalid character`);
  }
}

/** The node's pod CIDR, once the controller manager has given it one. */
function* podCidr(rest: RestConfig, node: string): Coroutine<string> {
  yield* klogInfof('kube.go:139', 'Waiting 10m0s for node controller to sync');
  yield* klogInfof('kube.go:469', 'Starting kube subnet manager');
  yield* startInformer(thread, { name: 'nodes', ref: { group: '', resource: 'nodes' }, config: rest, type: '*v1.Node', reflector: 'pkg/mod/k8s.io/client-go@v0.32.4/tools/cache/reflector.go:251' });
  if (!(yield* waitForSync(['nodes'], 600_000_000))) throw new Fatal('Failed to create SubnetManager: error waiting for nodeController to sync state: timed out waiting for the condition');
  const cidr = (yield* view<Node>('cache/nodes')).get(node)?.spec.podCIDR ?? '';
  if (cidr !== '') yield* klogInfof('kube.go:490', `Creating the node lease for IPv4. This is the n.Spec.PodCIDRs: [${cidr}]`);
  yield* klogInfof('kube.go:163', 'Node controller sync successful');
  return cidr;
}

function* outside(): Coroutine<{ readonly name: string; readonly addr: string }> {
  const net = yield* interfaces();
  const name = net.routes.find((it) => it.to === 'default')?.dev ?? '';
  const addr = net.interfaces.find((it) => it.name === name)?.addr ?? '';
  if (addr === '') throw new Fatal('Failed to find any valid interface to use: failed to get default interface: Unable to find default route');
  yield* klogInfof('match.go:211', 'Determining IP address of default interface');
  yield* klogInfof('match.go:269', `Using interface with name ${name} and address ${addr}`);
  yield* klogInfof('match.go:291', `Defaulting external address to interface address (${addr})`);
  return { name, addr };
}

const gateway = (cidr: string): string => cidr.replace(/\.0\/(\d+)$/, '.1/$1');
const macOf = (ip: string): string => ['5e', '3a', ...ip.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');

/** Says on the Node how this machine is reached, and that its network is there. */
function* announce(rest: RestConfig, node: string, addr: string, backend: string): Coroutine<void> {
  const prefix = 'flannel.alpha.coreos.com';
  const ref = { group: '', resource: 'nodes', name: node };
  const annotations = { [`${prefix}/backend-data`]: JSON.stringify({ VNI: 1, VtepMAC: macOf(addr) }), [`${prefix}/backend-type`]: backend, [`${prefix}/kube-subnet-manager`]: 'true', [`${prefix}/public-ip`]: addr };
  const at = rfc3339(yield* now());
  const condition = { type: 'NetworkUnavailable', status: 'False', reason: 'FlannelIsUp', message: 'Flannel is running on this node', lastTransitionTime: at, lastHeartbeatTime: at };
  yield* patch(rest, { ...ref, subresource: 'status' }, 'strategic', { metadata: { annotations }, status: { conditions: [condition] } });
}

function* start(): Coroutine<void> {
  yield* klogInfof('main.go:211', FLAGS);
  const conf = yield* netConf();
  const { rest, node } = yield* subnetManager();
  const cidr = yield* podCidr(rest, node);
  yield* klogInfof('main.go:231', `Created subnet manager: Kubernetes Subnet Manager - ${node}`);
  yield* klogInfof('main.go:234', 'Installing signal handlers');
  yield* klogInfof('main.go:468', `Found network config - Backend type: ${conf.backend}`);
  const { addr } = yield* outside();
  yield* klogInfof('vxlan.go:141', 'VXLAN config: VNI=1 Port=0 GBP=false Learning=false DirectRouting=false');
  if (cidr === '') {
    yield* klogErrorf('main.go:359', `Error registering network: failed to acquire lease: node "${node}" pod cidr not assigned`);
    yield* klogInfof('main.go:448', 'Stopping shutdownHandler...');
    throw new Fatal('');
  }
  try {
    yield* announce(rest, node, addr, conf.backend);
    if (!contains(conf.network, cidr)) throw new GoError(`subnet ${JSON.stringify(conf.network)} specified in the flannel net config doesn't contain ${JSON.stringify(cidr)} PodCIDR of the ${JSON.stringify(node)} node`);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogErrorf('main.go:359', `Error registering network: failed to acquire lease: ${caught.message}`);
    throw new Fatal('');
  }
  yield* setInterface({ name: 'flannel.1', addr: cidr.split('/')[0]!, prefix: 32, mac: macOf(addr), up: true, mtu: 1450 });
  yield* klogInfof('iptables.go:51', 'Starting flannel in iptables mode...');
  yield* klogWarnf('main.go:557', 'no subnet found for key: FLANNEL_NETWORK in file: /run/flannel/subnet.env');
  yield* klogInfof('iptables.go:115', `Current network or subnet (${conf.network}, ${cidr}) is not equal to previous one (0.0.0.0/0, 0.0.0.0/0), trying to recycle old iptables rules`);
  yield* attempt(mkdir('/run/flannel', 0o755), 'EEXIST');
  yield* writeFile(SUBNET_FILE, `FLANNEL_NETWORK=${conf.network}\nFLANNEL_SUBNET=${gateway(cidr)}\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n`, 0o644);
  yield* klogInfof('main.go:396', `Wrote subnet file to ${SUBNET_FILE}`);
  yield* klogInfof('main.go:400', 'Running backend.');
  yield* klogInfof('vxlan_network.go:65', 'watching for new subnet leases');
}

function* main(_argv: readonly string[], saved?: Json): Coroutine<number> {
  if (saved === undefined) {
    try {
      yield* start();
    } catch (caught) {
      if (!(caught instanceof Fatal)) throw caught;
      if (caught.message !== '') yield* klogErrorf('main.go:228', caught.message);
      yield* sleep(100_000);
      return 1;
    }
    for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
  }
  yield* checkpoint('running');
  const { signal } = yield* poll({ signals: true });
  yield* klogInfof('main.go:448', 'Stopping shutdownHandler...');
  return yield* exit(signal === null ? 1 : 0);
}

export const program: Program = { name: 'flanneld', main, threads: informerThreads };
