/**
 * What kubeadm looks at before it changes anything: ports, files that are there already, the kernel's switches, the runtime.
 * Models cmd/kubeadm/app/preflight/checks.go. Not modelled: processors, memory, swap, modules, versions.
 */
import { access, attempt, readDir, readFile, sockets, write, type Coroutine } from '../../kernel/sys.ts';
import { criCall, CriError } from '../../lib/cri/index.ts';
import { klogWarnf } from '../../lib/klog/index.ts';

interface Failure { readonly name: string; readonly message: string }
const MANIFESTS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];
const ETCD_DATA = '/var/lib/etcd';
const dashed = (path: string): string => path.replace(/\//g, '-');

/** Errors that the user asked to be warnings; `all` are all. */
const ignored = (list: readonly string[], name: string): boolean => list.some((each) => each.toLowerCase() === 'all' || each.toLowerCase() === name.toLowerCase());

function* port(number: number): Coroutine<Failure[]> {
  const held = (yield* sockets()).some((it) => it.net === 'tcp' && it.state === 'LISTEN' && it.local.net !== 'unix' && it.local.port === number);
  return held ? [{ name: `Port-${number}`, message: `Port ${number} is in use` }] : [];
}
function* fileAvailable(path: string): Coroutine<Failure[]> {
  return (yield* access(path, 'f')) ? [{ name: `FileAvailable-${dashed(path)}`, message: `${path} already exists` }] : [];
}
function* dirAvailable(path: string): Coroutine<Failure[]> {
  const entries = yield* attempt(readDir(path), 'ENOENT', 'ENOTDIR', 'EACCES');
  if ('errno' in entries) return entries.errno === 'ENOENT' ? [] : [{ name: `DirAvailable-${dashed(path)}`, message: `unable to check if ${path} is empty: open ${path}: ${entries.errno === 'EACCES' ? 'permission denied' : 'not a directory'}` }];
  return entries.length === 0 ? [] : [{ name: `DirAvailable-${dashed(path)}`, message: `${path} is not empty` }];
}
/** A switch below /proc/sys that must begin with 1. */
function* switchedOn(path: string): Coroutine<Failure[]> {
  const text = yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR');
  const name = `FileContent-${dashed(path)}`;
  if (typeof text !== 'string') return [{ name, message: `${path} does not exist` }];
  return text.startsWith('1') ? [] : [{ name, message: `${path} contents are not set to 1` }];
}

/** Why the runtime cannot be asked; null when it answers. */
function* runtimeFault(socket: string): Coroutine<string | null> {
  try {
    yield* criCall(socket, 'Version', null, 10_000_000);
    return null;
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    return `failed to create new CRI runtime service: validate service connection: validate CRI v1 runtime API for endpoint ${JSON.stringify(socket)}: ${caught.message}`;
  }
}

function* common(socket: string): Coroutine<Failure[]> {
  const fault = yield* runtimeFault(socket);
  if (fault !== null) yield* klogWarnf('checks.go:1080', `[preflight] WARNING: Couldn't create the interface used for talking to the container runtime: ${fault}`);
  return [...(yield* switchedOn('/proc/sys/net/ipv4/ip_forward')), ...(yield* port(10250))];
}

/** Tells what was ignored; → what is fatal, in kubeadm's words, or null. */
function* judge(failures: readonly Failure[], ignore: readonly string[]): Coroutine<string | null> {
  for (const { name, message } of failures) if (ignored(ignore, name)) yield* write(2, `\t[WARNING ${name}]: ${message}\n`);
  return fatal(failures.filter(({ name }) => !ignored(ignore, name)).map(({ name, message }) => `\t[ERROR ${name}]: ${message}\n`).join(''));
}
const fatal = (lines: string): string | null => (lines === '' ? null : `[preflight] Some fatal errors occurred:\n${lines}[preflight] If you know what you are doing, you can make a check non-fatal with \`--ignore-preflight-errors=...\``);

/** The checks of `init`; → the error, or null. */
export function* initChecks(socket: string, ignore: readonly string[]): Coroutine<string | null> {
  yield* write(1, '[preflight] Running pre-flight checks\n');
  const failures: Failure[] = [];
  for (const number of [6443, 10259, 10257]) failures.push(...(yield* port(number)));
  for (const name of MANIFESTS) failures.push(...(yield* fileAvailable(`/etc/kubernetes/manifests/${name}.yaml`)));
  failures.push(...(yield* common(socket)), ...(yield* port(2379)), ...(yield* port(2380)), ...(yield* dirAvailable(ETCD_DATA)));
  const error = yield* judge(failures, ignore);
  return error ?? (yield* pullImages(socket));
}

/** The images are with the runtime, or it fetches them later; a runtime that cannot be asked ends it here. */
function* pullImages(socket: string): Coroutine<string | null> {
  yield* write(1, '[preflight] Pulling images required for setting up a Kubernetes cluster\n[preflight] This might take a minute or two, depending on the speed of your internet connection\n[preflight] You can also perform this action beforehand using \'kubeadm config images pull\'\n');
  const fault = yield* runtimeFault(socket);
  return fault === null ? null : fatal(`${fault}`);
}

/** The checks of `join` for a worker; → the error, or null. */
export function* joinChecks(socket: string, ignore: readonly string[]): Coroutine<string | null> {
  yield* write(1, '[preflight] Running pre-flight checks\n');
  const failures = [
    ...(yield* fileAvailable('/etc/kubernetes/kubelet.conf')), ...(yield* fileAvailable('/etc/kubernetes/bootstrap-kubelet.conf')), ...(yield* common(socket)), ...(yield* fileAvailable('/etc/kubernetes/pki/ca.crt')),
  ];
  return yield* judge(failures, ignore);
}
