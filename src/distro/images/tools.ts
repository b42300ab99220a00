/** Images to look around with: what a learner runs for a shell, a question to the DNS or a request. */
import { BUILDS } from '../../lib/busybox/index.ts';
import { official } from './entry.ts';
import type { Entry } from './entry.ts';
import { alpine, binary, busybox, debian, dir, file } from './trees.ts';

const box = (build: keyof typeof BUILDS, size: number, ...tags: readonly string[]): Entry => ({ refs: official('busybox', ...tags), size, cmd: ['sh'], files: () => busybox(BUILDS[build]) });
const alpineOf = (version: string, size: number, ...tags: readonly string[]): Entry => ({ refs: official('alpine', version, ...tags), size, cmd: ['/bin/sh'], files: () => alpine(version) });

const CURL = binary('curl', 280_688);
const DNS = { '/usr/bin/nslookup': binary('nslookup', 127_000), '/usr/bin/dig': binary('nslookup', 151_528), '/usr/bin/host': binary('nslookup', 122_880) };
const NETWORK = { '/usr/bin/ip': binary('ip', 745_608), '/usr/bin/ss': binary('ss', 141_528), '/usr/bin/ping': binary('ping', 90_568), '/usr/bin/netstat': binary('netstat', 155_304), '/usr/bin/nc': binary('nc', 43_624) };
const UNAVAILABLE = ['tcpdump', 'iperf3', 'nmap', 'mtr', 'traceroute', 'jq', 'iftop', 'tshark', 'openssl', 'strace', 'vim', 'zsh'] as const;

export const TOOLS: readonly Entry[] = [
  box('1.37', 2_223_685, 'latest', '1', '1.37', '1.37.0', 'stable', 'glibc', '1.37-glibc'), box('1.37-musl', 890_112, 'musl', '1.37-musl', '1.37.0-musl', 'stable-musl'),
  box('1.36', 2_160_406, '1.36', '1.36.1', '1.36-glibc', '1.36.0'), box('1.36-musl', 870_400, '1.36-musl', '1.36.1-musl'),
  box('1.35', 777_080, '1.35', '1.35.0'), box('1.34', 772_352, '1.34', '1.34.1'), box('1.33', 768_000, '1.33', '1.33.1'), box('1.32', 764_416, '1.32', '1.32.1'), box('1.31', 760_770, '1.31', '1.31.1'), box('1.28', 727_869, '1.28', '1.28.4'),
  alpineOf('3.22.1', 3_802_452, 'latest', '3.22', '3'), alpineOf('3.21.4', 3_644_416, '3.21'), alpineOf('3.20.7', 3_630_080, '3.20'), alpineOf('3.19.8', 3_419_706, '3.19'), alpineOf('3.18.12', 3_412_992, '3.18'),
  // The entrypoint is a script of the image: a word that is no command is an argument of curl.
  { refs: ['latest', '8.15.0', '8.14.1', '8.11.0', '8.10.1', '8.5.0', '7.88.1'].map((tag) => `docker.io/curlimages/curl:${tag}`), size: 9_400_320, user: 'curl_user', entrypoint: ['/entrypoint.sh'], cmd: ['curl'], workingDir: '/home/curl_user', env: ['CURL_VERSION=8_15_0'],
    files: () => alpine('3.22.1', { '/usr/bin/curl': CURL, '/entrypoint.sh': binary('docker-entrypoint', 300), '/etc/passwd': file('root:x:0:0:root:/root:/bin/sh\ncurl_user:x:100:101::/home/curl_user:/sbin/nologin\n'), '/home/curl_user': dir() }) },
  { refs: ['latest', 'v0.13', 'v0.14'].map((tag) => `docker.io/nicolaka/netshoot:${tag}`), size: 209_715_200, cmd: ['zsh'], workingDir: '/root',
    files: () => debian({ ...DNS, ...NETWORK, '/usr/bin/curl': CURL, '/usr/bin/ps': binary('ps', 145_472), '/usr/bin/vi': binary('vi', 3_798_952), ...Object.fromEntries(UNAVAILABLE.map((name) => [`/usr/bin/${name}`, binary('unavailable', 64_000)])), '/usr/bin/zsh': binary('bash', 700_000) }) },
  { refs: ['registry.k8s.io/e2e-test-images/jessie-dnsutils:1.3', 'registry.k8s.io/e2e-test-images/jessie-dnsutils:1.7', 'registry.k8s.io/e2e-test-images/jessie-dnsutils:1.8'], size: 119_537_664, entrypoint: ['sh', '-c', 'sleep infinity'],
    files: () => debian({ ...DNS, '/usr/bin/ping': NETWORK['/usr/bin/ping'], '/usr/bin/curl': CURL, '/usr/bin/ps': binary('ps', 145_472) }, ['8', 'jessie']) },
  { refs: ['2.53', '2.52', '2.47', '2.45', '2.43', '2.40', '2.39', '2.33', '2.32'].map((tag) => `registry.k8s.io/e2e-test-images/agnhost:${tag}`), size: 51_900_416, entrypoint: ['/agnhost'], cmd: ['pause'],
    files: () => alpine('3.22.1', { '/agnhost': binary('agnhost', 46_000_000), '/usr/bin/curl': CURL, ...DNS }) },
];
