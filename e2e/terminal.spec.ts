// The terminal as one meets it: what is copied and pasted, found, followed, read large or aloud, typed in Korean, and that nothing a
// program prints can do harm.
import { expect, test, type Page } from '@playwright/test';
import { Lab } from './lab.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** The middle of a text on the screen, by counting cells. */
async function placeOf(page: Page, lab: Lab, text: string): Promise<{ x: number; y: number; width: number }> {
  const rows = (await page.locator('.xterm-rows > div').allTextContents()).map((row) => row.replaceAll('\u00a0', ' '));
  const row = rows.findLastIndex((each) => each.includes(text));
  expect(row, `${text} in ${rows.join('\n')}`).toBeGreaterThanOrEqual(0);
  const box = (await page.locator('.xterm-screen').boundingBox())!;
  const { cols, rows: height } = await lab.size();
  const cell = box.width / cols;
  return { x: box.x + (rows[row]!.lastIndexOf(text) + text.length / 2) * cell, y: box.y + (row + 0.5) * (box.height / height), width: text.length * cell };
}

async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test('what the pointer selects is copied; Ctrl+C copies a selection and interrupts without one', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.run('echo first second');
  const word = await placeOf(page, lab, 'second');
  await page.mouse.dblclick(word.x, word.y);
  await expect.poll(() => clipboard(page)).toBe('second');

  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.mouse.dblclick(word.x, word.y);
  await page.keyboard.press('Control+c');
  await expect.poll(() => clipboard(page)).toBe('second');
  expect(await lab.screen()).not.toContain('^C');

  await page.keyboard.type('sleep 1000');
  await page.keyboard.press('Control+c');
  await expect.poll(() => lab.screen()).toContain('sleep 1000^C');
});

test('a paste of several lines waits for Enter, cannot press keys, and is refused when it is far too long', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await paste(page, 'echo one\necho two\x1b[201~\necho three');
  await expect.poll(() => lab.screen()).toContain('echo three');
  expect(await lab.screen()).not.toMatch(/^one$/m);
  await page.keyboard.press('Enter');
  await lab.prompt();
  expect(await lab.screen()).toMatch(/^one$/m);

  await paste(page, 'x'.repeat(10_000_000));
  await expect(page.getByText('too long to paste')).toBeVisible();
  expect(await lab.run('hostname')).toBe('controlplane');
});

test('the scrollback is searched', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.run('seq 1 300');
  await page.keyboard.press('Control+Shift+f');
  await page.getByRole('searchbox').fill('17');
  await expect(page.getByRole('search')).toContainText(/of 1[0-9]/);
  await page.getByRole('searchbox').fill('117');
  await expect(page.getByRole('search')).toContainText('1 of 1');
  await expect(page.locator('.xterm-rows')).toContainText('117');
  await page.keyboard.press('Escape');
  await page.keyboard.type('hostname');
  await expect.poll(() => lab.screen()).toMatch(/hostname$/);
});

test('a file opens the editor, a pod types the command that describes it, an address opens beside the page', async ({ page, context }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.run('echo see /etc/hosts , kube-apiserver-controlplane and https://example.invalid/a');
  const pod = await placeOf(page, lab, 'kube-apiserver-controlplane and https');
  await page.mouse.move(pod.x - pod.width / 4, pod.y);
  await page.mouse.click(pod.x - pod.width / 4, pod.y);
  await expect.poll(() => lab.screen()).toMatch(/kubectl describe po kube-apiserver-controlplane -n kube-system$/);
  await page.keyboard.press('Control+c');

  await context.route('https://example.invalid/**', (route) => route.fulfill({ body: 'outside' }));
  const address = await placeOf(page, lab, 'https://example.invalid/a');
  await page.mouse.move(address.x, address.y);
  const [opened] = await Promise.all([context.waitForEvent('page'), page.mouse.click(address.x, address.y)]);
  expect(await opened.evaluate(() => window.opener as unknown)).toBeNull();
  await opened.close();

  const file = await placeOf(page, lab, '/etc/hosts');
  await page.mouse.move(file.x, file.y);
  await page.mouse.click(file.x, file.y);
  await lab.editor('/etc/hosts');
});

test('the size of the text changes by key and by button, and is remembered', async ({ page }) => {
  const lab = await new Lab(page).open();
  const before = await lab.size();
  await page.keyboard.press('Control+=');
  await page.keyboard.press('Control+=');
  await expect.poll(async () => (await lab.size()).cols).toBeLessThan(before.cols);
  const larger = await lab.size();
  await lab.open();
  await expect.poll(() => lab.size()).toEqual(larger);
  await page.keyboard.press('Control+0');
  await expect.poll(() => lab.size()).toEqual(before);
  await page.locator('summary').click();
  await lab.button('Smaller text').click();
  await expect.poll(async () => (await lab.size()).cols).toBeGreaterThan(before.cols);
});

