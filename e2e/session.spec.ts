// Nothing is lost: reloads at any instant, two pages that have the same lab open, and a browser that keeps nothing.
import { expect, test } from '@playwright/test';
import { Lab } from './lab.ts';

test('reloads at twenty instants lose nothing', async ({ page }) => {
  test.setTimeout(240_000);
  const lab = await new Lab(page).open('?lab=sandbox');
  for (let n = 0; n < 20; n++) {
    await lab.type(`echo ${n} >> /root/log`);
    await page.keyboard.type('echo unfin');
    // From the middle of a command to well after its save; a third of them half way through a line.
    if (n % 3 !== 0) await page.waitForTimeout((n * 137) % 1500);
    await page.reload();
    await expect.poll(() => lab.screen(), { timeout: 30_000 }).toMatch(/echo unfin$/);
    await page.keyboard.press('Control+u');
  }
  expect(await lab.run('tr "\\n" " " < /root/log; echo')).toContain(Array.from({ length: 20 }, (_, n) => n).join(' '));
  await lab.button('Undo').click();
  await lab.button('Undo').click();
  // The undone command stands at the prompt again.
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+u');
  expect(await lab.run('tail -n 1 /root/log')).toContain('18');
});

test('a second tab has a copy until it takes over', async ({ page, context }) => {
  const first = await new Lab(page).open('?lab=sandbox');
  await first.run('echo first > /root/who');
  await expect(page.getByText('open in another tab')).toHaveCount(0);
  const other = await context.newPage();
  const second = await new Lab(other).open('?lab=sandbox');
  await expect(other.getByText('open in another tab')).toBeVisible();
  await second.run('echo second > /root/who');
  await page.reload();
  await first.prompt();
  expect(await first.run('cat /root/who')).toContain('first');
  await other.getByRole('button', { name: 'Keep it here' }).click();
  await expect(page.getByText('taken this lab over')).toBeVisible();
  await other.reload();
  await second.prompt();
  expect(await second.run('cat /root/who')).toContain('second');
});

test('where storage is blocked everything works, and says so once', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'indexedDB'] as const) Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('blocked', 'SecurityError'); } });
  });
  const lab = await new Lab(page).open();
  expect(await lab.run('echo works')).toBe('works');
  await expect(page.getByRole('status').filter({ hasText: /./ }).first()).toBeVisible();
});

test('a link opens the same screen in a fresh browser', async ({ page, context, browser }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = await new Lab(page).open();
  await lab.run('echo shared > /root/note; kubectl get po -A');
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('dialog').getByRole('combobox').fill('copy a link');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const other = await elsewhere.newPage();
  await other.goto(link);
  const copy = new Lab(other);
  await copy.prompt();
  expect(await copy.screen()).toContain('kube-scheduler-controlplane');
  expect(await copy.run('cat /root/note')).toBe('shared');
  await elsewhere.close();
});

test('a damaged link and one that is too long are refused with a word', async ({ page }) => {
  await new Lab(page).open('?lab=sandbox', '#s=rubbish');
  await expect(page.getByText('could not be opened')).toBeVisible();
  await page.goto('about:blank');
  await new Lab(page).open('?lab=sandbox', `#s=${'x'.repeat(3 << 19)}`);
  await expect(page.getByText('too large for a link')).toBeVisible();
});

test('a page that asks for a seed keeps its work apart from the lab’s own', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo own > /root/note');
  await page.waitForTimeout(1500);
  await lab.open('?lab=sandbox&seed=2');
  await lab.run('echo other > /root/note');
  await page.reload();
  await lab.prompt();
  expect(await lab.run('cat /root/note')).toBe('other');
  await lab.open('?lab=sandbox');
  expect(await lab.run('cat /root/note')).toBe('own');
});
