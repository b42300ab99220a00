// The home page: the labs as cards, the way into a lab and back, and how far one has come.
import { expect, test } from '@playwright/test';
import { prompt, sight } from '../src/ui/home/sight.ts';
import { Lab } from './lab.ts';

const title = { en: 'Break a control plane', ko: '컨트롤 플레인을 고장 내고' };

for (const language of ['en', 'ko'] as const) {
  test(`an address without a lab opens home: ${language}`, async ({ page }) => {
    await page.goto(`./?lang=${language}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title[language]);
    await expect(page.getByRole('article')).toHaveCount(2);
    // All of it in one screen.
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(800);
    expect(await page.title()).toContain(title[language]);
  });
}

test('the first lab is one Enter away, and the prompt has the keyboard', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('link', { name: 'Control plane failure' })).toBeFocused();
  await page.keyboard.press('Enter');
  const lab = new Lab(page);
  await lab.prompt();
  expect(new URL(page.url()).searchParams.get('lab')).toBe('control-plane-failure');
  await expect(page).toHaveTitle('Control plane failure · Crashloop');
  await page.keyboard.type('hostname');
  await expect.poll(() => lab.screen()).toMatch(/hostname$/);
});

test('what the first sight shows is what the lab says', async ({ page }) => {
  await page.goto('./?lang=en');
  await expect(page.locator('main')).toContainText(sight[1]!.text);
  const lab = await new Lab(page).open('?clock=step');
  for (const { isTyped, text } of sight) if (isTyped && text !== '') await lab.run(text);
  const withoutAge = (text: string) => text.replaceAll(/\b\d+s\b/g, '0s');
  const screen = withoutAge(await lab.screen());
  for (const { isTyped, text } of sight) expect(screen).toContain(isTyped ? `${prompt}  ${text}`.trimEnd() : withoutAge(text));
});

test('back leads home, and home knows the lab', async ({ page }) => {
  await page.goto('./?lang=en');
  await page.getByRole('link', { name: 'Sandbox' }).click();
  await new Lab(page).prompt();
  await page.goBack();
  await expect(page.getByRole('article')).toHaveCount(2);
  await page.getByRole('link', { name: 'Control plane failure' }).click();
  await new Lab(page).prompt();
  await page.getByRole('link', { name: 'Crashloop' }).click();
  await expect(page.getByRole('article').first()).toContainText('0 of 3 solved');
  await expect(page.getByRole('article').first()).toContainText('Continue');
});

test('the language and the theme that were asked for go along', async ({ page }) => {
  await page.goto('./?lang=ko&theme=dark');
  await page.getByRole('link', { name: '샌드박스' }).click();
  await new Lab(page).prompt();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ lab: 'sandbox', lang: 'ko', theme: 'dark' });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the labs stand below each other, and a tap opens one', async ({ page }) => {
    await page.goto('./?lang=ko');
    const sandbox = page.getByRole('article').nth(1);
    await expect(sandbox).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await sandbox.tap();
    await new Lab(page).prompt();
  });
});
