// The cluster map as a learner sees it: it follows what happens on the node, tells why, types commands and runs none.
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Lab } from './lab.ts';
import { violations } from './violations.ts';

const manifest = '/etc/kubernetes/manifests/kube-scheduler.yaml';

class ClusterMap {
  readonly pane: Locator;
  readonly detail: Locator;
  constructor(readonly page: Page) {
    this.pane = page.locator('[data-pane="map"]');
    this.detail = this.pane.locator('#map-detail');
  }
  async open(): Promise<this> {
    await this.page.getByRole('button', { name: 'Map', exact: true }).click();
    await expect(this.of('kubelet')).toBeVisible();
    return this;
  }
  /** The component whose accessible name begins so. */
  of(name: string): Locator {
    return this.pane.getByRole('button', { name: new RegExp(`^${name},`) });
  }
  shape(name: string): Promise<string | null> {
    return this.of(name).locator('svg').getAttribute('data-health');
  }
}

/** What is typed at the prompt and not run yet. */
const typed = async (lab: Lab) => (await lab.screen()).trimEnd().split('\n').slice(-3).join('').replace(/^[\s\S]*(?:➜|✖)\s*/, '');

test('a broken manifest is a back-off that counts down, and heals', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  const map = await new ClusterMap(page).open();
  await expect(map.of('kube-scheduler')).toHaveAccessibleName('kube-scheduler, Running');
  expect(await map.shape('kube-scheduler')).toBe('ok');

  await lab.run(`sed -i 's/- kube-scheduler$/- kube-schedulerrr/' ${manifest}; sleep 5`, 30_000);
  // Between a wait and the next the kubelet looks only every ten seconds or so.
  await expect(async () => {
    await lab.run('sleep 5');
    await expect(map.of('kube-scheduler')).toHaveAccessibleName(/^kube-scheduler, CrashLoopBackOff, restarts \d, next try in \d{2}s$/, { timeout: 1000 });
  }).toPass();
  expect(await map.shape('kube-scheduler')).toBe('backOff');
  const ring = () => map.of('kube-scheduler').locator('[data-left]').getAttribute('stroke-dasharray').then((dashes) => Number.parseFloat(dashes!));
  // Counted down within one wait: where a retry falls between the two looks, the next two tell.
  await expect(async () => {
    const left = await ring();
    await lab.run('sleep 2');
    await expect.poll(ring, { timeout: 1000 }).toBeLessThan(left);
  }).toPass();
  await map.of('kube-scheduler').hover();
  await expect(map.detail).toContainText('Last exit: code 128 (StartError)');
  await expect(map.detail).toContainText('exec: "kube-schedulerrr": executable file not found in $PATH');

  await lab.run(`sed -i 's/- kube-schedulerrr$/- kube-scheduler/' ${manifest}; sleep 45`, 30_000);
  await expect(map.of('kube-scheduler')).toHaveAccessibleName(/^kube-scheduler, Running(, restarts \d)?$/);
  expect(await map.shape('kube-scheduler')).toBe('ok');
});

test('a deployment grows: replica set, pods, READY', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  const map = await new ClusterMap(page).open();
  await lab.run('kubectl create deployment web --image=nginx:alpine --replicas=2; sleep 20', 30_000);
  await expect(map.of('Deployment web')).toHaveAccessibleName('Deployment web, default, ready 2/2, running');
  await expect(map.pane.getByRole('button', { name: /^Pod web-.*, default, Running, ready 1\/1$/ })).toHaveCount(2);
  await lab.run('kubectl delete deployment web; sleep 5', 30_000);
  await expect(map.of('Deployment web')).toHaveCount(0);
});

test('without an API server and without a kubelet', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  const map = await new ClusterMap(page).open();
  await lab.run('systemctl stop kubelet; sleep 50', 30_000);
  await expect(map.of('kubelet')).toHaveAccessibleName('kubelet, inactive (dead)');
  await expect(map.of('Node controlplane')).toHaveAccessibleName(/NotReady/);
  await lab.run('systemctl start kubelet; mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/; sleep 60', 30_000);
  await expect(map.of('kube-apiserver')).toHaveAccessibleName('kube-apiserver, not there');
  expect(await map.shape('kube-apiserver')).toBe('absent');
  await expect(map.pane.getByText('No API server answers.')).toBeVisible();
});

