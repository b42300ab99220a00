// Nothing stands in anyone's way: every view, in each theme and language, on a laptop and on a phone. One page is walked through all views,
// so that a lab is opened once for each theme and language.
import { expect, test, type Page } from '@playwright/test';
import { Lab } from './lab.ts';
import { violations } from './violations.ts';

const themes = ['light', 'dark', 'contrast'] as const;

const names = {
  en: {
    check: 'Check', hint: 'Show a hint', solution: 'Show the solution', yes: 'Yes', files: 'Files', map: 'Map', task: 'Task', editor: 'Editor', close: 'Close',
    changes: 'Changes', search: 'Search', settings: 'Terminal settings', smaller: 'Smaller text', timeline: 'Timeline', started: 'The lab opened', now: 'Back to now', discard: 'Discard changes',
  },
  ko: {
    check: '확인하기', hint: '힌트 보기', solution: '풀이 보기', yes: '예', files: '파일', map: '맵', task: '과제', editor: '편집기', close: '닫기',
    changes: '변경 내용', search: '검색', settings: '터미널 설정', smaller: '글자 작게', timeline: '타임라인', started: '실습 시작', now: '최근 시점으로', discard: '변경 내용 버리기',
  },
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
      test.setTimeout(300_000);
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
      await lab.keys('gg', 'O', 'x: [', '<Escape>');
      await lab.button(words.changes).click();
      await expect(page.locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .char-insert')).not.toHaveCount(0);
      await lab.button(words.close).click();
      await expect(lab.button(words.discard)).toBeVisible();
      await expectNone(page, 'changes, question');
      await lab.button(words.discard).click();
      await lab.prompt();

      await lab.button(words.search).click();
      await page.getByRole('searchbox').fill('controlplane');
      await page.getByRole('searchbox').press('Enter');
      await expectNone(page, 'search');
      await page.keyboard.press('Escape');
      await page.locator('summary').click();
      await expect(lab.button(words.smaller)).toBeVisible();
      await expectNone(page, 'terminal settings');
      await page.keyboard.press('Escape');

      await lab.button(words.map).click();
      await expect(page.locator('[data-pane="map"]').getByRole('button').first()).toBeFocused();
      await expectNone(page, 'map');

      await page.keyboard.press('Control+Shift+P');
      await expect(page.getByRole('combobox', { expanded: true })).toBeFocused();
      await expectNone(page, 'palette');
      await page.keyboard.press('F1');
      await expect(page.getByRole('dialog').getByRole('button', { name: words.close })).toBeVisible();
      await expectNone(page, 'shortcuts');
      await page.keyboard.press('Escape');

      await lab.button(words.timeline).click();
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
      await expectNone(page, 'timeline');
      await page.getByRole('dialog').getByRole('button', { name: words.started }).click();
      await expect(lab.button(words.now)).toBeVisible();
      await expectNone(page, 'looking back');
    });
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const language of ['en', 'ko'] as const) {
    test(`a course page: ${colorScheme}, ${language}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(`./examples/course.html?lang=${language}`);
      for (const lab of ['#first', '#second']) await expect(page.frameLocator(`${lab} iframe`).getByRole('button')).toBeVisible();
      await expectNone(page, 'course');
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
    await lab.button(words.editor).tap();
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await expectNone(page, 'files');
    await lab.button(words.map).tap();
    await expect(page.locator('[data-pane="map"]').getByRole('button').first()).toBeVisible();
    await expectNone(page, 'map');
  });
});
