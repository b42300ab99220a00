// Time is the learner's: it is paused, skipped, taken back, looked at, branched, and handed on.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { violations } from './violations.ts';
import { Lab } from './lab.ts';

const strip = (page: Page) => page.getByRole('region', { name: 'Timeline' });
const moments = (page: Page) => strip(page).getByRole('list').getByRole('button');
const clock = async (page: Page) => (await strip(page).locator('time').textContent())!;

/** The clock, once it has stood still for more than a second. */
async function stopped(page: Page): Promise<string> {
  let then = '';
  await expect(async () => {
    then = await clock(page);
    await page.waitForTimeout(1200);
    expect(await clock(page)).toBe(then);
  }).toPass();
  return then;
}

test('a pause stops the clock, and a command still gets its time', async ({ page }) => {
  const lab = await new Lab(page).open();
  await page.getByRole('button', { name: 'Pause' }).click();
  const paused = await stopped(page);
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
  await expect.poll(() => lab.screen()).toMatch(/^done waiting$/m);
});

test('a skip waits for what was chosen', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await page.getByLabel('Skip until').selectOption('until something is ready');
  await lab.run('kubectl create deployment web --image=nginx:alpine');
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(page.getByText(/^web-\w+ is up/)).toBeVisible({ timeout: 20_000 });
  await expect(lab.run('kubectl get deploy web')).resolves.toMatch(/web +1\/1/);
  await expect(page.getByText(/^web-\w+ is up/)).toBeHidden();
});

test('a skip tells of what is stuck, and a line of the timeline does', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('kubectl run typo --image=ngnix');
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(page.getByText(/^typo: (ErrImagePull|ImagePullBackOff)/)).toBeVisible({ timeout: 20_000 });
  await expect(moments(page).last()).toHaveAccessibleName(/kubectl run typo --image=ngnix, typo: (ErrImagePull|ImagePullBackOff)/);
});

test('what was done is a track: look back, time stands still, type to branch, and the branch that was left stays', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo first > /root/note');
  await lab.run('echo second > /root/note');
  await expect(moments(page)).toHaveCount(3);
  await moments(page).nth(1).click();
  await expect(page.getByText(/Looking back at .*after: echo first/)).toBeVisible();
  await expect.poll(() => lab.screen()).not.toContain('second');
  await stopped(page);
  expect(await lab.run('cat /root/note')).toBe('first');
  await expect(page.getByText('Looking back at')).toBeHidden();

  await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: /echo second/ }).click();
  await expect.poll(() => lab.screen()).toMatch(/echo second > .*\n.*$/);
  expect(await lab.run('cat /root/note')).toBe('second');
});

test('back to now, and on from here', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo one');
  await lab.run('echo two');
  await moments(page).nth(1).click();
  await expect.poll(() => lab.screen()).not.toContain('\ntwo\n');
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect.poll(() => lab.screen()).toContain('\ntwo\n');
  await moments(page).nth(1).click();
  await expect(page.getByText(/Looking back at/)).toBeVisible();
  const then = await stopped(page);
  await page.getByRole('button', { name: 'Go on from here' }).click();
  await expect.poll(() => clock(page), { timeout: 10_000 }).not.toBe(then);
});

