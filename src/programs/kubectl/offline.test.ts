/**
 * What kubectl v1.33.1 says without a server, on one kubeconfig after the other command (offline.txt): objects made with
 * --dry-run=client, the kubeconfig shown and changed, and what is wrong with a line.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeUtf8 } from '../../base/utf8.ts';
import { bootMachine } from '../../testing/machine.ts';
import { program } from './index.ts';

const CONFIG = `apiVersion: v1
kind: Config
clusters:
- {name: kubernetes, cluster: {certificate-authority-data: aGVsbG8=, server: 'https://127.0.0.1:19999'}}
contexts:
- {name: kubernetes-admin@kubernetes, context: {cluster: kubernetes, user: kubernetes-admin}}
- {name: dev, context: {cluster: kubernetes, namespace: dev, user: dev}}
current-context: kubernetes-admin@kubernetes
preferences: {}
users:
- {name: kubernetes-admin, user: {client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8=}}
- {name: dev, user: {token: abc}}
`;
const files = {
  '/tmp/in/kubeconfig': CONFIG, '/tmp/in/app.conf': 'a=1\nb=2\n', '/tmp/in/app.env': '# comment\n\nA=1\nB=two words\nHOMEX\n', '/tmp/in/bad.env': 'a b=1\n', '/tmp/in/bin': '\xff\xfe\x00',
  '/tmp/in/dir/one.yaml': 'x: 1', '/tmp/in/dir/two.txt': 'two  \nlines\n', '/tmp/in/docker.json': '{"auths":{}}', '/tmp/in/tls.crt': 'certificate', '/tmp/in/tls.key': 'key',
};
const machine = bootMachine({ programs: [program], files });

/** A line as a shell would part it; single quotes only. */
const words = (line: string) => [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));

const recorded = readFileSync(new URL('offline.txt', import.meta.url), 'utf8').split(/^(?=\$ )/m).map((block) => [block.slice(2, block.indexOf('\n')), block.slice(block.indexOf('\n') + 1)] as const);

it.each(recorded)('%s', (command, wanted) => {
  const { stdout, stderr, code } = machine.run(words(command), { env: { KUBECONFIG: '/tmp/in/kubeconfig' }, cwd: '/tmp/in' });
  const text = decodeUtf8(stdout + stderr);
  expect(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${code === 0 ? '' : `[exit ${code}]\n`}`).toBe(wanted);
});
