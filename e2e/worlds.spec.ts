// One world, two engines: what the page lived through in Chromium is lived through again in Node, from the log of its inputs, and must
// be the same world to the last byte (law S3). And Node tells the same twice, wherever and in whatever time zone and language it runs.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Handle } from '../src/ui/handle.ts';
import { Lab } from './lab.ts';

type Known = ReturnType<Handle['world']>;
const root = fileURLToPath(new URL('..', import.meta.url));
const sim = fileURLToPath(new URL('../src/tools/sim.ts', import.meta.url));
const tsx = fileURLToPath(new URL('../node_modules/tsx/dist/cli.mjs', import.meta.url));
const run = (args: readonly string[], { cwd = root, env = {}, input = '' } = {}): string =>
  execFileSync(process.execPath, [tsx, sim, ...args], { cwd, input, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });

/** What Node makes of a log: every byte of the terminal, and the world's hash. */
function again({ log }: Known): { printed: string; hash: string } {
  const file = join(tmpdir(), `crashloop-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(log));
  try {
    const [, printed = '', hash = ''] = /^([\s\S]*)\n=> hash (\S+)\n$/.exec(run(['--replay', file, '--raw', '--hash'])) ?? [];
    return { printed, hash };
  } finally {
    rmSync(file);
  }
}

/** Dice with a seed of their own: a test that fails fails again. */
function dice(seed: number): <T>(list: readonly T[]) => T {
  let s = seed;
  return (list) => {
    s = (Math.imul(s, 1_103_515_245) + 12_345) & 0x7fffffff;
    return list[(s >> 8) % list.length]!;
  };
}

const COMMANDS = [
  'kubectl get po -A', 'k get po -A -o wide | sort | head -3', 'kubectl get events -A --sort-by=.lastTimestamp | tail -4', 'crictl ps -a', 'journalctl -u kubelet -n 5 --no-pager', 'systemctl status kubelet --no-pager | head -4',
  'ls -lR /etc/kubernetes | tail -20', 'sleep 7.3', 'k create deployment d$RANDOM --image=nginx:alpine --replicas=2', 'k delete deploy --all', 'cat /etc/kubernetes/manifests/*.yaml | md5sum', 'for i in 1 2 3; do date +%s.%N; sleep 0.$i; done',
  'mv /etc/kubernetes/manifests/kube-scheduler.yaml /root; sleep 30; mv /root/kube-scheduler.yaml /etc/kubernetes/manifests', 'timeout 20 kubectl get po -A -w', 'head -c 30 /dev/urandom | base64', 'kubectl -n kube-system logs kube-scheduler-controlplane --tail=3',
  'k exec deploy/app -- hostname', 'systemctl restart kubelet', 'ps aux | head -20; ss -tlnp', 'echo 한글 | rev; printf "%s\\n" b a C | sort', "awk 'BEGIN { srand(3); print rand(), exp(1), 2 ^ 0.5, sin(1) }'", 'openssl x509 -in /etc/kubernetes/pki/ca.crt -noout -dates',
];

for (const { query, seed } of [{ query: 'lab=control-plane-failure&task=1', seed: 1 }, { query: 'lab=control-plane-failure&task=2', seed: 2 }, { query: 'lab=control-plane-failure&task=3', seed: 3 }, { query: 'lab=sandbox&seed=7', seed: 4 }]) {
  test(`the same world in Chromium and in Node: ${query}`, async ({ page }) => {
    test.setTimeout(240_000);
    const lab = await new Lab(page).open(`?${query}&clock=step&size=120x40`);
    const pick = dice(seed);
    for (let look = 0; look < 3; look++) {
      for (let n = 0; n < 4; n++) await lab.run(pick(COMMANDS), 60_000);
      const known = await page.evaluate(() => globalThis.crashloop!.world());
      const { printed, hash } = again(known);
      expect(printed).toBe(await lab.transcript());
      expect(hash).toBe(known.hash);
    }
  });
}

test('with the live clock, too: a sitting is its log', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&size=120x40');
  await lab.type('kubectl get po -A -w');
  await page.waitForTimeout(1500);
  await page.keyboard.press('Control+c');
  await lab.button('60×').click();
  await lab.run('k scale deploy app --replicas=3; k get po -A');
  const known = await page.evaluate(() => globalThis.crashloop!.world());
  expect(again(known).hash).toBe(known.hash);
});

test('Node says the same twice, wherever it runs', () => {
  const script = [...COMMANDS.slice(0, 12), 'date; ls -l /; locale; echo $LANG $TZ', '=> check'].join('\n');
  const here = run(['--hash', '--raw'], { input: script, env: { TZ: 'UTC', LANG: 'C' } });
  const there = run(['--hash', '--raw'], { input: script, cwd: tmpdir(), env: { TZ: 'Asia/Seoul', LANG: 'ko_KR.UTF-8', LC_ALL: 'ko_KR.UTF-8' } });
  expect(there).toBe(here);
  expect(here).toMatch(/=> hash [0-9a-f]{16}\n$/);
});
