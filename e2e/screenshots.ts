// Takes the pictures in __screenshots__: the main views, in both languages and themes, on a laptop and on a phone. `npm run screenshots`
// after a change of the page; they are looked at, not compared.
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { Lab } from './lab.ts';

const names = { en: { task: 'Task', map: 'Map', skip: 'Skip', timeline: 'Timeline' }, ko: { task: '과제', map: '맵', skip: '건너뛰기', timeline: '타임라인' } };

type Language = keyof typeof names;

const laptop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const manifest = '/etc/kubernetes/manifests/kube-scheduler.yaml';

const take = (page: Page, name: string) => page.screenshot({ path: fileURLToPath(new URL(`./__screenshots__/${name}.png`, import.meta.url)), animations: 'disabled' });

async function openHome(page: Page, language: Language, theme: string): Promise<void> {
  await page.goto(`./?lang=${language}&theme=${theme}`);
  await expect(page.getByRole('article')).toHaveCount(2);
}

async function openLab(page: Page, language: Language, theme: string): Promise<Lab> {
  const lab = await new Lab(page).open(`?clock=step&lang=${language}&theme=${theme}`);
  await expect(page.locator('[data-pane="task"] li').first()).toBeAttached();
  return lab;
}

/** What anyone would look at first. */
async function look(lab: Lab): Promise<void> {
  await lab.run('k get po -A');
  await lab.run('k -n kube-system describe po kube-scheduler-controlplane | tail -6');
}

for (const language of ['en', 'ko'] as const) {
  for (const theme of ['light', 'dark']) {
    test.describe(`${theme}, ${language}`, () => {
      test.describe('laptop', () => {
        test.use(laptop);
        test('home', async ({ page }) => {
          await openHome(page, language, theme);
          await take(page, `home-laptop-${theme}-${language}`);
        });
        test('lab', async ({ page }) => {
          const lab = await openLab(page, language, theme);
          await look(lab);
          await take(page, `laptop-${theme}-${language}`);
          await lab.run('kubectl create deployment web --image=nginx:alpine');
          await lab.button(names[language].skip).click();
          await expect(page.locator('[data-pane="time"] [role="status"] p')).toBeVisible();
          await page.locator('[data-pane="time"] ol button').nth(1).click();
          await take(page, `looking-back-laptop-${theme}-${language}`);
          await lab.run('kubectl get events');
          await lab.button(names[language].timeline).click();
          await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
          await take(page, `timeline-laptop-${theme}-${language}`);
          await page.keyboard.press('Escape');
          await lab.type(`vi ${manifest}`);
          await lab.editor(manifest);
          await lab.button(names[language].map).click();
          await expect(page.locator('[data-pane="map"]').getByText('kube-scheduler', { exact: true })).toBeVisible();
          await take(page, `editor-map-laptop-${theme}-${language}`);
        });
      });
      test.describe('phone', () => {
        test.use(phone);
        test('home and lab', async ({ page }) => {
          await openHome(page, language, theme);
          await take(page, `home-phone-${theme}-${language}`);
          const lab = await openLab(page, language, theme);
          await lab.run('k -n kube-system get po');
          await take(page, `phone-${theme}-${language}`);
          await lab.button(names[language].timeline).tap();
          await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
          await take(page, `timeline-phone-${theme}-${language}`);
          await page.keyboard.press('Escape');
          await lab.button(names[language].task).tap();
          await take(page, `task-phone-${theme}-${language}`);
        });
      });
    });
  }
}

test.describe('high contrast', () => {
  test.use(laptop);
  test('lab, palette, shortcuts', async ({ page }) => {
    const lab = await openLab(page, 'en', 'contrast');
    await look(lab);
    await take(page, 'laptop-contrast-en');
    await page.keyboard.press('Control+Shift+P');
    await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
    await take(page, 'palette-laptop-contrast-en');
    await page.keyboard.press('F1');
    await expect(page.getByRole('dialog').getByRole('heading', { level: 2 })).toBeVisible();
    await take(page, 'shortcuts-laptop-contrast-en');
  });
});
