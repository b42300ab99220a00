// Nothing is lost: reloads at any instant, two pages that have the same lab open, and a browser that keeps nothing.
import { expect, test, type Page } from '@playwright/test';
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
  // The undone command stands at the prompt again.
  await expect.poll(() => lab.screen()).toMatch(/tr .*; echo$/);
  await lab.button('Undo').click();
  await expect.poll(() => lab.screen()).toMatch(/echo 19 >> \/root\/log$/);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Control+u');
  await lab.prompt();
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
  await other.goto('about:blank');
  await other.goto(link.slice(0, -40));
  await copy.prompt();
  await expect(other.getByText('could not be opened')).toBeVisible();
  await elsewhere.close();
});

// Chromium goes to no address above 2 MB; a unit test beside link.ts has the one of 5.
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
  await lab.kept('sandbox');
  await lab.open('?lab=sandbox&seed=2');
  await lab.run('echo other > /root/note');
  await page.reload();
  await lab.prompt();
  expect(await lab.run('cat /root/note')).toBe('other');
  await lab.open('?lab=sandbox');
  expect(await lab.run('cat /root/note')).toBe('own');
});

/** Makes the page's save one of another build, whose world nobody here can read. */
const makeForeign = (page: Page, change: 'build' | 'version' | 'log') => page.evaluate((change) => new Promise<void>((resolve, reject) => {
  const opening = indexedDB.open('crashloop');
  opening.onerror = () => reject(opening.error!);
  opening.onsuccess = () => {
    const saves = opening.result.transaction('saves', 'readwrite').objectStore('saves');
    const reading = saves.get('lab/sandbox');
    reading.onsuccess = () => {
      const { session, ...envelope } = reading.result as { session: { log: object } };
      const log = { ...session.log, ...(change === 'version' ? {} : { build: 'another' }), ...(change === 'log' ? { entries: {} } : {}) };
      const writing = saves.put({ ...envelope, ...(change === 'version' ? { version: 1 } : {}), session: { ...session, log, world: 'of another build' } }, 'lab/sandbox');
      writing.onsuccess = () => resolve();
    };
  };
}), change);

const entriesKept = (page: Page) => page.evaluate(() => new Promise<number>((resolve) => {
  const opening = indexedDB.open('crashloop');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('saves').objectStore('saves').get('lab/sandbox');
    reading.onsuccess = () => resolve((reading.result as { session: { log: { entries: unknown[] } } } | undefined)?.session.log.entries.length ?? 0);
    reading.onerror = () => resolve(0);
  };
}));

for (const change of ['build', 'version'] as const) {
  test(`a save of another ${change} is done again, with a word, and kept from then on`, async ({ page }) => {
    const lab = await new Lab(page).open('?lab=sandbox');
    await lab.run('echo mine > /root/note; kubectl create cm mine');
    const typed = await page.evaluate(() => globalThis.crashloop!.world().log.entries.length);
    await expect.poll(() => entriesKept(page)).toBe(typed);
    await makeForeign(page, change);
    await page.reload();
    await lab.prompt();
    await expect(page.getByText('saved by another version')).toBeVisible();
    expect(await lab.screen()).toContain('configmap/mine created');
    expect(await lab.run('cat /root/note')).toBe('mine');
    expect(await lab.run('kubectl get cm mine --no-headers')).toContain('mine');
    await page.reload();
    await lab.prompt();
    await expect(page.getByText('saved by another version')).toHaveCount(0);
    expect(await lab.run('cat /root/note')).toBe('mine');
  });
}

test('a save of another build whose log is not whole is set aside, with a word', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo mine > /root/note');
  const typed = await page.evaluate(() => globalThis.crashloop!.world().log.entries.length);
  await expect.poll(() => entriesKept(page)).toBe(typed);
  await makeForeign(page, 'log');
  await page.reload();
  await lab.prompt();
  await expect(page.getByText('could not be opened')).toBeVisible();
  expect(await lab.run('cat /root/note')).toContain('No such file');
});
