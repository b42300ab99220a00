// The three tasks, solved as a practised learner would, with real keys through xterm and Monaco; and the same script played without a
// browser, which must print the same bytes.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { Lab } from './lab.ts';

type Step =
  | { readonly run: string }
  /** A file opened by `run`, in which vim replaces one text by another. File `-`: whatever `kubectl edit` opens. */
  | { readonly run: string; readonly file: string; readonly replace: readonly [string, string] }
  | 'check';

const manifests = '/etc/kubernetes/manifests';
const manager = `${manifests}/kube-controller-manager.yaml`;

const steps: readonly Step[] = [
  { run: 'kubectl get po -A' },
  { run: 'k -n kube-system describe po kube-scheduler-controlplane | tail -5' },
  { run: `grep -n schedulerrr ${manifests}/kube-scheduler.yaml` },
  { run: `vi ${manifests}/kube-scheduler.yaml`, file: `${manifests}/kube-scheduler.yaml`, replace: ['kube-schedulerrr', 'kube-scheduler'] },
  { run: 'sleep 60' },
  { run: 'kubectl get po -A' },
  'check',
  { run: 'k scale deploy app --replicas=2' },
  { run: 'sleep 30; k get deploy' },
  { run: 'k -n kube-system logs kube-controller-manager-controlplane' },
  { run: 'ls -l /etc/kubernetes' },
  { run: `vi ${manager}`, file: manager, replace: ['controller-manager-XXXX', 'controller-manager'] },
  { run: 'sleep 90' },
  { run: 'k get deploy,po' },
  'check',
  { run: 'k get deploy' },
  { run: 'k -n kube-system logs kube-controller-manager-controlplane' },
  { run: `grep -n -A3 k8s-certs ${manager}` },
  { run: `vi ${manager}`, file: manager, replace: ['WRONG-PKI-DIRECTORY', 'pki'] },
  { run: 'systemctl restart kubelet' },
  { run: 'sleep 60; k get po -A' },
  'check',
];

/** What `npm run sim` prints for the same steps, its own lines about checks taken out. */
function headless(): string {
  const script = steps.map((step) => {
    if (step === 'check') return '=> check';
    return 'file' in step ? `=> edit ${step.file} s/${step.replace[0]}/${step.replace[1]}/\n${step.run}` : step.run;
  });
  const root = fileURLToPath(new URL('..', import.meta.url));
  const printed = execFileSync('npm', ['run', '-s', 'sim', '--', '--raw'], { cwd: root, input: `${script.join('\n')}\n`, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  return printed.replace(/^=> pass \S+\n/gm, '').replace(/\n$/, '');
}

for (const { language, check, next } of [{ language: 'en', check: 'Check', next: 'Next' }, { language: 'ko', check: '확인하기', next: '다음' }]) {
  test(`all three tasks, with keys: ${language}`, async ({ page }) => {
    test.setTimeout(240_000);
    const lab = await new Lab(page).open(`?lab=control-plane-failure&clock=step&size=120x40&lang=${language}`);
    for (const step of steps) {
      if (step === 'check') {
        await lab.button(check).click();
        await page.locator('[data-pane="task"]').getByRole('button', { name: next }).click({ timeout: 60_000 });
      } else if ('file' in step) {
        await lab.type(step.run);
        await lab.editor(step.file);
        await lab.keys(`:%s/${step.replace[0]}/${step.replace[1]}/`, '<Enter>', ':wq', '<Enter>');
        await lab.prompt();
      } else {
        await lab.run(step.run, 60_000);
      }
    }
    if (language === 'en') expect(await lab.transcript()).toBe(headless());
  });
}
