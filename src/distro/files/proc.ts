/** Static files of /proc and /sys that tools and learners read. /proc/<pid> is not there; ps asks the kernel. */

export const MEMORY_KB = 4_018_120;

const cpu = (index: number): string => `processor\t: ${index}
vendor_id\t: AuthenticAMD
cpu family\t: 23
model\t\t: 49
model name\t: AMD EPYC Processor
stepping\t: 0
microcode\t: 0x1000065
cpu MHz\t\t: 2445.404
cache size\t: 512 KB
physical id\t: ${index}
siblings\t: 1
core id\t\t: 0
cpu cores\t: 1
apicid\t\t: ${index}
initial apicid\t: ${index}
fpu\t\t: yes
fpu_exception\t: yes
cpuid level\t: 16
wp\t\t: yes
flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm rep_good nopl cpuid extd_apicid tsc_known_freq pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 x2apic movbe popcnt aes xsave avx f16c rdrand hypervisor
bogomips\t: 4890.80
TLB size\t: 1024 4K pages
clflush size\t: 64
cache_alignment\t: 64
address sizes\t: 48 bits physical, 48 bits virtual
power management:

`;

/** The filesystems mounted at boot: device, mount point, type, options. */
export const MOUNTS: readonly (readonly [string, string, string, string])[] = [
  ['sysfs', '/sys', 'sysfs', 'rw,nosuid,nodev,noexec,relatime'], ['proc', '/proc', 'proc', 'rw,nosuid,nodev,noexec,relatime'],
  ['udev', '/dev', 'devtmpfs', 'rw,nosuid,relatime,size=1981940k,nr_inodes=495485,mode=755,inode64'], ['devpts', '/dev/pts', 'devpts', 'rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=000'],
  ['tmpfs', '/run', 'tmpfs', 'rw,nosuid,nodev,noexec,relatime,size=401812k,mode=755,inode64'], ['/dev/vda1', '/', 'ext4', 'rw,relatime,errors=remount-ro'],
  ['securityfs', '/sys/kernel/security', 'securityfs', 'rw,nosuid,nodev,noexec,relatime'], ['tmpfs', '/dev/shm', 'tmpfs', 'rw,nosuid,nodev,inode64'], ['tmpfs', '/run/lock', 'tmpfs', 'rw,nosuid,nodev,noexec,relatime,size=5120k,inode64'],
  ['cgroup2', '/sys/fs/cgroup', 'cgroup2', 'rw,nosuid,nodev,noexec,relatime,nsdelegate,memory_recursiveprot'], ['bpf', '/sys/fs/bpf', 'bpf', 'rw,nosuid,nodev,noexec,relatime,mode=700'],
];

/** Path below / → bytes. */
export const PROC: Readonly<Record<string, string>> = {
  'proc/cpuinfo': cpu(0) + cpu(1),
  'proc/meminfo': `MemTotal:        ${MEMORY_KB} kB\nMemFree:          401244 kB\nMemAvailable:    2711520 kB\nBuffers:          102340 kB\nCached:          2203188 kB\nSwapCached:            0 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB\n`,
  'proc/version': 'Linux version 6.1.0-38-amd64 (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.147-1 (2025-08-02)\n',
  'proc/cmdline': 'BOOT_IMAGE=/boot/vmlinuz-6.1.0-38-amd64 root=/dev/vda1 ro console=tty0 console=ttyS0,115200\n',
  'proc/mounts': MOUNTS.map((m) => `${m.join(' ')} 0 0\n`).join(''),
  'proc/swaps': 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
  'proc/filesystems': 'nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tcgroup2\nnodev\tdevtmpfs\n\text4\nnodev\toverlay\n',
  'proc/modules': 'overlay 163840 0 - Live 0x0000000000000000\nbr_netfilter 36864 0 - Live 0x0000000000000000\nbridge 311296 1 br_netfilter, Live 0x0000000000000000\n',
  'proc/sys/kernel/random/boot_id': '00000000-0000-4000-a000-000000000000\n',
  'proc/sys/kernel/hostname': 'controlplane\n', 'proc/sys/kernel/osrelease': '6.1.0-38-amd64\n', 'proc/sys/kernel/pid_max': '4194304\n', 'proc/sys/kernel/panic': '10\n', 'proc/sys/kernel/panic_on_oops': '1\n',
  'proc/sys/net/ipv4/ip_forward': '1\n', 'proc/sys/net/bridge/bridge-nf-call-iptables': '1\n', 'proc/sys/net/bridge/bridge-nf-call-ip6tables': '1\n', 'proc/sys/net/core/somaxconn': '4096\n',
  'proc/sys/vm/overcommit_memory': '1\n', 'proc/sys/vm/swappiness': '60\n', 'proc/sys/fs/inotify/max_user_watches': '65536\n', 'proc/sys/fs/file-max': '9223372036854775807\n',
  'sys/class/dmi/id/product_uuid': '371ba4d2-cf14-4fa6-8043-95d70fcf2632\n', 'sys/class/dmi/id/sys_vendor': 'QEMU\n', 'sys/class/dmi/id/product_name': 'Standard PC (i440FX + PIIX, 1996)\n',
  'sys/fs/cgroup/cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc\n',
};
