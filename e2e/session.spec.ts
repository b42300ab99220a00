// Nothing is lost: a sitting outlives reloads, a second page, and a browser that keeps nothing.
import { expect, test } from '@playwright/test';
import { Lab } from './lab.ts';

/** Milliseconds between 0 and `most`, the same for the same number. */
const drawn = (n: number, most: number) => (Math.imul(n + 1, 2654435761) >>> 0) % most;

test('reloads at twenty random instants lose nothing', async ({ page }) => {
  test.setTimeout(180_000);
  const lab = await new Lab(page).open();
  for (let n = 0; n < 20; n++) {
    await lab.run(`echo ${n} >> /root/kept`);
    await page.waitForTimeout(drawn(n, 1500));
    await lab.open();
  }
  expect((await lab.run('cat /root/kept')).trim()).toBe(Array.from({ length: 20 }, (_, n) => n).join('\n'));
  expect(await lab.screen()).toContain('echo 3 >> /root/kept');
});

test('a second page works on a copy until it takes over', async ({ page, context }) => {
  const first = await new Lab(page).open();
  await first.run('echo first > /root/who');
  await page.waitForTimeout(1500);
  const other = await context.newPage();
  const second = await new Lab(other).open();
  await expect(other.getByText('another tab', { exact: false })).toBeVisible();
  await second.run('echo second > /root/who');
  await other.waitForTimeout(1500);
  await first.open();
  expect(await first.run('cat /root/who')).toBe('first');
});

test('where storage is blocked everything works, and says so once', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'indexedDB'] as const) Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('blocked', 'SecurityError'); } });
  });
  const lab = await new Lab(page).open();
  expect(await lab.run('echo works')).toBe('works');
  await expect(page.getByRole('status').filter({ hasText: /./ }).first()).toBeVisible();
});
