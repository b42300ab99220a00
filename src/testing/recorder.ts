/**
 * Commands of the two baseline recordings whose output is partly the recording machine's own, and what of it: rows that this node has
 * for good reasons not. Such a command may be equal or not; the share of the others is what the simulation answers for.
 */
export const RECORDERS_OWN: readonly (readonly [command: RegExp, what: string])[] = [
  [/^ls -lR \/var\/log\/pods/, 'sizes of the logs of stand-in programs, a kube-proxy pod deleted by hand'],
  [/^systemctl status (?:kubelet|containerd)/, 'no Tasks, Memory and CPU; process ids; lines about the deleted pod'],
  [/^journalctl -u kubelet/, 'cgroup v1, oom_score_adj and rlimit of a sandboxed machine; volumes of the deleted pod'],
  [/^crictl (?:ps|pods)$/, 'the deleted pod, and which of two containers of one second is newer'],
  [/^crictl info/, 'a bridge network in place of flannel'],
  [/^crictl inspectp/, 'the resolver 127.0.0.53'],
  [/etcd --version$/, 'etcd 3.5.16 in an image tagged 3.5.21'],
  [/^ps -ef/, 'process ids and the recorder itself'],
  [/^(?:uname -a|uptime)$/, 'kernel, load and users of the host'],
  [/^kubeadm config images list|--server=https:\/\/nosuch|^kubectl (?:describe po|get po) bad/, 'a resolver that refuses connections'],
  [/snapshot (?:save|status)/, 'the size, revision and hash of another database'],
  [/^kubectl (?:get )?events/, 'CgroupV1, flannel without init containers, a node that was Ready at once, the deleted pod'],
  [/^kubectl get (?:cm -A|clusterroles|clusterrolebindings)$/, 'flannel without its ConfigMap and RBAC'],
  [/^kubectl (?:get nodes controlplane -o yaml|describe no controlplane)/, 'memory, disks, kernel and images of the host; no flannel annotations'],
  [/^kubectl describe po -n kube-system -l k8s-app=kube-dns/, 'a network that was there before CoreDNS was scheduled'],
  [/^kubectl get po -l app=app -o yaml/, 'one stand-in image under three tags'],
  [/^kubectl logs (?:deploy\/app|-n kube-system (?:etcd|kube-apiserver|kube-controller-manager)-controlplane)/, 'a stand-in nginx, etcd 3.5.16, the order of goroutines'],
];

/** What of a command's output is the recorder's own; undefined when nothing is. */
export const recordersOwn = (command: string): string | undefined => RECORDERS_OWN.find(([pattern]) => pattern.test(command))?.[1];
