/** Static files below /etc of the Debian 12 node: path → bytes. Modes other than 0644 are given in MODES. */

export const MACHINE_ID = '371ba4d2cf144fa6804395d70fcf2632';

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
systemd-network:x:998:998:systemd Network Management:/:/usr/sbin/nologin
messagebus:x:100:107::/nonexistent:/usr/sbin/nologin
`;
const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
news:x:9:
uucp:x:10:
man:x:12:
proxy:x:13:
kmem:x:15:
dialout:x:20:
fax:x:21:
voice:x:22:
cdrom:x:24:
floppy:x:25:
tape:x:26:
sudo:x:27:
audio:x:29:
dip:x:30:
www-data:x:33:
backup:x:34:
operator:x:37:
list:x:38:
irc:x:39:
src:x:40:
shadow:x:42:
utmp:x:43:
video:x:44:
sasl:x:45:
plugdev:x:46:
staff:x:50:
games:x:60:
users:x:100:
nogroup:x:65534:
systemd-journal:x:999:
systemd-network:x:998:
messagebus:x:107:
`;

const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

const PROFILE = `# /etc/profile: system-wide .profile file for the Bourne shell (sh(1))
# and Bourne compatible shells (bash(1), ksh(1), ash(1), ...).

if [ "$(id -u)" -eq 0 ]; then
  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
else
  PATH="/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
fi
export PATH

if [ "\${PS1-}" ]; then
  if [ "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    # The file bash.bashrc already sets the default PS1.
    # PS1='\\h:\\w\\$ '
    if [ -f /etc/bash.bashrc ]; then
      . /etc/bash.bashrc
    fi
  else
    if [ "$(id -u)" -eq 0 ]; then
      PS1='# '
    else
      PS1='$ '
    fi
  fi
fi

if [ -d /etc/profile.d ]; then
  for i in /etc/profile.d/*.sh; do
    if [ -r $i ]; then
      . $i
    fi
  done
  unset i
fi
`;
const BASHRC = `# System-wide .bashrc file for interactive bash(1) shells.

# To enable the settings / commands in this file for login shells as well,
# this file has to be sourced in /etc/profile.

# If not running interactively, don't do anything
[ -z "\${PS1-}" ] && return

# check the window size after each command and, if necessary,
# update the values of LINES and COLUMNS.
shopt -s checkwinsize

# set a fancy prompt (non-color, overwrite the one in /etc/profile)
PS1='\\u@\\h:\\w\\$ '
`;

const CONTAINERD = `version = 2

[plugins]
  [plugins."io.containerd.grpc.v1.cri"]
    sandbox_image = "registry.k8s.io/pause:3.10"
    [plugins."io.containerd.grpc.v1.cri".cni]
      bin_dir = "/opt/cni/bin"
      conf_dir = "/etc/cni/net.d"
    [plugins."io.containerd.grpc.v1.cri".containerd]
      snapshotter = "overlayfs"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
        runtime_type = "io.containerd.runc.v2"
        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
          SystemdCgroup = true
  [plugins."io.containerd.internal.v1.opt"]
    path = "/var/lib/containerd"
`;

