/**
 * The catalogue of faults that learners practise, as commands: what breaks, how long to wait, where to look, what upstream says
 * there, and what mends it. Data for catalogue.slow.test.ts; ids are the catalogue's.
 */
export interface CatalogueRow {
  readonly id: string; readonly breaks: string; /** Seconds until the looks. */ readonly wait: number;
  readonly looks: readonly string[]; /** Each must be found in what the looks print. */ readonly says: readonly string[];
  /** null: nothing needs mending. */ readonly fix: string | null; /** Seconds within which all is well again. */ readonly heal: number;
}

const MANIFEST = (component: string): string => `/etc/kubernetes/manifests/${component}.yaml`;
const NODES = 'kubectl get no';
const PODS = 'kubectl get po -A';
const JOURNAL = 'journalctl -u kubelet --no-pager -o cat -n 400';
const logs = (component: string): string => `tail -n 80 $(ls -td /var/log/pods/kube-system_${component}-controlplane_*/${component}/*.log | head -1)`;
const ETCDCTL = 'etcdctl --endpoints=https://127.0.0.1:2379 --cacert=/etc/kubernetes/pki/etcd/ca.crt --cert=/etc/kubernetes/pki/etcd/server.crt --key=/etc/kubernetes/pki/etcd/server.key';
const unitStatus = 'systemctl status kubelet --no-pager';

interface More { readonly wait?: number; readonly looks?: readonly string[]; readonly heal?: number }
/** A sed expression on a static pod's manifest, mended from a copy. */
const manifest = (component: string) => (id: string, expression: string, says: readonly string[], { wait = 60, looks = [NODES, logs(component)], heal = 120 }: More = {}): CatalogueRow =>
  ({ id, breaks: `cp -p ${MANIFEST(component)} /root/manifest; sed -i '${expression}' ${MANIFEST(component)}`, wait, looks, says, fix: `cp -p /root/manifest ${MANIFEST(component)}`, heal });
const apiserver = manifest('kube-apiserver');
const etcd = manifest('etcd');
const scheduler = manifest('kube-scheduler');
const manager = manifest('kube-controller-manager');
/** A sed expression on a file of the kubelet's, and a restart. */
const kubeletFile = (file: string) => (id: string, expression: string, says: readonly string[], { wait = 15, looks = [JOURNAL, unitStatus], heal = 60 }: More = {}): CatalogueRow =>
  ({ id, breaks: `cp -p ${file} /root/file; sed -i '${expression}' ${file}; systemctl daemon-reload; systemctl restart kubelet`, wait, looks, says, fix: `cp -p /root/file ${file}; systemctl daemon-reload; systemctl restart kubelet`, heal });
const config = kubeletFile('/var/lib/kubelet/config.yaml');
const flags = kubeletFile('/var/lib/kubelet/kubeadm-flags.env');
const dropIn = kubeletFile('/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf');
const kubeletConf = kubeletFile('/etc/kubernetes/kubelet.conf');
const kubeconfig = (id: string, expression: string, says: readonly string[]): CatalogueRow =>
  ({ id, breaks: `cp -p ~/.kube/config /root/kc; sed -i '${expression}' ~/.kube/config`, wait: 1, looks: [NODES], says, fix: 'cp -p /root/kc ~/.kube/config', heal: 1 });

const REFUSED = 'The connection to the server controlplane:6443 was refused - did you specify the right host or port?';