test('back to now is back to where one was, on whichever branch, and so after a reload', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo one');
  await lab.run('echo two');
  await moments(page).nth(1).click();
  await expect.poll(() => lab.screen()).not.toContain('\ntwo\n');
  await lab.run('echo three');
  await page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: /echo three/ })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('dialog').getByRole('button', { name: /echo one/ })).toBeFocused();
  const asked = Date.now();
  await page.keyboard.press('Enter');
  const looking = page.getByText(/Looking back at/);
  const said = (await looking.textContent())!;

  // At which moment one looks is kept with the next save, not as the page goes.
  await lab.kept('sandbox', asked);
  await page.reload();
  await expect(looking).toHaveText(said);
  await expect.poll(async () => said.includes(await clock(page))).toBe(true);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect.poll(() => lab.screen()).toContain('\nthree\n');
  expect(await lab.screen()).not.toContain('\ntwo\n');
  await expect(page.getByText(/Looking back at/)).toBeHidden();
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
  await lab.run('echo left > /root/note');
  await moments(page).nth(1).click();
  await expect.poll(() => lab.screen()).not.toContain('echo left');
  await lab.run('echo on');
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

  await page.getByRole('button', { name: 'New terminal' }).click();
  await lab.prompt();
  await lab.run('echo the second');
  const second = await save('Save the terminal as a recording (asciicast)');
  expect(second).toMatch(/pts-1\.cast$/);
  expect(readFileSync(second, 'utf8')).toContain('the second');
  expect(readFileSync(second, 'utf8')).not.toContain('controlplane   Ready');
  await page.getByRole('button', { name: 'Close terminal 2' }).click();

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
  await other.page.getByRole('button', { name: 'Timeline', exact: true }).click();
  await other.page.getByRole('dialog').getByRole('button', { name: /echo left/ }).click();
  await expect.poll(() => other.screen()).toMatch(/echo left > .*\n.*$/);
  expect(await other.run('cat /root/note')).toBe('left');
  await other.page.getByRole('button', { name: 'Back to what was here' }).click();
  await expect.poll(() => other.screen()).not.toContain('echo');
  expect(await other.run('cat /root/note')).toContain('No such file');
  await elsewhere.close();
});

test('where nothing is kept the word about it offers the file, out and in', async ({ page }, testInfo) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'indexedDB'] as const) Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('blocked', 'SecurityError'); } });
  });
  const lab = await new Lab(page).open('?lab=sandbox');
  await lab.run('echo carried > /root/note');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('status').getByRole('button', { name: 'Save this state as a file' }).click()]);
  const path = testInfo.outputPath('mine.crashloop');
  await download.saveAs(path);
  await page.reload();
  await lab.prompt();
  const open = async (file: string) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('status').getByRole('button', { name: 'Open a state from a file' }).click()]);
    await chooser.setFiles(file);
  };
  await lab.run('echo mine > /root/mine');
  const torn = testInfo.outputPath('torn.crashloop');
  writeFileSync(torn, readFileSync(path, 'utf8').slice(0, -40));
  await open(torn);
  await expect(page.getByText('The file could not be opened')).toBeVisible();
  expect(await lab.run('cat /root/mine')).toBe('mine');
  await open(path);
  await expect(page.getByText('The state from the file is open.')).toBeVisible();
  expect(await lab.run('cat /root/note')).toBe('carried');
});

test('a report is played again by the headless runner, to the same bytes', async ({ page, context }, testInfo) => {
  test.setTimeout(120_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lab = await new Lab(page).open();
  await lab.run('kubectl get po -A; date +%s.%N');
  await page.getByRole('button', { name: '60×' }).click();
  await lab.run('sleep 20');
  await page.getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(page.getByText(/^kube-scheduler (restarted|ended)/)).toBeVisible({ timeout: 20_000 });
  await lab.run('echo taken back');
  await page.keyboard.press('Control+Alt+z');
  await expect.poll(() => lab.screen()).toMatch(/echo taken back$/);
  await lab.run('; kubectl get po -A; ps aux | tail -3');
  await page.setViewportSize({ width: 1000, height: 700 });
  await lab.run('kubectl -n kube-system get events | tail -5');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('dialog').getByRole('combobox').fill('report');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Copied.')).toBeVisible();

  const report = testInfo.outputPath('report.json');
  writeFileSync(report, await page.evaluate(() => navigator.clipboard.readText()));
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const played = execFileSync('node_modules/.bin/tsx', ['src/tools/sim.ts', '--raw', '--replay', report], { cwd, encoding: 'utf8' });
  expect(played).toBe(`${await lab.transcript()}\n`);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('a skip and an undo by finger; the timeline, which stands in nobody’s way', async ({ page }) => {
    const lab = await new Lab(page).open();
    await lab.run('echo one');
    await page.getByRole('button', { name: 'Skip' }).tap();
    await expect(page.getByText(/^kube-scheduler (restarted|ended)/)).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect.poll(() => lab.screen()).not.toContain('\none\n');
    await expect(page.getByText(/Looking back/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Timeline' }).tap();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: /echo one/ }).tap();
    await expect.poll(() => lab.screen()).toContain('\none\n');
    await expect(page.getByText(/Looking back/)).toBeHidden();
  });
});