/** Path below / → bytes. */
export const ETC: Readonly<Record<string, string>> = {
  'etc/hostname': 'controlplane\n',
  'etc/hosts': '127.0.0.1 localhost\n172.30.1.2 controlplane\n172.30.2.2 node01\n',
  'etc/host.conf': 'multi on\n',
  'etc/resolv.conf': 'nameserver 172.30.1.1\n',
  'etc/machine-id': `${MACHINE_ID}\n`,
  'etc/debian_version': '12.11\n',
  'etc/issue': 'Debian GNU/Linux 12 \\n \\l\n\n',
  'etc/issue.net': 'Debian GNU/Linux 12\n',
  'usr/lib/os-release': OS_RELEASE,
  'etc/passwd': PASSWD, 'etc/group': GROUP,
  'etc/shadow': PASSWD.split('\n').filter((l) => l !== '').map((l) => `${l.split(':')[0]}:*:20318:0:99999:7:::\n`).join(''),
  'etc/gshadow': GROUP.split('\n').filter((l) => l !== '').map((l) => `${l.split(':')[0]}:*::\n`).join(''),
  'etc/shells': '# /etc/shells: valid login shells\n/bin/sh\n/bin/bash\n/usr/bin/bash\n/bin/rbash\n/usr/bin/rbash\n/bin/dash\n/usr/bin/dash\n',
  'etc/fstab': '# /etc/fstab: static file system information.\n#\n# <file system> <mount point>   <type>  <options>       <dump>  <pass>\n/dev/vda1       /               ext4    errors=remount-ro 0       1\n',
  'etc/nsswitch.conf': 'passwd:         files\ngroup:          files\nshadow:         files\ngshadow:        files\n\nhosts:          files dns\nnetworks:       files\n\nprotocols:      db files\nservices:       db files\nethers:         db files\nrpc:            db files\n\nnetgroup:       nis\n',
  'etc/networks': 'default\t\t0.0.0.0\nloopback\t127.0.0.0\nlink-local\t169.254.0.0\n',
  'etc/motd': '', 'etc/environment': '',
  'etc/timezone': 'Etc/UTC\n', 'etc/adjtime': '0.0 0 0.0\n0\nUTC\n',
  'etc/locale.conf': 'LANG=C.UTF-8\n', 'etc/default/locale': 'LANG=C.UTF-8\n',
  'etc/default/kubelet': 'KUBELET_EXTRA_ARGS=\n',
  'etc/profile': PROFILE, 'etc/bash.bashrc': BASHRC,
  'etc/inputrc': '# /etc/inputrc - global inputrc for libreadline\nset input-meta on\nset output-meta on\n',
  'etc/skel/.bashrc': '# ~/.bashrc: executed by bash(1) for non-login shells.\n', 'etc/skel/.profile': '# ~/.profile: executed by the command interpreter for login shells.\n', 'etc/skel/.bash_logout': '# ~/.bash_logout: executed by bash(1) when login shell exits.\n',
  'etc/crictl.yaml': 'runtime-endpoint: unix:///run/containerd/containerd.sock\nimage-endpoint: unix:///run/containerd/containerd.sock\n',
  'etc/containerd/config.toml': CONTAINERD,
  'etc/modules-load.d/k8s.conf': 'overlay\nbr_netfilter\n',
  'etc/sysctl.d/k8s.conf': 'net.bridge.bridge-nf-call-iptables  = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.ipv4.ip_forward                 = 1\n',
  'etc/sysctl.conf': '#\n# /etc/sysctl.conf - Configuration file for setting system variables\n# See /etc/sysctl.d/ for additional system variables.\n# See sysctl.conf (5) for information.\n#\n',
  'etc/modules': '# /etc/modules: kernel modules to load at boot time.\n',
  'etc/systemd/journald.conf': '#  This file is part of systemd.\n\n[Journal]\n#Storage=auto\n#Compress=yes\n#SystemMaxUse=\n',
  'etc/systemd/system.conf': '#  This file is part of systemd.\n\n[Manager]\n#LogLevel=info\n#DefaultTimeoutStartSec=90s\n#DefaultTimeoutStopSec=90s\n#DefaultRestartSec=100ms\n',
  'etc/apt/sources.list.d/kubernetes.list': 'deb [signed-by=/etc/apt/keyrings/kubernetes-apt-keyring.gpg] https://pkgs.k8s.io/core:/stable:/v1.33/deb/ /\n',
  'etc/apt/sources.list': 'deb http://deb.debian.org/debian bookworm main\ndeb http://deb.debian.org/debian-security bookworm-security main\ndeb http://deb.debian.org/debian bookworm-updates main\n',
  'etc/vim/vimrc': '" All system-wide defaults are set in $VIMRUNTIME/debian.vim and sourced by\n" the call to :runtime you can find below.\nruntime! debian.vim\n',
  'etc/ssl/openssl.cnf': '# OpenSSL example configuration file.\nopenssl_conf = openssl_init\n\n[openssl_init]\n',
  'etc/ld.so.conf': 'include /etc/ld.so.conf.d/*.conf\n', 'etc/ld.so.conf.d/libc.conf': '# libc default configuration\n/usr/local/lib\n',
  'etc/services': 'ssh\t\t22/tcp\ndomain\t\t53/tcp\ndomain\t\t53/udp\nhttp\t\t80/tcp\t\twww\nhttps\t\t443/tcp\n', 'etc/protocols': 'ip\t0\tIP\nicmp\t1\tICMP\ntcp\t6\tTCP\nudp\t17\tUDP\n',
  'etc/sudoers': 'Defaults\tenv_reset\nDefaults\tmail_badpass\nDefaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\n\nroot\tALL=(ALL:ALL) ALL\n%sudo\tALL=(ALL:ALL) ALL\n\n@includedir /etc/sudoers.d\n',
  'etc/ssl/certs/ca-certificates.crt': '', 'etc/ca-certificates.conf': '# This file lists certificates that you wish to use or to ignore to be\n# installed in /etc/ssl/certs.\n',
};

export const MODES: Readonly<Record<string, number>> = { 'etc/shadow': 0o640, 'etc/gshadow': 0o640, 'etc/sudoers': 0o440, 'etc/machine-id': 0o444 };

/** Empty directories that a Debian 12 with these packages has below /etc (43 in all with those of the files). */
export const ETC_DIRS = ['alternatives', 'apt/keyrings', 'bash_completion.d', 'binfmt.d', 'ca-certificates', 'cni/net.d', 'cron.d', 'cron.daily', 'dbus-1', 'dpkg', 'init.d', 'iproute2', 'kernel',
  'logrotate.d', 'modprobe.d', 'network', 'opt', 'pam.d', 'perl', 'profile.d', 'rc0.d', 'rc1.d', 'rc2.d', 'rc3.d', 'rc6.d', 'security', 'sudoers.d', 'sysctl.d', 'terminfo', 'tmpfiles.d', 'udev', 'update-motd.d', 'X11', 'xdg'] as const;
