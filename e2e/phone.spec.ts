// A touch screen of 390 × 844: one pane at a time, and the keys that its keyboard does not have.
import { expect, test } from '@playwright/test';
import { Lab } from './lab.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('the keys of the bar reach the shell', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=en');
  const tap = (name: string) => page.getByRole('button', { name, exact: true }).tap();
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('ls /etc ');
  await tap('Pipe');
  await page.keyboard.type(' head ');
  await tap('Hyphen');
  await page.keyboard.type('1\n');
  await lab.prompt();
  expect(await lab.screen()).toContain('ls /etc | head -1\nX11\n');
  await tap('Up');
  await expect.poll(() => lab.screen()).toMatch(/ls \/etc \| head -1$/);
  await tap('Ctrl');
  await page.keyboard.type('c');
  await lab.prompt();
  expect(await lab.screen()).toContain('^C');
  await page.keyboard.type('cat /etc/hostn');
  await tap('Tab');
  await expect.poll(() => lab.screen()).toMatch(/cat \/etc\/hostname$/m);
});

test('vim’s Escape is on the bar', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=en');
  await lab.type('vi /root/x');
  await lab.editor('/root/x');
  await page.keyboard.type('iab');
  await page.getByRole('button', { name: 'Slash', exact: true }).tap();
  await page.getByRole('button', { name: 'Escape', exact: true }).tap();
  await expect.poll(() => lab.editorText()).toBe('ab/');
  await page.keyboard.type(':wq\n');
  await lab.prompt();
  expect(await lab.run('cat /root/x')).toBe('ab/');
});

test('the task, the commands and a question by finger', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step&lang=ko');
  await lab.button('과제').tap();
  await lab.button('힌트 보기').tap();
  await expect(page.getByRole('heading', { name: '힌트 1' })).toBeVisible();
  await lab.button('명령').tap();
  await page.getByRole('option', { name: '화면 모드: 어둡게' }).tap();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await lab.button('풀이 보기').tap();
  await lab.button('아니요').tap();
  await expect(lab.button('풀이 보기')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
