import { expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { program } from './index.ts';

const run = (corefile: string, resolv: string) =>
  bootMachine({ programs: [program], files: { '/etc/Corefile': corefile, '/etc/resolv.conf': resolv } }).run(['coredns', '-conf', '/etc/Corefile'], { limitUs: 60e6 });

test('a server that forwards to itself ends', () => {
  const { code, stdout } = run('.:53 {\n loop\n forward . /etc/resolv.conf\n}\n', 'nameserver 127.0.0.1\n');
  expect(code).toBe(1);
  expect(stdout).toMatch(/\[FATAL\] plugin\/loop: Loop \(127\.0\.0\.1:\d+ -> :53\) detected for zone "\.", see https:\/\/coredns\.io\/plugins\/loop#troubleshooting\. Query: "HINFO \d+\.\d+\."\n$/);
});

test('forwarding elsewhere, or nowhere to, is no loop', () => {
  expect(run('.:53 {\n errors\n loop\n forward . 127.0.0.1:5353\n}\n', '').stdout).toMatch(/\[ERROR\] plugin\/errors: 2 \d+\.\d+\. HINFO: read udp \S+->127\.0\.0\.1:5353: read: connection refused\n/);
  expect(run('.:53 {\n loop\n forward . /etc/resolv.conf\n}\n', '# nothing\n')).toMatchObject({ code: 1, stderr: 'plugin/forward: no nameservers found\n' });
  expect(run('.:53 {\n loop\n forward . /etc/resolve.conf\n}\n', '')).toMatchObject({ code: 1, stderr: 'plugin/forward: open /etc/resolve.conf: no such file or directory\n' });
});
