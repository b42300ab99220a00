/** What programs.ts names, for those who know a world before its programs are here; the tests compare the two. */
export const PROGRAM_NAMES: readonly string[] = [
  'agnhost', 'awk', 'base64', 'basename', 'bash', 'busybox', 'cat', 'chmod', 'chown', 'clear', 'column', 'comm', 'containerd',
  'containerd-shim-runc-v2', 'coredns', 'cp', 'crictl', 'curl', 'cut', 'date', 'df', 'diff', 'dirname', 'dmesg', 'docker-entrypoint', 'du', 'echo',
  'env', 'etcd', 'etcdctl', 'etcdutl', 'expr', 'false', 'file', 'find', 'flanneld', 'free', 'grep', 'groups', 'head', 'hexdump', 'hostname',
  'hostnamectl', 'http-echo', 'httpd', 'id', 'ip', 'join', 'journalctl', 'systemd-journald', 'jq', 'kill', 'kube-apiserver',
  'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubeadm', 'kubectl', 'kubelet', 'less', 'ln', 'ls', 'lsof', 'md5sum', 'mkdir', 'mktemp',
  'mount', 'mv', 'nano', 'nc', 'netstat', 'nginx', 'nl', 'nohup', 'nproc', 'nslookup', 'od', 'openssl', 'paste', 'pause', 'pgrep', 'ping', 'printenv',
  'printf', 'ps', 'pwd', 'readlink', 'realpath', 'reboot', 'redis-server', 'resolver', 'rev', 'rm', 'rmdir', 'sed', 'seq', 'sha1sum', 'sha256sum',
  'sleep', 'sort', 'ss', 'stat', 'strings', 'sudo', 'sysctl', 'system-daemon', 'systemctl', 'systemd', 'systemd-oneshot', 'tac', 'tail', 'tee',
  'test', 'timedatectl', 'timeout', 'top', 'touch', 'tr', 'true', 'tty', 'uname', 'unavailable', 'uniq', 'uptime', 'vi', 'watch', 'wc', 'which',
  'whoami', 'xargs', 'xxd', 'yes',
];
