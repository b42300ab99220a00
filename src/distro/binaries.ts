/**
 * Where each program lies on the node and how big its file is. A program that is not named here is an ordinary tool in
 * /usr/bin. Programs of container images (kube-apiserver …) are not on the node's disk.
 */

export interface Place { readonly path: string; readonly size: number }

const bin = (name: string, size: number): Place => ({ path: `usr/bin/${name}`, size });
const sbin = (name: string, size: number): Place => ({ path: `usr/sbin/${name}`, size });
const local = (name: string, size: number): Place => ({ path: `usr/local/bin/${name}`, size });
const systemd = (name: string, size: number): Place => ({ path: `usr/lib/systemd/${name}`, size });

/** Only in images. */
export const IMAGE_ONLY: ReadonlySet<string> = new Set(['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'coredns', 'etcd', 'flanneld', 'flannel', 'pause', 'nginx', 'nginx-entrypoint', 'httpd-foreground',
  'redis-entrypoint', 'redis-server', 'go-runner', 'busybox', 'resolver', 'docker-entrypoint', 'agnhost', 'http-echo', 'mysqld', 'postgres', 'memcached']);

/** Files that must be there but are never run as programs of ours: containerd does what CNI plugins do. */
export const UNMODELLED = ['cni-plugin', 'ctr'] as const;

export const PLACES: Readonly<Record<string, readonly Place[]>> = {
  bash: [bin('bash', 1_265_648), bin('sh', 125_640), bin('dash', 125_640), bin('rbash', 1_265_648)],
  systemd: [systemd('systemd', 100_544)], 'systemd-journald': [systemd('systemd-journald', 194_904)],
  'systemd-oneshot': [systemd('systemd-modules-load', 22_640), systemd('systemd-remount-fs', 18_536), systemd('systemd-sysctl', 26_736), systemd('systemd-update-utmp', 14_440), systemd('systemd-user-sessions', 14_440),
    bin('systemd-sysusers', 63_704), bin('systemd-tmpfiles', 104_760), sbin('modprobe', 174_040), bin('kmod', 174_040)],
  'system-daemon': [systemd('systemd-logind', 272_632), bin('dbus-daemon', 248_976)],
  systemctl: [bin('systemctl', 317_032)], journalctl: [bin('journalctl', 79_832)],
  kubelet: [bin('kubelet', 81_174_820)], kubeadm: [bin('kubeadm', 74_015_256)], kubectl: [bin('kubectl', 60_031_128)], crictl: [bin('crictl', 40_239_463)],
  containerd: [bin('containerd', 54_985_552)], 'containerd-shim-runc-v2': [bin('containerd-shim-runc-v2', 12_607_752)], ctr: [bin('ctr', 25_485_312)],
  etcdctl: [local('etcdctl', 18_178_200)], etcdutl: [local('etcdutl', 15_138_968)],
  'cni-plugin': ['bandwidth', 'bridge', 'dhcp', 'dummy', 'firewall', 'host-device', 'host-local', 'ipvlan', 'loopback', 'macvlan', 'portmap', 'ptp', 'sbr', 'static', 'tap', 'tuning', 'vlan', 'vrf'].map((name, i) => ({ path: `opt/cni/bin/${name}`, size: 4_059_136 + ((i * 7919) % 900_000) })),
  curl: [bin('curl', 280_688)], openssl: [bin('openssl', 999_128)],
  vi: [bin('vi', 3_798_952), bin('vim', 3_798_952), bin('vim.basic', 3_798_952), bin('view', 3_798_952)], vim: [bin('vim', 3_798_952), bin('vim.basic', 3_798_952)], nano: [bin('nano', 357_560), bin('editor', 357_560)],
  ls: [bin('ls', 151_344)], cat: [bin('cat', 44_016)], grep: [bin('grep', 203_152), bin('egrep', 41), bin('fgrep', 41)], sed: [bin('sed', 126_424)], awk: [bin('awk', 162_488), bin('mawk', 162_488)],
  less: [bin('less', 199_048), bin('more', 59_712), bin('pager', 199_048)], find: [bin('find', 224_848)], xargs: [bin('xargs', 72_016)], cp: [bin('cp', 151_152)], mv: [bin('mv', 142_968)], rm: [bin('rm', 72_752)],
  ps: [bin('ps', 145_472)], top: [bin('top', 134_856)], kill: [bin('kill', 30_904), bin('killall', 35_128)], pgrep: [bin('pgrep', 34_992), bin('pkill', 34_992)], free: [bin('free', 26_776)], watch: [bin('watch', 30_904)], uptime: [bin('uptime', 14_568)],
  ss: [bin('ss', 141_528), sbin('ss', 141_528)], ip: [bin('ip', 745_608), sbin('ip', 745_608)], netstat: [bin('netstat', 155_304)], ping: [bin('ping', 90_568)], nslookup: [bin('nslookup', 127_000), bin('dig', 151_528), bin('host', 122_880)],
  df: [bin('df', 97_000)], dmesg: [bin('dmesg', 84_672)], mount: [bin('mount', 59_704), bin('umount', 35_128), bin('findmnt', 68_024)], lsof: [bin('lsof', 170_224)], hostnamectl: [bin('hostnamectl', 30_904)], timedatectl: [bin('timedatectl', 47_288)],
  reboot: [sbin('reboot', 317_032), sbin('shutdown', 317_032), sbin('poweroff', 317_032), sbin('halt', 317_032), sbin('init', 100_544)],
  id: [bin('id', 48_144)], chown: [bin('chown', 68_624), bin('chgrp', 64_496)], test: [bin('test', 47_940), bin('[', 52_072)], clear: [bin('clear', 14_568), bin('reset', 26_816)], uname: [bin('uname', 39_912), bin('arch', 39_912)],
  sysctl: [sbin('sysctl', 30_904)], nc: [bin('nc', 43_624), bin('netcat', 43_624)],
  jq: [bin('jq', 30_952)],
  unavailable: ['tar', 'gzip', 'gunzip', 'zcat', 'zgrep', 'tree', 'dd', 'who', 'w', 'last', 'lsb_release', 'pidof', 'pstree', 'split', 'shuf', 'fold', 'fmt', 'rsync', 'wget', 'telnet', 'stty', 'su', 'passwd', 'crontab', 'logger', 'apt', 'apt-get', 'apt-cache', 'dpkg', 'git', 'tcpdump', 'strace', 'vmstat', 'iostat', 'nft', 'lsblk', 'lscpu', 'tmux', 'screen', 'ssh', 'scp', 'make', 'gcc', 'runc', 'nerdctl', 'systemd-analyze', 'systemd-run', 'systemd-cgls', 'systemd-cgtop', 'loginctl', 'busctl', 'resolvectl', 'coredumpctl']
    .map((name) => bin(name, 64_000)).concat(['iptables', 'ip6tables', 'iptables-save', 'ipset', 'conntrack', 'swapoff', 'swapon', 'useradd', 'userdel', 'usermod', 'fdisk', 'modinfo', 'lsmod', 'rmmod'].map((name) => sbin(name, 98_000))),
};
