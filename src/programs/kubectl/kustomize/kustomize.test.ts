/** kubectl kustomize against what v1.33.1 printed for the same directories (recorded.txt): objects first, then warnings and errors. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decodeUtf8 } from '../../../base/utf8.ts';
import { bootMachine } from '../../../testing/machine.ts';
import { program } from '../index.ts';

const blocks = readFileSync(new URL('recorded.txt', import.meta.url), 'utf8').split(/^(?==== |\$ )/m).map((block) => [block.slice(0, block.indexOf('\n')), block.slice(block.indexOf('\n') + 1)] as const);
const files = Object.fromEntries(blocks.filter(([head]) => head.startsWith('=== ')).map(([head, text]) => [`/root/kz/${head.slice(4)}`, text]));
const machine = bootMachine({ programs: [program], files });

it.each(blocks.filter(([head]) => head.startsWith('$ ')))('%s', (head, wanted) => {
  const { stdout, stderr, code } = machine.run(head.slice(2).split(' '), { cwd: '/root/kz' });
  expect(`${decodeUtf8(stdout + stderr)}${code === 0 ? '' : `[exit ${code}]\n`}`).toBe(wanted);
});

it('refuses what it does not model, by name', () => {
  const { stderr, code } = bootMachine({ programs: [program], files: { '/root/kz/kustomization.yaml': 'helmCharts:\n- name: x\n' } }).run(['kubectl', 'kustomize', '/root/kz']);
  expect([stderr, code]).toEqual(['kubectl kustomize: helmCharts is not available in this lab\n', 1]);
});
