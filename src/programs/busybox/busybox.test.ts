import { expect, test } from 'vitest';
import { BUILDS } from '../../lib/busybox/index.ts';
import { bootMachine } from '../../testing/machine.ts';
import { program as bash } from '../bash/index.ts';
import { program as cat } from '../cat/index.ts';
import { program as ls } from '../ls/index.ts';
import { program as nc } from '../nc/index.ts';
import { program as httpEcho } from '../http-echo/index.ts';
import { program as nslookup } from '../nslookup/index.ts';
import { program as ps } from '../ps/index.ts';
import { program as sleep } from '../sleep/index.ts';
import { program as busybox } from './index.ts';

function machine(build: keyof typeof BUILDS) {
  const m = bootMachine({ programs: [bash, busybox, cat, ls, nc, httpEcho, nslookup, ps, sleep], files: { '/usr/bin/busybox': { type: 'binary', program: 'busybox', size: BUILDS[build].size }, '/usr/bin/sh': { type: 'binary', program: 'bash', size: 1 }, '/usr/bin/wget': { type: 'binary', program: 'busybox', size: BUILDS[build].size }, '/etc/resolv.conf': 'nameserver 127.0.0.1\n', '/etc/hosts': '127.0.0.1 web localhost\n' } });
  m.start(['/usr/bin/sleep', '100000']);
  return m;
}
const sh = (build: keyof typeof BUILDS, command: string): string => {
  const m = machine(build);
  const { stdout, stderr, code } = m.run(['/usr/bin/bash', '-c', `exec 2>&1; ${command}`]);
  return `${stdout}${stderr}[${code}]`;
};

test('an applet complains in BusyBox words, with the C library\'s for options', () => {
  expect(sh('1.36', 'cat /nosuch')).toBe("cat: can't open '/nosuch': No such file or directory\n[1]");
  expect(sh('1.36', 'ls /nosuch')).toBe('ls: /nosuch: No such file or directory\n[1]');
  expect(sh('1.36', 'cat -Z')).toBe("cat: invalid option -- 'Z'\nBusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.\n\nUsage: cat [-nbvteA] [FILE]...\n\nPrint FILEs to stdout\n[1]");
  expect(sh('alpine-1.37', 'cat -Z')).toMatch(/^cat: unrecognized option: Z\nBusyBox v1\.37\.0 /);
  expect(sh('1.36', 'cat --help')).toMatch(/^BusyBox v1\.36\.1 .*\n\nUsage: cat .*\[0\]$/s);
});
test('busybox names itself and runs applets by name', () => {
  expect(sh('1.28', 'busybox')).toMatch(/^BusyBox v1\.28\.4 \(2018-05-22 17:00:17 UTC\) multi-call binary\.\n.*Currently defined functions:\n\tbusybox, cat, /s);
  expect(sh('1.36', 'busybox --list')).toBe('busybox\ncat\nls\nnc\nnslookup\nps\nsh\nsleep\nwget\n[0]');
  expect(sh('1.36', 'busybox cat /etc/resolv.conf')).toBe('nameserver 127.0.0.1\n[0]');
  expect(sh('1.36', 'busybox foo')).toBe('foo: applet not found\n[127]');
});
test('wget tells what it does, as its version does, and why not', () => {
  const served = 'http-echo -text=hello 2>/dev/null & sleep 1; ';
  expect(sh('1.36', `${served}wget -O- http://web:5678; kill %1`)).toBe(`Connecting to web:5678 (127.0.0.1:5678)\nwriting to stdout\nhello\n\r-                    100% |${'*'.repeat(32)}|     6  0:00:00 ETA\nwritten to stdout\n[0]`);
  expect(sh('1.28', `${served}wget -O- http://web:5678; kill %1`)).toBe(`Connecting to web:5678 (127.0.0.1:5678)\nhello\n\r-                    100% |${'*'.repeat(31)}|     6   0:00:00 ETA\n[0]`);
  expect(sh('1.36', `cd /tmp; ${served}wget -q web:5678/a/b; cat b; wget web:5678/a/b; kill %1`)).toBe("hello\nConnecting to web:5678 (127.0.0.1:5678)\nwget: can't open 'b': File exists\n[0]");
  expect(sh('1.36', `${served}wget --spider web:5678; kill %1`)).toBe('Connecting to web:5678 (127.0.0.1:5678)\nremote file exists\n[0]');
  expect(sh('1.36', 'wget web:81')).toBe("Connecting to web:81 (127.0.0.1:81)\nwget: can't connect to remote host (127.0.0.1): Connection refused\n[1]");
  expect(sh('1.36', 'wget nosuch:80')).toBe("wget: bad address 'nosuch:80'\n[1]");
  expect(sh('1.36', 'http-echo -text=x -status-code=404 2>/dev/null & sleep 1; wget -qO- web:5678; kill %1')).toBe('wget: server returned error: HTTP/1.1 404 Not Found\n[0]');
  expect(sh('1.36', 'wget ftp://x')).toBe('wget: not an http or ftp url: ftp://x\n[1]');
});
test('nc says open and why not', () => {
  expect(sh('1.36', 'http-echo -text=x 2>/dev/null & sleep 1; nc -zv web 5678; kill %1')).toBe('web (127.0.0.1:5678) open\n[0]');
  expect(sh('1.36', 'nc -zv web 81')).toBe('nc: web (127.0.0.1:81): Connection refused\n[1]');
  expect(sh('1.36', 'nc -l -p 99 & sleep 1; echo hi | nc -w 1 web 99')).toBe('hi\n[0]');
});
test('nslookup without a server, old and new', () => {
  expect(sh('1.36', 'nslookup web')).toBe("nslookup: write to '127.0.0.1': Connection refused\n;; connection timed out; no servers could be reached\n\n[1]");
  expect(sh('1.28', 'nslookup nosuch')).toBe("Server:    127.0.0.1\nAddress 1: 127.0.0.1\n\nnslookup: can't resolve 'nosuch'\n[1]");
  expect(sh('1.28', 'nslookup web')).toBe('Server:    127.0.0.1\nAddress 1: 127.0.0.1\n\nName:      web\nAddress 1: 127.0.0.1\n[0]');
});
test('ps shows everything, whatever it is asked', () => {
  expect(sh('1.36', 'ps aux')).toMatch(/^PID {3}USER {5}TIME {2}COMMAND\n {4}1 0 {8} 0:00 \/usr\/bin\/sleep 100000\n/);
});
test('sh has its own words for what cannot be opened or entered', () => {
  const m = machine('1.36');
  const said = (command: string): string => m.run(['/bin/sh', '-c', command]).stderr;
  expect(said('foo')).toBe('/bin/sh: foo: not found\n');
  expect(said('cd /nosuch')).toBe("/bin/sh: cd: can't cd to /nosuch: No such file or directory\n");
  expect(said('cat < /nosuch')).toBe("/bin/sh: can't open /nosuch: no such file\n");
  expect(said('echo x > /nosuch/x')).toBe("/bin/sh: can't create /nosuch/x: nonexistent directory\n");
});
