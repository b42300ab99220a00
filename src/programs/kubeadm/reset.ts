/**
 * `kubeadm reset`: the kubelet is stopped, its pods are removed, and what init wrote is deleted; the network's files stay.
 * Models cmd/kubeadm/app/cmd/reset.go and phases/reset. Not modelled: removing a member from an etcd of several.
 */
import { access, attempt, lstat, read, readDir, rmdir, spawn, unlink, wait, write, type Coroutine } from '../../kernel/sys.ts';
import { criCall, CriError } from '../../lib/cri/index.ts';
import { getObject } from '../../lib/kube/index.ts';
import { klogWarnf } from '../../lib/klog/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { connectAs } from './client.ts';

const CRI = 'unix:///run/containerd/containerd.sock';
const ETCD_DATA = '/var/lib/etcd';
const FILES = ['admin.conf', 'super-admin.conf', 'kubelet.conf', 'bootstrap-kubelet.conf', 'controller-manager.conf', 'scheduler.conf'].map((name) => `/etc/kubernetes/${name}`);

export interface ResetFlags { readonly force: boolean; readonly dryRun: boolean; readonly kubeconfig: string; readonly certDir: string; readonly cleanupTmpDir: boolean; readonly criSocket: string }

const say = (text: string) => write(1, `${text}\n`);

/** Deletes a file, or a directory with all it holds. */
function* remove(path: string): Coroutine<void> {
  const found = yield* attempt(lstat(path), 'ENOENT', 'ENOTDIR');
  if ('errno' in found) return;
  if (found.type !== 'dir') return void (yield* attempt(unlink(path), 'ENOENT', 'EBUSY', 'EROFS'));
  yield* clean(path);
  yield* attempt(rmdir(path), 'ENOENT', 'EBUSY', 'ENOTEMPTY');
}

/** Deletes what is in a directory. */
function* clean(dir: string): Coroutine<void> {
  const entries = yield* attempt(readDir(dir), 'ENOENT', 'ENOTDIR');
  if ('errno' in entries) return;
  for (const { name } of entries) yield* remove(`${dir}/${name}`);
}

/** One line from standard input. */
function* readLine(): Coroutine<string> {
  let text = '';
  for (let part = yield* read(0); part !== ''; part = yield* read(0)) {
    text += part;
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0]!.trim();
}

/** The cluster's configuration is read where it can be; null: this was no kubeadm cluster, or nobody answers. */
function* knowsCluster({ kubeconfig }: ResetFlags): Coroutine<boolean> {
  if (!(yield* access(kubeconfig, 'f'))) return false;
  yield* say('[reset] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...');
  try {
    yield* getObject(yield* connectAs(kubeconfig), { group: '', resource: 'configmaps', namespace: 'kube-system', name: 'kubeadm-config' });
    yield* say("[reset] Use 'kubeadm init phase upload-config --config your-config-file' to re-upload it.");
    return true;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* klogWarnf('reset.go:143', `[reset] Unable to fetch the kubeadm-config ConfigMap from cluster: failed to get config map: ${caught.message}`);
    return false;
  }
}

function* removeEtcd(known: boolean, { dryRun }: ResetFlags): Coroutine<void> {
  if (!known) yield* klogWarnf('removeetcdmember.go:106', '[reset] No kubeadm config, using etcd pod spec to get data directory');
  if (dryRun) {
    if (known) yield* say(`[reset] Would remove the etcd member on this node from the etcd cluster\n[reset] Would delete contents of the etcd data directory: ${ETCD_DATA}`);
    return;
  }
  const entries = yield* attempt(readDir(ETCD_DATA), 'ENOENT', 'ENOTDIR');
  if (!known && ('errno' in entries || entries.length === 0)) return;
  yield* clean(ETCD_DATA);
  yield* say(`[reset] Deleted contents of the etcd data directory: ${ETCD_DATA}`);
}

/** Stops and removes every pod of the runtime. */
function* removePods(socket: string): Coroutine<void> {
  try {
    for (const { id } of yield* criCall(socket, 'ListPodSandbox', {})) {
      yield* criCall(socket, 'StopPodSandbox', id);
      yield* criCall(socket, 'RemovePodSandbox', id);
    }
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    yield* klogWarnf('cleanupnode.go:105', `[reset] Failed to remove containers: ${caught.message}`);
  }
}

function* cleanUpNode({ dryRun, certDir, cleanupTmpDir, criSocket }: ResetFlags): Coroutine<void> {
  const would = dryRun ? ['Would stop', 'Would unmount', 'Would delete'] as const : ['Stopping', 'Unmounting', 'Deleting'] as const;
  yield* say(`[reset] ${would[0]} the kubelet service`);
  if (!dryRun) yield* wait(yield* spawn({ path: '/usr/bin/systemctl', argv: ['systemctl', 'stop', 'kubelet'] }));
  yield* say(`[reset] ${would[1]} mounted directories in "/var/lib/kubelet"`);
  if (dryRun) yield* say('[reset] Would remove Kubernetes-managed containers');
  else yield* removePods(criSocket || CRI);
  if (certDir !== '/etc/kubernetes/pki') yield* klogWarnf('cleanupnode.go:111', `[reset] WARNING: Cleaning a non-default certificates directory: ${JSON.stringify(certDir)}`);
  const dirs = ['/etc/kubernetes/manifests', ...(dryRun ? [] : ['/var/lib/kubelet']), certDir, ...(cleanupTmpDir ? ['/etc/kubernetes/tmp'] : [])];
  yield* say(`[reset] ${would[2]} contents of directories: [${dirs.join(' ')}]`);
  if (!dryRun) for (const dir of dirs) yield* clean(dir);
  yield* say(`[reset] ${would[2]} files: [${FILES.join(' ')}]`);
  if (!dryRun) for (const file of FILES) yield* remove(file);
}

/** The verb; → what stopped it, or null. */
export function* reset(flags: ResetFlags): Coroutine<string | null> {
  const known = yield* knowsCluster(flags);
  if (!flags.force && !flags.dryRun) {
    yield* klogWarnf('preflight.go:56', "[reset] WARNING: Changes made to this host by 'kubeadm init' or 'kubeadm join' will be reverted.");
    yield* write(1, '[reset] Are you sure you want to proceed? [y/N]: ');
    const answer = (yield* readLine()).toLowerCase();
    if (answer !== 'y' && answer !== 'yes') return "won't proceed; the user didn't answer (Y|y) in order to continue";
  }
  yield* say('[preflight] Running pre-flight checks');
  yield* removeEtcd(known, flags);
  yield* cleanUpNode(flags);
  yield* write(1, '\nThe reset process does not perform cleanup of CNI plugin configuration,\nnetwork filtering rules and kubeconfig files.\n\nFor information on how to perform this cleanup manually, please see:\n    https://k8s.io/docs/reference/setup-tools/kubeadm/kubeadm-reset/\n\n');
  return null;
}
