/** File trees of the simulated images: small root filesystems with the programs that matter in them. */
import type { FileSpec } from '../../kernel/spec.ts';
import { APPLETS, BUILDS } from '../../lib/busybox/index.ts';
import type { Build } from '../../lib/busybox/index.ts';

export type Dir = { type: 'dir'; mode?: number; entries: Record<string, FileSpec> };

export const dir = (entries: Record<string, FileSpec> = {}, mode = 0o755): Dir => ({ type: 'dir', mode, entries });
export const file = (data: string, mode = 0o644): FileSpec => ({ type: 'file', data, mode });
export const link = (target: string): FileSpec => ({ type: 'link', target });
export const binary = (program: string, size: number): FileSpec => ({ type: 'binary', program, size });

/** Puts a file at an absolute path of a tree, making the directories on the way. */
export function place(root: Dir, path: string, spec: FileSpec): Dir {
  const names = path.split('/').filter((name) => name !== '');
  const last = names.pop()!;
  let here = root;
  for (const name of names) here = (here.entries[name] ??= dir()) as Dir;
  here.entries[last] = spec;
  return root;
}

const DEVICES = ['null', 'zero', 'full', 'urandom', 'tty', 'stdin', 'stdout', 'stderr'] as const;
const devices = (): Dir => dir(Object.fromEntries(DEVICES.map((device) => [device, { type: 'chr', device } satisfies FileSpec])));

const PASSWD = 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n';

/** What every image has. */
function bare(release: string): Dir {
  return dir({
    dev: devices(), proc: dir({}, 0o555), sys: dir({}, 0o555), tmp: dir({}, 0o1777), run: dir(), root: dir({}, 0o700), var: dir({ run: link('/run'), log: dir(), lib: dir(), tmp: dir({}, 0o1777) }),
    etc: dir({ passwd: file(PASSWD), group: file('root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n'), 'os-release': file(release), hostname: file(''), hosts: file('127.0.0.1\tlocalhost\n'), 'resolv.conf': file(''), ssl: dir({ certs: dir() }) }),
    usr: dir({ bin: dir(), sbin: dir(), lib: dir(), local: dir({ bin: dir(), share: dir() }), share: dir() }),
  });
}

/** Google's distroless base: no shell, nothing but the programs put in. */
export function distroless(programs: Readonly<Record<string, FileSpec>>): Dir {
  const root = bare('PRETTY_NAME="Distroless"\nNAME="Debian GNU/Linux"\nID="debian"\nVERSION_ID="12"\nVERSION="Debian GNU/Linux 12 (bookworm)"\n');
  for (const [path, spec] of Object.entries(programs)) place(root, path, spec);
  return root;
}

/** Applets that are BusyBox' alone, or go by another name here. */
const OWN: Readonly<Record<string, string>> = { sh: 'bash', ash: 'bash', busybox: 'busybox', wget: 'busybox', ifconfig: 'busybox', '[': 'test', arch: 'uname', chgrp: 'chown', egrep: 'grep', fgrep: 'grep', more: 'less', pkill: 'pgrep', reset: 'clear', umount: 'mount' };
const ROOT_SHELL = PASSWD.replace('/sbin/nologin', '/bin/sh');

function put(root: Dir, files: Readonly<Record<string, FileSpec>>): Dir {
  for (const [path, spec] of Object.entries(files)) place(root, path, spec);
  return root;
}
function applets(release: string, build: Build): Dir {
  const root = bare(release);
  for (const name of APPLETS) place(root, `/bin/${name}`, binary(OWN[name] ?? name, build.size));
  return root;
}
/** The busybox image: nothing but the applets; it does not say what it is. */
export function busybox(build: Build): Dir {
  const root = applets('', build);
  delete (root.entries['etc'] as Dir).entries['os-release'];
  return put(root, { '/etc/passwd': file(ROOT_SHELL), '/etc/group': file('root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nwheel:x:10:root\nwww-data:x:33:\nnobody:x:65534:\n') });
}
const ALPINE_GROUPS = 'root:x:0:root\nbin:x:1:root,bin,daemon\ndaemon:x:2:root,bin,daemon\nsys:x:3:root,bin\nadm:x:4:root,daemon\ntty:x:5:\ndisk:x:6:root\nwheel:x:10:root\nfloppy:x:11:root\ndialout:x:20:root\ntape:x:26:root\nvideo:x:27:root\nnobody:x:65534:\n';
/** Alpine: BusyBox with a release file, and what an image puts in. */
export function alpine(version: string, programs: Readonly<Record<string, FileSpec>> = {}): Dir {
  const release = `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.replace(/\.\d+$/, '')}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`;
  const root = applets(release, /^3\.(?:1\d|20)/.test(version) ? BUILDS['alpine-1.36'] : BUILDS['alpine-1.37']);
  return put(root, { '/etc/passwd': file(ROOT_SHELL), '/etc/group': file(ALPINE_GROUPS), '/etc/alpine-release': file(`${version}\n`), ...programs });
}
/** What a slim Debian has: no ps, no ping, no vi. */
const DEBIAN = ['[', 'awk', 'base64', 'basename', 'cat', 'chgrp', 'chmod', 'chown', 'clear', 'comm', 'cp', 'cut', 'date', 'df', 'diff', 'dirname', 'dmesg', 'du', 'echo', 'egrep', 'env', 'expr', 'false', 'fgrep', 'find', 'grep', 'groups', 'head', 'hostname', 'id', 'join', 'ln', 'ls', 'md5sum', 'mkdir', 'mktemp', 'more', 'mount', 'mv',
  'nl', 'nohup', 'nproc', 'od', 'paste', 'printenv', 'printf', 'pwd', 'readlink', 'realpath', 'rm', 'rmdir', 'sed', 'seq', 'sh', 'sha1sum', 'sha256sum', 'sleep', 'sort', 'stat', 'tac', 'tail', 'tee', 'test', 'timeout', 'touch', 'tr', 'true', 'tty', 'umount', 'uname', 'uniq', 'wc', 'which', 'whoami', 'xargs', 'yes'] as const;
/** A slim Debian root filesystem: GNU's tools in /usr/bin, and bash. `apt` and its like are there and say that the lab has none. */
export function debian(programs: Readonly<Record<string, FileSpec>> = {}, release: readonly [version: string, name: string] = ['12', 'bookworm']): Dir {
  const root = bare(`PRETTY_NAME="Debian GNU/Linux ${release[0]} (${release[1]})"\nNAME="Debian GNU/Linux"\nVERSION_ID="${release[0]}"\nVERSION="${release[0]} (${release[1]})"\nVERSION_CODENAME=${release[1]}\nID=debian\n`);
  for (const name of DEBIAN) place(root, `/usr/bin/${name}`, binary(OWN[name] ?? name, 64_000));
  place(root, '/usr/bin/bash', binary('bash', 1_265_648));
  for (const name of ['apt', 'apt-get', 'apt-cache', 'dpkg', 'perl']) place(root, `/usr/bin/${name}`, binary('unavailable', 64_000));
  place(root, '/bin', link('usr/bin'));
  return put(root, { '/etc/passwd': file(ROOT_SHELL.replace('/bin/sh', '/bin/bash')), ...programs });
}
