// Nothing stands in anyone's way: every view, in each theme and language, on a laptop and on a phone. One page is walked through all views,
// so that a lab is opened once for each theme and language.
import { expect, test, type Page } from '@playwright/test';
import { Lab } from './lab.ts';
import { violations } from './violations.ts';

const themes = ['light', 'dark', 'contrast'] as const;

const names = {
  en: { check: 'Check', hint: 'Show a hint', solution: 'Show the solution', yes: 'Yes', files: 'Files', map: 'Map', task: 'Task', close: 'Close' },
  ko: { check: '확인하기', hint: '힌트 보기', solution: '풀이 보기', yes: '예', files: '파일', map: '맵', task: '과제', close: '닫기' },
};

/** Names the view in which something was found. */
async function expectNone(page: Page, view: string): Promise<void> {
  // Colours that are on their way to other colours are none.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))));
  expect((await violations(page)).map((each) => `${view}: ${each}`)).toEqual([]);
}

for (const theme of themes) {
  for (const language of ['en', 'ko'] as const) {
    test(`on a laptop: ${theme}, ${language}`, async ({ page }) => {
      test.setTimeout(120_000);
      const words = names[language];
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(`./?lang=${language}&theme=${theme}`);
      await expect(page.getByRole('article')).toHaveCount(2);
      await expectNone(page, 'home');

      const lab = await new Lab(page).open(`?clock=step&lang=${language}&theme=${theme}`);
      await lab.button(words.check).click();
      await expect(page.locator('[data-pane="task"] li[data-state="fail"]').first()).toBeVisible();
      await lab.button(words.hint).click();
      await lab.button(words.solution).click();
      await expectNone(page, 'lab, hint, question');
      await lab.button(words.yes).click();

      await lab.type('vi /etc/kubernetes/manifests/kube-scheduler.yaml');
      await expect(page.locator('.monaco-editor.focused')).toBeVisible();
      await lab.button(words.files).click();
      await expect(page.getByRole('treeitem').first()).toBeVisible();
      await expectNone(page, 'solution, editor, files');

      await lab.button(words.map).click();
      await expect(page.locator('[data-pane="map"]').getByRole('button').first()).toBeVisible();
      await expectNone(page, 'map');

      await page.keyboard.press('Control+Shift+P');
      await expect(page.getByRole('combobox', { expanded: true })).toBeFocused();
      await expectNone(page, 'palette');
      await page.keyboard.press('F1');
      await expect(page.getByRole('dialog').getByRole('button', { name: words.close })).toBeVisible();
      await expectNone(page, 'shortcuts');
    });
  }

}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  for (const theme of themes) test(theme, async ({ page }) => {
    test.setTimeout(120_000);
    const language = theme === 'light' ? 'en' : 'ko';
    const words = names[language];
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`./?lang=${language}&theme=${theme}`);
    await expect(page.getByRole('article')).toHaveCount(2);
    await expectNone(page, 'home');
    const lab = await new Lab(page).open(`?clock=step&lang=${language}&theme=${theme}`);
    await expectNone(page, 'terminal');
    await lab.button(words.task).tap();
    await expect(lab.button(words.check)).toBeVisible();
    await expectNone(page, 'task');
    await lab.button(words.map).tap();
    await expect(page.locator('[data-pane="map"]').getByRole('button').first()).toBeVisible();
    await expectNone(page, 'map');
  });
});
