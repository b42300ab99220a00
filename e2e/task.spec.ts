// The task pane as one works with it: checks that follow the cluster, hints that know how far one is, a solution that is asked for twice,
// and the two ways of starting over.
import { expect, test, type Page } from '@playwright/test';
import definition from '../src/labs/control-plane-failure/lab.json' with { type: 'json' };
import english from '../src/labs/control-plane-failure/en.json' with { type: 'json' };
import { Lab } from './lab.ts';
import { violations } from './violations.ts';

const manifest = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const pane = (page: Page) => page.locator('[data-pane="task"]');
const row = (page: Page, title: string) => pane(page).getByRole('listitem').filter({ hasText: title });
const hints = (page: Page) => page.getByRole('region', { name: 'Hints' }).getByRole('listitem');
const { hints: texts } = english.tasks.scheduler;
/** A hint as it is read: without the marks of its Markdown. */
const said = (text: string) => text.replaceAll('`', '');

test('a check says what was seen, turns green by itself, and tells since when', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=en');
  const available = row(page, 'has its one replica available');
  await expect(available).toHaveAttribute('data-state', 'open');
  await expect(available).toContainText('deployments.apps/default/app: status.availableReplicas is not set');
  await lab.button('Check').click();
  await expect(available).toHaveAttribute('data-state', 'fail');
  await expect(available).toContainText('(not yet)');
  await lab.run(`sed -i s/schedulerrr/scheduler/ ${manifest}; sleep 60`, 60_000);
  await lab.button('Check').click();
  await expect(page.getByText('Solved.')).toBeVisible({ timeout: 60_000 });
  await expect(pane(page).locator('li[data-state="pass"]')).toHaveCount(definition.tasks[0]!.checks.length);
  await expect(available).toContainText(/since \d\d:\d\d:\d\d/);
  await lab.button('Next task').click();
  await expect(page.getByRole('heading', { name: english.tasks['controller-manager-kubeconfig'].title })).toBeVisible();
  await expect(pane(page)).toContainText('Task 2 of 3');
});

test('without a grading, too, what holds is green as it changes', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=en');
  const available = row(page, 'has its one replica available');
  await expect(available).toHaveAttribute('data-state', 'open');
  await lab.run(`sed -i s/schedulerrr/scheduler/ ${manifest}; sleep 60`, 60_000);
  await expect(available).toHaveAttribute('data-state', 'pass');
  await lab.run('kubectl scale deploy app --replicas=0; sleep 20', 60_000);
  await expect(available).toHaveAttribute('data-state', 'open');
});

test('hints come one after another, the first gives nothing away, and what is done is not told again', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=en');
  await lab.button('Show a hint').click();
  await expect(hints(page)).toHaveText([`Hint 1${said(texts['look-around'])}`]);
  expect(texts['look-around']).not.toMatch(/kube-scheduler|manifest/);
  await expect(hints(page).first()).toBeInViewport();
  // Mended, but not up yet: what the manifest says wrong is not told any more, only that the kubelet needs its time.
  await lab.run(`sed -i s/schedulerrr/scheduler/ ${manifest}`);
  await lab.button('Show another hint').click();
  await expect(hints(page)).toHaveCount(2);
  await lab.button('Show another hint').click();
  await expect(hints(page)).toHaveCount(3);
  await expect(hints(page).last()).toContainText(said(texts['wait-for-kubelet']));
  await expect(pane(page)).not.toContainText(said(texts['read-command']));
  await lab.button('Show another hint').click();
  await expect(page.getByText('No more hints.')).toBeVisible();
});

test('the solution is asked for twice, is a script, and works', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = await new Lab(page).open('?clock=step&lang=en');
  await lab.button('Show the solution').click();
  await expect(lab.button('No')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(lab.button('Show the solution')).toBeFocused();
  await expect(pane(page).locator('pre')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await lab.button('Yes').click();
  // The keyboard goes on at what came in place of the question.
  await expect(pane(page).locator('pre')).toBeFocused();
  await pane(page).getByRole('region', { name: 'Solution' }).getByRole('button', { name: 'Copy' }).click();
  await expect(lab.button('Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await pane(page).locator('pre').textContent());
});

test('the task and the lab are begun again, each as a whole', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=control-plane-failure&task=2&clock=step&lang=en');
  await expect(pane(page)).toContainText('Task 2 of 3');
  await lab.run('touch /root/mine; kubectl scale deploy app --replicas=2');
  await lab.button('Show a hint').click();
  await expect(hints(page)).toHaveCount(1);
  await lab.button('Restart this task').click();
  await lab.button('Yes').click();
  await expect(hints(page)).toHaveCount(0);
  await expect.poll(() => lab.screen()).not.toContain('touch');
  await lab.prompt();
  await expect(pane(page)).toContainText('Task 2 of 3');
  expect(await lab.run('ls /root/mine')).toContain('No such file');
  expect(await lab.run("kubectl get deploy app -o jsonpath='{.spec.replicas}{\"\\n\"}'")).toBe('1');

  await lab.button('Restart the lab').click();
  await lab.button('Yes').click();
  await expect(pane(page)).toContainText('Task 1 of 3');
  await expect.poll(() => lab.screen()).not.toContain('ls /root/mine');
  await lab.prompt();
  expect(await lab.run(`grep -c schedulerrr ${manifest}`)).toBe('1');
});

test('the sandbox has no task but ideas: a press types the command, and what is typed breaks something', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step&lang=en');
  await expect(pane(page).getByRole('heading', { name: 'Sandbox' })).toBeVisible();
  await pane(page).getByRole('button', { name: /^Take the API server away/ }).click();
  await expect.poll(() => lab.screen()).toMatch(/mv \/etc\/kubernetes\/manifests\/kube-apiserver.yaml \/root\/$/);
  await page.keyboard.press('Enter');
  await lab.prompt();
  expect(await lab.run('sleep 60; kubectl get po', 60_000)).toContain('was refused');
  expect(await violations(page)).toEqual([]);
});