test('a click types the command in place of what stood there, and does not run it', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  const map = await new ClusterMap(page).open();
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('echo half');
  await map.of('etcd').click();
  await expect.poll(() => typed(lab)).toBe('kubectl -n kube-system get pod etcd-controlplane');
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await page.keyboard.press('Enter');
  await lab.prompt();
  expect(await lab.screen()).toMatch(/etcd-controlplane +1\/1 +Running/);
});

test('nothing is typed into a program that runs', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  const map = await new ClusterMap(page).open();
  await lab.type('cat');
  await map.of('kubelet').click();
  await expect(map.pane.getByRole('status')).toContainText('the terminal is busy');
  expect(await lab.screen()).not.toContain('systemctl');
});

test('by keyboard: through the components in order, told of on focus, left with F6, typed with Enter', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  const map = await new ClusterMap(page).open();
  await expect(map.of('systemd')).toBeFocused();
  for (const next of ['kubelet', 'containerd', 'kube-apiserver', 'etcd', 'kube-controller-manager', 'kube-scheduler']) {
    await page.keyboard.press('Tab');
    await expect(map.of(next)).toBeFocused();
    await expect(map.detail.getByText(next, { exact: true })).toBeVisible();
  }
  await page.keyboard.press('F6');
  await page.keyboard.press('Shift+F6');
  await expect(map.of('systemd')).toBeFocused();
  await map.of('kube-controller-manager').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => typed(lab)).toBe('kubectl -n kube-system get pod kube-controller-manager-controlplane');
});

test('what a program writes is text and nothing else', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  const map = await new ClusterMap(page).open();
  await lab.run(`for f in /var/log/pods/kube-system_kube-proxy-*/kube-proxy/0.log; do echo "2025-08-19T00:40:00.0Z stderr F <img src=x onerror='document.title=1'>" >> $f; done`);
  await lab.run(`sed -i 's/- kube-scheduler$/- "<img src=x onerror=document.title=2>"/' ${manifest}; sleep 30`, 30_000);
  await map.of('kube-proxy').hover();
  await expect(map.detail).toContainText(`<img src=x onerror='document.title=1'>`);
  await map.of('kube-scheduler').hover();
  await expect(map.detail).toContainText('<img src=x onerror=document.title=2>');
  await expect(map.pane.locator('img')).toHaveCount(0);
  await expect(page).toHaveTitle(/Crashloop/);
});

for (const [theme, language] of [['light', 'en'], ['dark', 'ko'], ['contrast', 'en']] as const) {
  test(`nothing stands in anyone's way: ${theme}, ${language}`, async ({ page }) => {
    const lab = await new Lab(page).open(`?clock=step&lang=${language}&theme=${theme}`);
    await page.getByRole('button', { name: language === 'en' ? 'Map' : '맵', exact: true }).click();
    const map = new ClusterMap(page);
    await expect(map.of('kubelet')).toBeVisible();
    await map.of('kube-scheduler').hover();
    await expect(map.detail).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await lab.run('mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/; systemctl stop containerd; sleep 30', 30_000);
    expect(await violations(page)).toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the map is a tab; the first tap tells, the second types', async ({ page }) => {
    const lab = await new Lab(page).open('?clock=step');
    await lab.button('Map').tap();
    const map = new ClusterMap(page);
    await map.of('kube-scheduler').tap();
    await expect(map.detail).toContainText('CrashLoopBackOff');
    await expect(page.locator('[data-pane="terminal"]')).toBeHidden();
    await map.of('kube-scheduler').tap();
    await expect(page.locator('[data-pane="terminal"]')).toBeVisible();
    await expect.poll(() => typed(lab)).toContain('kubectl -n kube-system describe pod');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
