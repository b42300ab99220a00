// By keyboard alone, from the home page to a solved task; and the keys that mean something everywhere.
import { expect, test, type Page } from '@playwright/test';
import { Lab } from './lab.ts';

/** Opens the palette and waits until it has the keyboard. */
async function palette(page: Page): Promise<void> {
  await page.keyboard.press('Control+Shift+P');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
}

const pane = (page: Page) => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));

test('from home to a solved task', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('./?lang=en');
  await expect(page.getByRole('link', { name: 'Control plane failure' })).toBeFocused();
  await page.keyboard.press('Enter');
  const lab = new Lab(page);
  await lab.prompt();

  // Time runs at 60× so that the kubelet's half minute does not last: the palette says how.
  await palette(page);
  await page.keyboard.type('speed 60');
  await page.keyboard.press('Enter');
  await expect.poll(() => pane(page)).toBe('terminal');

  await page.keyboard.type('vi /etc/kubernetes/manifests/kube-scheduler.yaml\n');
  await lab.editor('/etc/kubernetes/manifests/kube-scheduler.yaml');
  await page.keyboard.type(':%s/schedulerrr/scheduler/\n');
  await page.keyboard.type(':wq\n');
  await expect.poll(() => pane(page)).toBe('terminal');
  await expect(page.locator('[data-pane="task"] li[data-state="pass"]')).toHaveCount(4, { timeout: 30_000 });

  await page.keyboard.press('Shift+F6');
  await expect.poll(() => pane(page)).toBe('task');
  for (let tabs = 0; tabs < 6 && !(await lab.button('Check').evaluate((button) => button === document.activeElement)); tabs++) await page.keyboard.press('Tab');
  await expect(lab.button('Check')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Solved.')).toBeVisible({ timeout: 30_000 });

  await palette(page);
  await page.keyboard.type('next task');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Scaling does nothing' })).toBeVisible();
});

test('the palette finds, runs, and gives the keyboard back', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=en&theme=light');
  await palette(page);
  const options = page.getByRole('dialog').getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type('dark appear');
  await expect(options).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect.poll(() => pane(page)).toBe('terminal');

  await palette(page);
  await page.keyboard.type('no such thing');
  await expect(page.getByText('No command is called that.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('hostname');
  await expect.poll(() => lab.screen()).toMatch(/hostname$/);
});

test('what cannot be taken back is asked first, also from the palette', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=en');
  await lab.run('touch /root/mark');
  await palette(page);
  await page.keyboard.type('restart the lab');
  await page.keyboard.press('Enter');
  await expect(lab.button('No')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(lab.button('Restart the lab')).toBeFocused();
  expect(await lab.run('ls /root/mark')).toBe('/root/mark');
});

test('F1 lists the keys, out of the terminal too, and Escape closes the list', async ({ page }) => {
  await new Lab(page).open('?clock=step&lang=en');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect.poll(() => pane(page)).toBe('terminal');
});

test('a pane is made wider by keyboard, and is so after a reload', async ({ page }) => {
  const lab = await new Lab(page).open('?lang=en');
  const width = () => page.locator('[data-pane="task"]').boundingBox().then((box) => Math.round(box!.width));
  const before = await width();
  await page.getByRole('separator').first().focus();
  for (let n = 0; n < 3; n++) await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBeGreaterThan(before + 40);
  const wider = await width();
  await lab.open('?lang=en');
  await expect.poll(width).toBe(wider);
});

test('panes are put away, and stay so after a reload', async ({ page }) => {
  const lab = await new Lab(page).open('?lang=en');
  await lab.button('Task').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-pane="task"]')).toBeHidden();
  await lab.button('Map').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-pane="map"]')).toBeVisible();
  await lab.open('?lang=en');
  await expect(page.locator('[data-pane="map"]')).toBeVisible();
  await expect(page.locator('[data-pane="task"]')).toBeHidden();
});