export const CATALOGUE: readonly CatalogueRow[] = [
  apiserver('A01', 's/--authorization-mode=/--authorization-modus=/', [REFUSED, 'Error: unknown flag: --authorization-modus']),
  apiserver('A03', 's#https://127.0.0.1:2379#hhttps://127.0.0.1:2379#', ['{Addr: "hhttps://127.0.0.1:2379", ServerName: "127.0.0.1:2379", }', 'dial tcp: address hhttps://127.0.0.1:2379: too many colons in address']),
  apiserver('A04', 's#--etcd-servers=.*#--etcd-servers=this-is-very-wrong#', ['dial tcp: address this-is-very-wrong: missing port in address']),
  apiserver('A05', 's#https://127.0.0.1:2379#http://127.0.0.1:2379#', ['error reading server preface: ']),
  apiserver('A06', 's#https://127.0.0.1:2379#https://10.0.0.100:2379#', ['dial tcp 10.0.0.100:2379: i/o timeout', 'Error creating leases: error creating storage factory: context deadline exceeded'], { wait: 64, looks: ['cat $(ls -td /var/log/pods/kube-system_kube-apiserver-controlplane_*/kube-apiserver | head -1)/*.log'] }),
  apiserver('A07', 's#--etcd-cafile=.*#--etcd-cafile=/etc/kubernetes/pki/ca.crt#', ['transport: authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority'], { wait: 50 }),
  apiserver('A08', 's#--client-ca-file=.*#--client-ca-file=/etc/kubernetes/pki/ca-authority.crt#', ['"command failed" err="open /etc/kubernetes/pki/ca-authority.crt: no such file or directory"']),
  { id: 'A09', breaks: 'mv /etc/kubernetes/pki/apiserver.key /root/; crictl stop $(crictl ps -q --name kube-apiserver)', wait: 60, looks: [NODES, logs('kube-apiserver')], says: [REFUSED, 'open /etc/kubernetes/pki/apiserver.key: no such file or directory'], fix: 'mv /root/apiserver.key /etc/kubernetes/pki/', heal: 150 },
  apiserver('A10', 's#--etcd-certfile=.*#--etcd-certfile=/etc/kubernetes/pki/apiserver-etcd.crt#', ['open /etc/kubernetes/pki/apiserver-etcd.crt: no such file or directory']),
  apiserver('A12', 's/^metadata:/metadata;/', ["could not find expected ':'), please check config file"], { wait: 25, looks: [JOURNAL] }),
  apiserver('A13', 's/^kind: Pod/ kind: Pod/', ['mapping values are not allowed in this context'], { wait: 25, looks: [JOURNAL] }),
  apiserver('A14', 's/^apiVersion:/apiVersio:/', ["couldn't parse as pod(Object 'apiVersion' is missing in '{"], { wait: 25, looks: [JOURNAL] }),
  apiserver('A15', 's/^apiVersion: v1/apiVersion: v2/', ['no kind \\"Pod\\" is registered for version \\"v2\\" in scheme \\"pkg/api/legacyscheme/scheme.go:30\\"'], { wait: 25, looks: [JOURNAL] }),
  apiserver('A16', 's/port: 6443/port: 6433/', ['Startup probe failed: Get "https://172.30.1.2:6433/livez": dial tcp 172.30.1.2:6433: connect: connection refused', 'Container kube-apiserver failed startup probe, will be restarted'], { wait: 330, looks: [PODS, 'kubectl -n kube-system describe po kube-apiserver-controlplane'] }),
  { id: 'A18', breaks: `cp -p ${MANIFEST('kube-apiserver')} /root/manifest; printf 'apiVersion: audit.k8s.io/v1\\nkind: Policy\\nrules:\\n\\t- level: Metadata\\n' > /etc/kubernetes/audit.yaml; sed -i 's#^    - --allow-privileged=true#&\\n    - --audit-policy-file=/etc/kubernetes/audit.yaml\\n    - --audit-log-path=/var/log/audit.log#; s#^    volumeMounts:#&\\n    - mountPath: /etc/kubernetes/audit.yaml\\n      name: audit#; s#^  volumes:#&\\n  - hostPath:\\n      path: /etc/kubernetes/audit.yaml\\n      type: File\\n    name: audit#' ${MANIFEST('kube-apiserver')}`, wait: 60, looks: [NODES, logs('kube-apiserver')], says: [REFUSED, 'loading audit policy file: failed decoding: yaml: line 4: found character that cannot start any token: from file /etc/kubernetes/audit.yaml'], fix: `sed -i 's/\\t//' /etc/kubernetes/audit.yaml`, heal: 150 },
  apiserver('A19', 's#kube-apiserver:v1.33.0#kube-apiserver:v1.33.99#', ['ErrImagePull', 'kube-apiserver:v1.33.99: not found'], { looks: [JOURNAL] }),
  apiserver('A20', 's/- kube-apiserver$/- kube-apiserverr/', ['exec: \\\\\\"kube-apiserverr\\\\\\": executable file not found in $PATH: unknown'], { looks: [JOURNAL] }),
  apiserver('A21', 's#=NodeRestriction#=NodeRestrictionn#', ['enable-admission-plugins plugin \\"NodeRestrictionn\\" is unknown']),
  apiserver('A22', 's#Node,RBAC#Node,AlwaysDeny#', ['Error from server (Forbidden): '], { looks: ['kubectl get po'], heal: 150 }),
  apiserver('A23', 's#--secure-port=6443#--secure-port=6444#', [REFUSED, ':6444'], { looks: [NODES, 'ss -lntp'] }),
  apiserver('A24', 's#--advertise-address=172.30.1.2#--advertise-address=172.30.1.22#', ['172.30.1.22:6443'], { looks: ['kubectl get ep kubernetes'], wait: 90, heal: 160 }),
  { id: 'A27', breaks: `mv ${MANIFEST('kube-apiserver')} /root/`, wait: 45, looks: [NODES, 'crictl ps -a | grep -c kube-apiserver', 'crictl pods'], says: [REFUSED, 'NotReady            kube-apiserver-controlplane'], fix: `mv /root/kube-apiserver.yaml ${MANIFEST('kube-apiserver')}`, heal: 90 },
  apiserver('A29', 's#--service-account-key-file=.*#--service-account-key-file=/etc/kubernetes/pki/sa.pubb#', ['sa.pubb: no such file or directory']),
  etcd('E01', 's#--cert-file=.*#--cert-file=/etc/kubernetes/pki/etcd/server-certificate.crt#', ['open /etc/kubernetes/pki/etcd/server-certificate.crt: no such file or directory', 'dial tcp 127.0.0.1:2379: connect: connection refused'], { looks: [logs('etcd'), logs('kube-apiserver'), NODES] }),
  etcd('E02', 's#- --trusted-ca-file=.*#- --trusted-ca-file=/etc/kubernetes/pki/ca.crt#', ['open /etc/kubernetes/pki/ca.crt: no such file or directory']),
  etcd('E05', 's#--listen-client-urls=https://127.0.0.1:2379,#--listen-client-urls=#', ['dial tcp 127.0.0.1:2379: connect: connection refused'], { looks: [logs('kube-apiserver')] }),
  etcd('E07', 's#--snapshot-count#--snapshot-cuont#', ['flag provided but not defined: -snapshot-cuont'], { looks: [`cat $(ls -td /var/log/pods/kube-system_etcd-controlplane_*/etcd/*.log | head -1)`] }),
  etcd('E08', 's#--listen-peer-urls=https://172.30.1.2:2380#--listen-peer-urls=https://controlplane:2380#', ['expected IP in URL for binding']),
  { id: 'E09', breaks: `sed -i 's/^    - --snapshot-count.*/&\n    - --quota-backend-bytes=2097152/' ${MANIFEST('etcd')}; sleep 60; head -c 300000 /dev/zero | tr '\\0' x > /root/big; for i in 1 2 3 4 5 6 7 8; do kubectl create cm big$i --from-file=/root/big || break; done`, wait: 30, looks: ['kubectl create deploy d --image=nginx:alpine', `${ETCDCTL} alarm list; ${ETCDCTL} endpoint health; ${ETCDCTL} endpoint status -w table`, 'curl -s http://127.0.0.1:2381/health', logs('kube-apiserver'), JOURNAL], says: ['error: failed to create deployment: etcdserver: mvcc: database space exceeded', 'alarm:NOSPACE', 'is unhealthy: failed to commit proposal: Active Alarm(s): NOSPACE', '"ALARM NOSPACE"', 'unable to sync kubernetes service: etcdserver: mvcc: database space exceeded', '"Error updating node status, will retry" err="etcdserver: mvcc: database space exceeded"'], fix: `kubectl delete cm big1 big2 big3; ${ETCDCTL} compact $(${ETCDCTL} endpoint status -w json | grep -o '"revision":[0-9]*' | cut -d: -f2); ${ETCDCTL} defrag; ${ETCDCTL} alarm disarm`, heal: 120 },
  etcd('E12', 's#port: 2381#port: 2391#', ['Container etcd failed startup probe, will be restarted'], { wait: 330, looks: ['kubectl -n kube-system describe po etcd-controlplane'], heal: 150 }),
  { id: 'E13', breaks: 'true', wait: 1, looks: ['etcdctl endpoint health'], says: ['context deadline exceeded'], fix: null, heal: 0 },
  etcd('E key', 's#- --key-file=.*#- --key-file=/etc/kubernetes/pki/etcd/peer.key#', ['private key does not match public key']),
  scheduler('S02', 's#--kubeconfig=.*#--kubeconfig=/etc/kubernetes/schduler.conf#', ['"command failed" err="stat /etc/kubernetes/schduler.conf: no such file or directory"']),
  scheduler('S03', 's#path: /etc/kubernetes/scheduler.conf#path: /etc/kubernetes/schduler.conf#', ['invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable', '0 Aug 19'], { looks: [logs('kube-scheduler'), 'ls -l /etc/kubernetes/schduler.conf'] }),
  scheduler('S05', 's/^kind: Pod/kind Pod/', ['please check config file'], { wait: 30, looks: [JOURNAL] }),
  scheduler('S06', 's/port: 10259/port: 10260/', ['Startup probe failed: Get "https://127.0.0.1:10260/livez": dial tcp 127.0.0.1:10260: connect: connection refused', 'Container kube-scheduler failed startup probe, will be restarted'], { wait: 290, looks: ['kubectl -n kube-system describe po kube-scheduler-controlplane'] }),
  scheduler('S08', 's#kube-scheduler:v1.33.0#kube-scheduler:v1.33.00#', ['0/1     ImagePullBackOff   0 '], { looks: [PODS] }),
  scheduler('S11', 's/--leader-elect=true/--leader-elekt=true/', ['Error: unknown flag: --leader-elekt']),
  manager('C01', 's#--kubeconfig=.*#--kubeconfig=/etc/kubernetes/controller-manager-XXXX.conf#', ['"command failed" err="stat /etc/kubernetes/controller-manager-XXXX.conf: no such file or directory"']),
  manager('C02', 's#path: /etc/kubernetes/pki$#path: /etc/kubernetes/WRONG-PKI-DIRECTORY#', ['"command failed" err="unable to load client CA provider: open /etc/kubernetes/pki/ca.crt: no such file or directory"', 'WRONG-PKI-DIRECTORY'], { looks: [logs('kube-controller-manager'), 'ls /etc/kubernetes'] }),
  manager('C03', 's/- kube-controller-manager$/- kube-controller-manegaar/', ['StartError', 'Exit Code:    128', 'exec: "kube-controller-manegaar": executable file not found in $PATH'], { wait: 40, looks: ['kubectl -n kube-system describe po kube-controller-manager-controlplane'] }),
  manager('C04', 's/--leader-elect=true/--project-sidecar-insertion=true/', ['Error: unknown flag: --project-sidecar-insertion']),
  manager('C05', 's#--cluster-signing-key-file=.*#--cluster-signing-key-file=/etc/kubernetes/pki/ca.kkey#', ['certificate controller: error reading CA cert file', 'open /etc/kubernetes/pki/ca.kkey: no such file or directory']),
  manager('C06', 's#--service-account-private-key-file=.*#--service-account-private-key-file=/etc/kubernetes/pki/sa.kkey#', ['error reading key for service account token controller: open /etc/kubernetes/pki/sa.kkey: no such file or directory']),
  manager('C07', 's#--controllers=.*#--controllers=*,-deployment-controller#', ['0/1     0            0'], { looks: ['kubectl create deploy d --image=nginx:alpine; sleep 10; kubectl get deploy d'] }),
  manager('C10', 's#--root-ca-file=.*#--root-ca-file=/etc/kubernetes/pki/caa.crt#', ['error parsing root-ca-file at /etc/kubernetes/pki/caa.crt: open /etc/kubernetes/pki/caa.crt: no such file or directory']),
  { id: 'N01', breaks: 'systemctl stop kubelet', wait: 70, looks: [NODES, 'kubectl describe no', unitStatus], says: ['NotReady', 'Kubelet stopped posting node status.', 'inactive (dead)'], fix: 'systemctl start kubelet', heal: 60 },
  { id: 'N02', breaks: 'systemctl disable --now kubelet', wait: 5, looks: [unitStatus, 'systemctl is-enabled kubelet'], says: ['; disabled; preset: enabled)', 'inactive (dead)'], fix: 'systemctl enable --now kubelet', heal: 60 },
  config('N03', 's#clientCAFile: .*#clientCAFile: /etc/kubernetes/pki/WRONG-CA-FILE.crt#', ['failed to construct kubelet dependencies: unable to load client CA file /etc/kubernetes/pki/WRONG-CA-FILE.crt: open /etc/kubernetes/pki/WRONG-CA-FILE.crt: no such file or directory', 'activating (auto-restart) (Result: exit-code)']),
  kubeletConf('N04', 's#:6443#:6553#', ['"Unable to register node with API server" err="Post \\"https://172.30.1.2:6553/api/v1/nodes\\": dial tcp 172.30.1.2:6553: connect: connection refused" node="controlplane"', 'active (running)', 'NotReady'], { wait: 60, looks: [JOURNAL, unitStatus, NODES] }),
  dropIn('N05', 's#--config=/var/lib/kubelet/config.yaml#--config=/var/lib/kubelet/konfig.yaml#', ['failed to load kubelet config file, path: /var/lib/kubelet/konfig.yaml, error: failed to load Kubelet config file /var/lib/kubelet/konfig.yaml, error failed to read kubelet config file \\"/var/lib/kubelet/konfig.yaml\\", error: open /var/lib/kubelet/konfig.yaml: no such file or directory']),
  config('N06', '$amaxPods: "110"', ['json: cannot unmarshal string into Go struct field KubeletConfiguration.maxPods of type int32']),
  config('N06 bool', 's/rotateCertificates: true/rotateCertificates: "yes"/', ['json: cannot unmarshal string into Go struct field KubeletConfiguration.rotateCertificates of type bool']),
  config('N06 range', '$aimageGCHighThresholdPercent: 200', ['failed to validate kubelet configuration, error: ', 'invalid configuration: imageGCHighThresholdPercent (--image-gc-high-threshold) 200 must be between 0 and 100, inclusive']),
  flags('N07', 's#"$# --improve-speed"#', ['"command failed" err="failed to parse kubelet flag: unknown flag: --improve-speed"']),
  dropIn('N08', 's#/usr/bin/kubelet#/usr/local/bin/kubelet#', ['Failed at step EXEC spawning /usr/local/bin/kubelet: No such file or directory', 'status=203/EXEC']),
  { id: 'N09', breaks: 'systemctl stop containerd; systemctl restart kubelet', wait: 20, looks: [JOURNAL], says: ['failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: code = Unavailable desc = connection error: desc = \\"transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: '], fix: 'systemctl start containerd', heal: 60 },
  flags('N10', 's#containerd/containerd.sock#containerd/containerd1.sock#', ['dial unix /run/containerd/containerd1.sock: connect: no such file or directory']),
  { id: 'N11', breaks: `cp -p /etc/containerd/config.toml /root/toml; sed -i '1adisabled_plugins = ["cri"]' /etc/containerd/config.toml; systemctl restart containerd; systemctl restart kubelet`, wait: 20, looks: [JOURNAL], says: ['code = Unimplemented desc = unknown service runtime.v1.RuntimeService'], fix: 'cp -p /root/toml /etc/containerd/config.toml; systemctl restart containerd', heal: 60 },
  config('N14', 's#staticPodPath: .*#staticPodPath: /etc/kubernetes/manifest#', ['"Unable to read config path" err="path does not exist, ignoring" path="/etc/kubernetes/manifest"', REFUSED], { wait: 45, looks: [JOURNAL, NODES], heal: 90 }),
  { id: 'N15', breaks: 'mv /etc/kubernetes/kubelet.conf /root/; systemctl restart kubelet', wait: 15, looks: [JOURNAL], says: ['unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory'], fix: 'mv /root/kubelet.conf /etc/kubernetes/', heal: 60 },
  config('N18', 's#10.96.0.10#10.96.0.11#', ['nameserver 10.96.0.11'], { looks: ['kubectl run x --image=nginx:alpine; sleep 10; kubectl exec x -- cat /etc/resolv.conf; kubectl delete po x --force'] }),
  config('N19', '3s/^/ /', ['failed to load Kubelet config file', 'yaml: line ']),
  { id: 'N20', breaks: `echo '# x' >> /usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf`, wait: 1, looks: [unitStatus], says: ["changed on disk. Run 'systemctl daemon-reload' to reload units."], fix: 'systemctl daemon-reload', heal: 1 },
  config('N strict', 's#^clusterDomain:#clusterDomian:#', ['strict decoding error: unknown field \\"clusterDomian\\"', 'active (running)'], { looks: [JOURNAL, unitStatus] }),
  config('N kind', 's#kind: KubeletConfiguration#kind: KubeletConfig#', ['no kind \\"KubeletConfig\\" is registered for version \\"kubelet.config.k8s.io/v1beta1\\"']),
  kubeconfig('K01', 's#:6443#:6433#', ['The connection to the server controlplane:6433 was refused - did you specify the right host or port?']),
  { id: 'K02', breaks: `cp -p ~/.kube/config /root/kc; sed -i "s#certificate-authority-data: .*#certificate-authority-data: $(base64 -w0 /etc/kubernetes/pki/etcd/ca.crt)#" ~/.kube/config`, wait: 1, looks: [NODES], says: ['Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority'], fix: 'cp -p /root/kc ~/.kube/config', heal: 1 },
  { id: 'K04', breaks: 'mv ~/.kube/config /root/kc', wait: 1, looks: [NODES], says: ['The connection to the server localhost:8080 was refused - did you specify the right host or port?'], fix: 'mv /root/kc ~/.kube/config', heal: 1 },
  kubeconfig('K05', 's#https://controlplane:#https://controlplain:#', ['Unable to connect to the server: dial tcp: lookup controlplain', 'no such host']),
  kubeconfig('K06', 's#current-context: .*#current-context: nope#', ['Error in configuration: context was not found for specified context: nope']),
  { id: 'W02', breaks: 'mv /etc/cni/net.d /root/net.d; systemctl restart containerd', wait: 60, looks: [NODES, 'kubectl describe no'], says: ['NotReady', 'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized'], fix: 'mv /root/net.d /etc/cni/net.d', heal: 60 },
  { id: 'W03', breaks: 'mv /opt/cni/bin/flannel /root/; kubectl run x --image=nginx:alpine', wait: 20, looks: ['kubectl describe po x'], says: ['failed to find plugin "flannel" in path [/opt/cni/bin]', 'FailedCreatePodSandBox'], fix: 'mv /root/flannel /opt/cni/bin/', heal: 60 },
  { id: 'W04', breaks: 'rm /run/flannel/subnet.env; kubectl run x --image=nginx:alpine', wait: 20, looks: ['kubectl describe po x'], says: ['open /run/flannel/subnet.env: no such file or directory'], fix: 'kubectl -n kube-flannel delete po --all', heal: 90 },
  { id: 'W06', breaks: `kubectl -n kube-system get ds kube-proxy -o yaml | sed 's#/var/lib/kube-proxy/config.conf#/var/lib/kube-proxy/configuration.conf#' | kubectl apply -f -`, wait: 40, looks: [PODS, 'kubectl -n kube-system logs ds/kube-proxy'], says: ['failed complete: open /var/lib/kube-proxy/configuration.conf: no such file or directory'], fix: `kubectl -n kube-system get ds kube-proxy -o yaml | sed 's#configuration.conf#config.conf#' | kubectl apply -f -`, heal: 120 },
  { id: 'W09', breaks: `kubectl -n kube-system get cm coredns -o yaml | sed 's/forward \\./forword ./' | kubectl apply -f -; kubectl -n kube-system rollout restart deploy coredns`, wait: 60, looks: [PODS, 'kubectl -n kube-system logs $(kubectl -n kube-system get po -l k8s-app=kube-dns -o name | tail -1)', 'kubectl -n kube-system logs $(kubectl -n kube-system get po -l k8s-app=kube-dns --sort-by=.metadata.creationTimestamp -o name | tail -1)'], says: ["Error during parsing: Unknown directive 'forword'"], fix: `kubectl -n kube-system get cm coredns -o yaml | sed 's/forword \\./forward ./' | kubectl apply -f -; kubectl -n kube-system rollout restart deploy coredns`, heal: 120 },
  { id: 'W10', breaks: `cp -p /etc/resolv.conf /root/; sed -i 's/nameserver .*/nameserver 127.0.0.1/' /etc/resolv.conf; kubectl -n kube-system delete po -l k8s-app=kube-dns`, wait: 60, looks: [PODS, 'kubectl -n kube-system logs -l k8s-app=kube-dns'], says: ['0/1     CrashLoopBackOff', '[FATAL] plugin/loop: Loop (127.0.0.1:', ' -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO '], fix: 'cp -p /root/resolv.conf /etc/; kubectl -n kube-system delete po -l k8s-app=kube-dns', heal: 60 },
  { id: 'W11', breaks: 'kubectl -n kube-system set image deploy/coredns coredns=registry.k8s.io/coredns/coredns:v9.9.9', wait: 60, looks: ['kubectl -n kube-system describe po -l k8s-app=kube-dns'], says: ['Error: ImagePullBackOff', 'coredns:v9.9.9: not found'], fix: 'kubectl -n kube-system rollout undo deploy/coredns', heal: 90 },
  { id: 'W12', breaks: 'kubectl -n kube-system scale deploy coredns --replicas=0', wait: 30, looks: ['kubectl -n kube-system get ep kube-dns'], says: ['<none>'], fix: 'kubectl -n kube-system scale deploy coredns --replicas=2', heal: 60 },
  { id: 'cordon', breaks: 'kubectl cordon controlplane; kubectl run x --image=nginx:alpine', wait: 10, looks: [NODES, 'kubectl describe po x'], says: ['Ready,SchedulingDisabled', '0/1 nodes are available: 1 node(s) were unschedulable.'], fix: 'kubectl uncordon controlplane', heal: 60 },
  { id: 'taint', breaks: 'kubectl taint no controlplane a=b:NoSchedule; kubectl run x --image=nginx:alpine', wait: 10, looks: ['kubectl describe po x'], says: ['0/1 nodes are available: 1 node(s) had untolerated taint {a: b}.'], fix: 'kubectl taint no controlplane a-', heal: 60 },
  { id: 'pull', breaks: 'kubectl run x --image=nginx:nope', wait: 40, looks: ['kubectl get po x', 'kubectl describe po x'], says: ['ImagePullBackOff', 'nginx:nope: not found'], fix: 'kubectl delete po x', heal: 40 },
  { id: 'config', breaks: `kubectl run x --image=nginx:alpine --dry-run=client -o yaml | sed 's/^    name: x/    name: x\\n    envFrom:\\n    - configMapRef:\\n        name: nope/' | kubectl apply -f -`, wait: 20, looks: ['kubectl get po x', 'kubectl describe po x'], says: ['CreateContainerConfigError', 'configmap "nope" not found'], fix: 'kubectl create cm nope', heal: 90 },
];
