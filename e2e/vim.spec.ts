// Vim in the editor, with real keys: what a practised hand types must do what vim does. monaco-vim was written for a much older Monaco, so
// this is what tells us when one of the two must not be updated.
import { expect, test } from '@playwright/test';
import { Lab } from './lab.ts';

const text = 'one two\nthree "four" five\nsix\nseven';

/** Keys typed in normal mode at the first character of the text, and the text afterwards. `<…>` is a key by name. */
const cases: readonly [keys: string[], after: string][] = [
  [['dd'], 'three "four" five\nsix\nseven'],
  [['3dd', 'p'], 'seven\none two\nthree "four" five\nsix'],
  [['dd', 'u'], text],
  [['dd', 'u', '<Control+r>'], 'three "four" five\nsix\nseven'],
  [['izero ', '<Escape>'], `zero ${text}`],
  [['onew', '<Escape>'], 'one two\nnew\nthree "four" five\nsix\nseven'],
  [['A!', '<Escape>'], 'one two!\nthree "four" five\nsix\nseven'],
  [['/six', '<Enter>', 'x'], 'one two\nthree "four" five\nix\nseven'],
  [['/o', '<Enter>', 'n', 'x'], 'one two\nthree "fur" five\nsix\nseven'],
  [['yyp'], 'one two\none two\nthree "four" five\nsix\nseven'],
  [['cwuno', '<Escape>'], 'uno two\nthree "four" five\nsix\nseven'],
  [['wciw2', '<Escape>'], 'one 2\nthree "four" five\nsix\nseven'],
  [['jci"4', '<Escape>'], 'one two\nthree "4" five\nsix\nseven'],
  [['rO'], 'One two\nthree "four" five\nsix\nseven'],
  [['x', '.'], 'e two\nthree "four" five\nsix\nseven'],
  [['Gx'], 'one two\nthree "four" five\nsix\neven'],
  [[':3', '<Enter>', 'dd'], 'one two\nthree "four" five\nseven'],
  [[':%s/e/E/g', '<Enter>'], 'onE two\nthrEE "four" fivE\nsix\nsEvEn'],
  [[':%s/e/ee/g', '<Enter>', 'u'], text],
  [[':%s/^/# /', '<Enter>'], '# one two\n# three "four" five\n# six\n# seven'],
  [['G?e', '<Enter>', 'nx'], 'one two\nthre "four" five\nsix\nseven'],
  [['Vjd'], 'six\nseven'],
  [['veyP'], `one${text}`],
  [['V>'], `  ${text}`],
  [['<Control+v>', 'jj', 'I# ', '<Escape>'], '# one two\n# three "four" five\n# six\nseven'],
  [['jdG'], 'one two'],
  [['i한글', '<Escape>'], `한글${text}`],
];

test('keys of a practised hand', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type('vi /root/practice.txt');
  await lab.editor('/root/practice.txt');
  for (const [keys, after] of cases) {
    await lab.keys('<Escape>', 'gg', 'dG', 'i');
    for (const line of text.split('\n').entries()) await lab.keys(...(line[0] > 0 ? ['<Enter>'] : []), line[1]);
    await lab.keys('<Escape>', 'gg', '0');
    await expect.poll(() => lab.editorText()).toBe(text);
    await lab.keys(...keys);
    await expect.poll(() => lab.editorText(), keys.join('')).toBe(after);
  }
});

test(':q refuses with unsaved changes, :q! does not, ZZ and :wq write', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type('vi /root/a.txt');
  await lab.editor('/root/a.txt');
  await lab.keys('ihello', '<Escape>', ':q', '<Enter>');
  await expect(page.getByText('E37: No write since last change')).toBeVisible();
  await lab.keys(':q!', '<Enter>');
  await lab.prompt();
  expect(await lab.run('cat /root/a.txt')).toContain('No such file or directory');

  for (const [path, ...keys] of [['/root/b.txt', 'ZZ'], ['/root/c.txt', ':wq', '<Enter>'], ['/root/d.txt', ':x', '<Enter>']] as const) {
    await lab.type(`vi ${path}`);
    await lab.editor(path);
    await lab.keys('ihello', '<Escape>', ...keys);
    await lab.prompt();
    expect(await lab.run(`cat ${path}`)).toBe('hello');
  }
});

test('the buttons do the same, and the switch turns vim keys off', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type('vi /root/a.txt');
  await lab.editor('/root/a.txt');
  await page.getByRole('switch', { name: 'Vim keys' }).uncheck();
  await page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
  await lab.keys('ihello');
  await expect.poll(() => lab.editorText()).toBe('ihello');
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeVisible();
  await lab.button('Close').click();
  await lab.button('Keep editing').click();
  await lab.button('Save').click();
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toBeHidden();
  await lab.button('Close').click();
  await lab.prompt();
  expect(await lab.run('cat /root/a.txt')).toBe('ihello');
});
