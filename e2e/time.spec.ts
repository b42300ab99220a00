// Time is the learner's: it is paused, skipped, taken back, looked at, branched, and handed on.
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { violations } from './violations.ts';
import { Lab } from './lab.ts';

const strip = (page: Page) => page.getByRole('region', { name: 'Timeline' });
const moments = (page: Page) => strip(page).getByRole('list').getByRole('button');
const clock = async (page: Page) => (await strip(page).locator('time').textContent())!;

test('a pause stops the clock, and a command still gets its time', async ({ page }) => {
  const lab = await new Lab(page).open();
  await page.getByRole('button', { name: 'Pause' }).click();
  const paused = await clock(page);
  await page.waitForTimeout(1500);
  expect(await clock(page)).toBe(paused);
  await lab.run('sleep 3; echo slept');
  expect(await lab.screen()).toContain('slept');
  await page.getByRole('button', { name: '60×' }).click();
  await expect.poll(() => clock(page), { timeout: 10_000 }).not.toBe(paused);
});

test('a skip runs on until something happens and says what', async ({ page }) => {
  await new Lab(page).open();
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(page.getByText(/^kube-scheduler (restarted|ended)/)).toBeVisible({ timeout: 20_000 });
});

test('a skip ends with the command that is waited for', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.type('sleep 120; echo done waiting');
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(page.getByText('The command is done.')).toBeVisible({ timeout: 20_000 });
  expect(await lab.screen()).toContain('done waiting');
});

test('what was done is a track: look back, time stands still, type to branch, and the branch that was left stays', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo first > /root/note');
  await lab.run('echo second > /root/note');
  await expect(moments(page)).toHaveCount(3);
  await moments(page).nth(1).click();
  await expect(page.getByText(/Looking back at .*after: echo first/)).toBeVisible();
  const then = await clock(page);
  await page.waitForTimeout(1200);
  expect(await clock(page)).toBe(then);
  expect(await lab.run('cat /root/note')).toBe('first');
  await expect(page.getByText('Looking back at')).toBeHidden();

  await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /echo second/ }).click();
  expect(await lab.run('cat /root/note')).toBe('second');
});

test('back to now, and on from here', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo one');
  await lab.run('echo two');
  await moments(page).nth(1).click();
  expect(await lab.screen()).not.toContain('\ntwo\n');
  await page.getByRole('button', { name: 'Back to now' }).click();
  expect(await lab.screen()).toContain('\ntwo\n');
  await moments(page).nth(1).click();
  const then = await clock(page);
  await page.getByRole('button', { name: 'Go on from here' }).click();
  await expect.poll(() => clock(page), { timeout: 10_000 }).not.toBe(then);
});

test('by keyboard: undo and redo by their keys, F6 to the track, the arrows along it', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo one');
  await lab.run('echo two');
  await page.keyboard.press('Control+Alt+z');
  await expect.poll(() => lab.screen()).not.toContain('\ntwo\n');
  await page.keyboard.press('Control+Alt+y');
  await expect.poll(() => lab.screen()).toContain('\ntwo\n');
  await page.keyboard.press('F6');
  await expect(moments(page).nth(2)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(moments(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/Looking back/)).toBeVisible();
});

test('the terminal as an asciicast, the state as a file that opens elsewhere; what is no state changes nothing', async ({ page, browser }, testInfo) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo kept > /root/note; kubectl get nodes');
  const save = async (name: string) => {
    await page.getByRole('button', { name: 'Timeline', exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('dialog').getByRole('button', { name }).click()]);
    await page.keyboard.press('Escape');
    const path = testInfo.outputPath(download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  const [about, ...events] = readFileSync(await save('Save the terminal as a recording (asciicast)'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as unknown);
  expect(about).toMatchObject({ version: 2, ...(await lab.size().then(({ cols, rows }) => ({ width: cols, height: rows }))) });
  expect(events.map((event) => (event as string[])[2]).join('')).toContain('controlplane   Ready');

  const file = await save('Save this state as a file');
  const elsewhere = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const other = await new Lab(await elsewhere.newPage()).open('?lab=sandbox');
  const choose = async (path: string) => {
    await other.page.getByRole('button', { name: 'Timeline', exact: true }).click();
    const [chooser] = await Promise.all([other.page.waitForEvent('filechooser'), other.page.getByRole('dialog').getByRole('button', { name: 'Open a state from a file' }).click()]);
    await chooser.setFiles(path);
  };
  await choose(testInfo.outputPath('sandbox.cast'));
  await expect(other.page.getByText('The file could not be opened')).toBeVisible();
  await choose(file);
  await expect(other.page.getByText('The state from the file is open.')).toBeVisible();
  expect(await other.run('cat /root/note')).toBe('kept');
  await elsewhere.close();
});

for (const theme of ['light', 'dark', 'contrast']) {
  test(`nothing stands in anyone's way: ${theme}`, async ({ page }) => {
    const lab = await new Lab(page).open(`?lab=control-plane-failure&theme=${theme}`);
    await lab.run('echo one');
    await moments(page).nth(0).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Timeline', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('a skip and an undo by finger, the timeline from the commands', async ({ page }) => {
    const lab = await new Lab(page).open('?lab=sandbox');
    await lab.run('echo one');
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect.poll(() => lab.screen()).not.toContain('\none\n');
    await page.getByRole('button', { name: 'Commands' }).tap();
    await page.getByRole('dialog').getByRole('combobox').fill('timeline');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: /echo one/ }).tap();
    await expect.poll(() => lab.screen()).toContain('\none\n');
  });
});
