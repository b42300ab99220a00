// What means ill, or was damaged on its way: saves, names, floods of keys. The page lives, says what it could not use, and
// runs nothing that somebody else wrote.
import { expect, test, type Page } from '@playwright/test';
import { Lab } from './lab.ts';

declare global { interface Window { hacked?: unknown } }
const SCRIPT = '<img src=x onerror=hacked=1>';

type Harm = 'cut' | 'flipped' | 'types' | 'version' | 'build' | 'prototype' | 'empty' | 'huge' | 'cycle';
/** Does that to every save of this page. → how many there were */
const harmSaves = (page: Page, how: Harm): Promise<number> => page.evaluate(async (how) => {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const open = indexedDB.open('crashloop');
    open.onerror = () => reject(open.error);
    open.onsuccess = () => resolve(open.result);
  });
  const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  const leaf = (value: unknown): unknown => {
    if (how === 'types') return typeof value === 'string' ? 7 : 'seven';
    if (value instanceof Uint8Array) return how === 'cut' ? value.slice(0, value.length >> 1) : value.map((byte, at) => (at === value.length >> 1 ? byte ^ 4 : byte));
    if (typeof value !== 'string' || value.length < 40) return value;
    const middle = value.length >> 1;
    return how === 'cut' ? value.slice(0, middle) : value.slice(0, middle) + String.fromCharCode(value.charCodeAt(middle) ^ 4) + value.slice(middle + 1);
  };
  const each = (value: unknown): unknown => (Array.isArray(value) ? value.map(each) : value instanceof Uint8Array || typeof value !== 'object' || value === null ? leaf(value) : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, each(inner)])));
  const cycle: { session?: unknown; version?: unknown } = {};
  cycle.session = cycle;
  const harm = (value: { version: number; session: { log: object } }): unknown => {
    switch (how) {
      case 'version': return { ...value, version: 99 };
      case 'build': return { ...value, session: { ...value.session, log: { ...value.session.log, build: 'another' } } };
      case 'prototype': return { ...value, session: JSON.parse('{"__proto__":{"hacked":1},"constructor":{"prototype":{"hacked":1}},"log":{"__proto__":{"entries":[]}}}') as unknown };
      case 'empty': return { ...value, session: {} };
      case 'huge': return { ...value, session: { ...value.session, world: 'x'.repeat(30_000_000) } };
      case 'cycle': return { ...cycle, version: value.version };
      default: return { ...(each(value) as object), version: value.version };
    }
  };
  const store = () => database.transaction('saves', 'readwrite').objectStore('saves');
  const keys = (await done(store().getAllKeys())).filter((key) => /^lab\/[^/]+$/.test(String(key)));
  for (const key of keys) {
    const harmed = harm(await done(store().get(key)) as never);
    await done(store().put(harmed, key));
  }
  database.close();
  for (const key of Object.keys(localStorage)) if (key.startsWith('crashloop/tail')) localStorage.removeItem(key);
  return keys.length;
}, how);

for (const how of ['cut', 'flipped', 'types', 'version', 'build', 'prototype', 'empty', 'huge', 'cycle'] as const) {
  test(`a save that is damaged never shows a white page: ${how}`, async ({ page, context }) => {
    const lab = await new Lab(page).open('?lab=sandbox');
    await lab.run('echo kept > /root/kept');
    await lab.kept('sandbox');
    // Harmed from another page of the site, so that this one's own save does not heal it.
    await page.goto('about:blank');
    const other = await context.newPage();
    await other.goto('./sandbox.html').catch(() => undefined);
    expect(await harmSaves(other, how)).toBeGreaterThan(0);
    await other.close();
    await lab.open('?lab=sandbox');
    // What of its log can be read is done again; the rest is set aside. Each with a word.
    if (how !== 'flipped') await expect(page.getByText(/could not be opened|saved by another version/)).toBeVisible();
    expect(await lab.run('echo alive $((6 * 7))')).toBe('alive 42');
    expect(await page.evaluate(() => ({}).constructor === Object && ({} as Window).hacked === undefined)).toBe(true);
  });
}

test('names of files and objects are text', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox&clock=step');
  await lab.run(`touch "/etc/${SCRIPT}" "/etc/a<script>hacked=1<" $'/etc/\\e]0;title\\a'; kubectl annotate deploy app 'note=${SCRIPT}'; kubectl run bad --image='${SCRIPT}'; kubectl get events`);
  await lab.run(`echo '${SCRIPT}'; ls /etc; kubectl describe deploy app | head -12; kubectl get nosuch'${SCRIPT}'`);
  await lab.button('Files').click();
  await expect(page.getByRole('treeitem', { name: SCRIPT })).toBeVisible();
  await lab.button('Map').click();
  await page.waitForTimeout(600);
  expect(await page.evaluate(() => window.hacked)).toBeUndefined();
  expect(await page.title()).not.toBe('title');
});

test('a flood of keys', async ({ page }) => {
  const lab = await new Lab(page).open('?lab=sandbox');
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.insertText('x'.repeat(20_000));
  await page.keyboard.press('Control+c');
  for (let n = 0; n < 200; n++) await page.keyboard.press(['Enter', 'Tab', 'ArrowUp', 'Escape', 'Control+c', 'Control+z', 'Backspace'][n % 7]!);
  await page.keyboard.press('Control+c');
  await lab.prompt();
  expect(await lab.run('echo still here')).toBe('still here');
});