test('a screen reader is told what is printed, when that is switched on', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=ko');
  await page.locator('summary').click();
  await page.getByRole('switch', { name: '출력을 스크린 리더로 읽기' }).check();
  await page.keyboard.press('Escape');
  await lab.run('hostname');
  await expect(page.locator('.xterm-accessibility')).toContainText('controlplane');
  await expect(page.getByRole('textbox', { name: '노드 터미널' })).toHaveAccessibleDescription(/F6/);
});

test('the bell is seen', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[data-ringing]')) return;
      document.title = 'rang';
      observer.disconnect();
    }).observe(document.body, { attributes: true, subtree: true });
  });
  await lab.run(String.raw`printf '\a'`);
  await expect(page).toHaveTitle('rang');
});

test('Korean is typed with an input method, and a command typed in Hangul is offered in Latin', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  const input = await page.context().newCDPSession(page);
  const compose = async (...steps: readonly string[]) => {
    for (const text of steps) await input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await input.send('Input.insertText', { text: steps.at(-1)! });
    // Nobody types the next syllable before the last one is on the screen.
    await expect.poll(() => lab.screen()).toContain(steps.at(-1)!);
  };
  await page.keyboard.type('echo ');
  await compose('ㅎ', '하', '한');
  await compose('ㄱ', '그', '글');
  await page.keyboard.press('Enter');
  await lab.prompt();
  expect(await lab.screen()).toMatch(/^한글$/m);

  for (const letter of ['ㅏ', 'ㅕ', 'ㅠ', 'ㄷ', 'ㅊ']) await compose(letter);
  await input.send('Input.imeSetComposition', { text: '시', selectionStart: 1, selectionEnd: 1 });
  await expect(page.getByText('Tab types kubectl')).toBeAttached();
  await page.keyboard.press('Tab');
  await expect.poll(() => lab.screen()).toMatch(/➜ {2}kubectl$/);
  await page.keyboard.type(' version --client');
  await page.keyboard.press('Enter');
  await lab.prompt();
  expect(await lab.screen()).toContain('Client Version: v1.33');
});

test('what a program prints touches neither the clipboard nor the page', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await page.evaluate(() => navigator.clipboard.writeText('mine'));
  const title = await page.title();
  page.on('dialog', (dialog) => void dialog.dismiss());
  await lab.run(String.raw`printf '\e]52;c;c3RvbGVu\a\e]0;<img src=x onerror=alert(1)>\a\e]8;;javascript:alert(1)\aclick\e]8;;\a\n'`);
  const link = await placeOf(page, lab, 'click');
  await page.mouse.move(link.x, link.y);
  await page.mouse.click(link.x, link.y);
  expect(await clipboard(page)).toBe('mine');
  expect(await page.title()).toBe(title);
  expect(page.context().pages()).toHaveLength(1);
});

test('each terminal is a login of its own', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  expect(await lab.run('tty')).toBe('/dev/pts/0');
  await page.getByRole('button', { name: 'New terminal' }).click();
  await expect(page.getByRole('button', { name: 'Terminal 2', exact: true })).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => lab.screen()).not.toContain('pts/0');
  await lab.prompt();
  expect(await lab.run('tty')).toBe('/dev/pts/1');
  await lab.run('echo from the second > /root/said');
  await page.getByRole('button', { name: 'Terminal 1', exact: true }).click();
  await expect.poll(() => lab.screen()).toContain('pts/0');
  expect(await lab.run('cat /root/said')).toBe('from the second');
  await page.getByRole('button', { name: 'Close terminal 2' }).click();
  await expect(page.getByRole('list', { name: 'Terminals' }).getByRole('listitem')).toHaveCount(1);
});

test('Shift+Tab leaves the terminal', async ({ page }) => {
  await new Lab(page).open('?clock=step');
  await page.keyboard.press('Shift+Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.xterm') === null)).toBe(true);
});

test('Tab completes what the cluster knows', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('k get po -n kube-s');
  await page.keyboard.press('Tab');
  await page.keyboard.type('kube-sch');
  await page.keyboard.press('Tab');
  await expect.poll(() => lab.screen()).toMatch(/k get po -n kube-system kube-scheduler-controlplane$/);
});

test.describe('floods', () => {
  for (const command of ['yes', 'cat /dev/urandom']) {
    test(command, async ({ page }) => {
      const lab = await new Lab(page).open();
      await lab.type(command);
      await page.waitForTimeout(3000);
      await page.keyboard.press('Control+c');
      // By its bytes: random ones may leave a terminal in any state, here as anywhere.
      await expect.poll(async () => (await lab.transcript()).slice(-200), { timeout: 30_000 }).toMatch(/(➜|✖)\s+$/);
    });
  }
});
