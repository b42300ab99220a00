// The page around the lab: panes, languages, small screens, and what is kept.
import { expect, test } from '@playwright/test';
import { Lab } from './lab.ts';

test('the prompt has the keyboard when the page opens', async ({ page }) => {
  const lab = await new Lab(page).open();
  await page.keyboard.type('hostname');
  await expect.poll(() => lab.screen()).toMatch(/hostname$/);
});

test('F6 walks the panes, out of the terminal and the editor too', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type('vi /etc/hosts');
  await lab.editor('/etc/hosts');
  const pane = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane'));
  for (const next of ['time', 'task', 'terminal', 'editor', 'time']) {
    await page.keyboard.press('F6');
    await expect.poll(pane).toBe(next);
  }
  await page.keyboard.press('Shift+F6');
  await expect.poll(pane).toBe('editor');
});

test('the language changes without losing the session', async ({ page }) => {
  const lab = await new Lab(page).open('?lang=en');
  await lab.run('hostname');
  await page.getByLabel('Language').selectOption('ko');
  await expect(lab.button('확인하기')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  expect(await lab.screen()).toContain('hostname');
});

test('the file list opens a file, and follows what happens in the terminal', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.button('Files').click();
  await page.getByRole('treeitem', { name: 'manifests' }).click();
  await page.getByRole('treeitem', { name: 'kube-scheduler.yaml' }).click();
  await lab.editor('/etc/kubernetes/manifests/kube-scheduler.yaml');
  await lab.run('touch /etc/kubernetes/manifests/extra.yaml');
  await expect(page.getByRole('treeitem', { name: 'extra.yaml' })).toBeVisible();
});

test('a reload goes on where one was', async ({ page }) => {
  const lab = await new Lab(page).open();
  await lab.run('echo kept > /root/note');
  await lab.kept();
  await lab.open();
  expect(await lab.run('cat /root/note')).toBe('kept');
});

test('a save that does not open is set aside with a word', async ({ page }) => {
  const lab = await new Lab(page).open();
  await lab.run('hostname');
  await lab.kept();
  await page.evaluate(() => new Promise<void>((resolve, reject) => {
    const open = indexedDB.open('crashloop');
    open.onerror = () => reject(open.error);
    open.onsuccess = () => {
      const change = open.result.transaction('saves', 'readwrite');
      change.objectStore('saves').put({ version: 1, session: { log: 'rubbish' } }, 'lab/control-plane-failure');
      change.oncomplete = () => resolve();
    };
  }));
  await lab.open();
  await expect(page.getByText('could not be opened')).toBeVisible();
});

test('what is being edited outlives a change of layout', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type('vi /root/x');
  await lab.editor('/root/x');
  await lab.keys('ikept', '<Escape>');
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.editor('/root/x');
  await expect.poll(() => lab.editorText()).toBe('kept');
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(() => lab.editorText()).toBe('kept');
  // vi has the terminal's other screen while it runs; what was there before comes back with the prompt.
  await lab.keys(':q!', '<Enter>');
  await lab.prompt();
  expect(await lab.screen()).toContain('vi /root/x');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the panes become tabs', async ({ page }) => {
    const lab = await new Lab(page).open('?clock=step');
    await expect(page.locator('[data-pane="terminal"]')).toBeVisible();
    await expect(page.locator('[data-pane="task"]')).toBeHidden();
    await lab.button('Task').tap();
    await expect(lab.button('Check')).toBeVisible();
    await lab.button('Terminal').tap();
    await lab.type('vi /root/x');
    await lab.editor('/root/x');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

test('a prompt that is there before the programs: keys are echoed, a command waits with a word, and is answered when they are', async ({ page }) => {
  let refuse = true;
  await page.route('**/assets/core-*.js', (route) => (refuse ? route.abort() : route.continue()));
  const lab = await new Lab(page).open('?lab=sandbox');
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('kubectl get nodes');
  await expect.poll(() => lab.screen()).toMatch(/➜ {2}kubectl get nodes$/);
  await page.keyboard.press('Enter');
  const lost = page.getByRole('alert').filter({ hasText: 'The node’s programs could not be fetched.' });
  await expect(lost).toBeVisible();
  refuse = false;
  await lost.getByRole('button', { name: 'Try again' }).click();
  await lab.prompt();
  expect(await lab.screen()).toContain('controlplane   Ready');
  await expect(lost).toBeHidden();
});
