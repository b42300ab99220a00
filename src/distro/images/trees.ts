/** File trees of the simulated images: small root filesystems with the programs that matter in them. */
import type { FileSpec } from '../../kernel/spec.ts';

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

/** Programs of ours that stand for busybox's applets. */
const APPLETS = ['base64', 'basename', 'cat', 'chmod', 'chown', 'cp', 'cut', 'date', 'diff', 'dirname', 'echo', 'env', 'expr', 'false', 'find', 'free', 'grep', 'head', 'hostname', 'id', 'kill', 'ln', 'ls',
  'md5sum', 'mkdir', 'mktemp', 'mv', 'nc', 'netstat', 'nslookup', 'ping', 'printenv', 'printf', 'ps', 'pwd', 'readlink', 'rm', 'rmdir', 'sed', 'seq', 'sh', 'sha256sum', 'sleep', 'sort', 'stat', 'tail', 'tar', 'tee', 'test',
  'timeout', 'top', 'touch', 'tr', 'true', 'tty', 'uname', 'uniq', 'uptime', 'vi', 'watch', 'wc', 'wget', 'which', 'whoami', 'xargs', 'yes', 'awk', 'ip'] as const;

/** A root filesystem with busybox' applets in /bin, as alpine and busybox have it. */
export function busybox(release: string, programs: Readonly<Record<string, FileSpec>> = {}): Dir {
  const root = bare(release);
  for (const name of APPLETS) place(root, `/bin/${name}`, binary(name === 'sh' ? 'bash' : name, 808_712));
  place(root, '/bin/busybox', binary('unavailable', 808_712));
  place(root, '/bin/ash', binary('bash', 808_712));
  place(root, '/etc/passwd', file(PASSWD.replace('/sbin/nologin', '/bin/ash')));
  for (const [path, spec] of Object.entries(programs)) place(root, path, spec);
  return root;
}

export const alpine = (version: string, programs: Readonly<Record<string, FileSpec>> = {}): Dir =>
  busybox(`NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.replace(/\.\d+$/, '')}"\nHOME_URL="https://alpinelinux.org/"\n`, programs);

/** A Debian root filesystem: the same programs in /usr/bin, and bash. */
export function debian(programs: Readonly<Record<string, FileSpec>> = {}): Dir {
  const root = bare('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n');
  for (const name of APPLETS) place(root, `/usr/bin/${name}`, binary(name === 'sh' ? 'bash' : name, 808_712));
  for (const name of ['bash', 'curl']) place(root, `/usr/bin/${name}`, binary(name, 1_265_648));
  place(root, '/bin', link('usr/bin'));
  for (const [path, spec] of Object.entries(programs)) place(root, path, spec);
  return root;
}
