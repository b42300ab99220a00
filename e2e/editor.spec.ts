// The editor as one meets it: who opens it and with which keys, what it marks and compares, and that nothing written in it is lost.
import { expect, test } from '@playwright/test';
import { Lab } from './lab.ts';

const manifest = '/etc/kubernetes/manifests/kube-scheduler.yaml';

test('nano has plain keys, and its own for saving, cutting and leaving', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type('nano /root/note');
  await lab.editor('/root/note');
  await lab.keys('one', '<Enter>', 'two', '<Enter>', 'three', '<ArrowUp>', '<Control+k>');
  await expect.poll(() => lab.editorText()).toBe('one\nthree');
  await lab.keys('<Control+Home>', '<Control+u>');
  await expect.poll(() => lab.editorText()).toBe('two\none\nthree');
  await lab.keys('<Control+o>', 'x', '<Control+x>');
  await lab.button('Discard changes').click();
  await lab.prompt();
  expect(await lab.run('cat /root/note')).toBe('two\none\nthree');
});

test('YAML that cannot be read is marked, in the words of the parser', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type(`vi ${manifest}`);
  await lab.editor(manifest);
  await expect(page.locator('.monaco-editor .view-line').first().locator('span span').first()).toHaveClass(/mtk/);
  await expect(page.getByText(/^yaml: /)).toBeHidden();
  await lab.keys('2Gi  ', '<Escape>');
  await expect(page.getByText(/^yaml: /)).toBeVisible();
  await expect(page.locator('.squiggly-error')).not.toHaveCount(0);
  await lab.keys('u');
  await expect(page.getByText(/^yaml: /)).toBeHidden();
});

test('a file is compared with what it was when the task began', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.run(`sed -i 's/priorityClassName/priority/' ${manifest}`);
  await lab.type(`vi ${manifest}`);
  await lab.editor(manifest);
  await lab.button('Changes').click();
  await expect(page.locator('.monaco-diff-editor .line-delete, .monaco-diff-editor .char-delete')).not.toHaveCount(0);
  await expect(page.locator('.monaco-diff-editor')).toContainText('priorityClassName');
  await lab.button('Changes').click();
  await lab.editor(manifest);
});

test('what is not saved survives a reload, from the file list and in vi', async ({ page }) => {
  const lab = await new Lab(page).open();
  await lab.button('Files').click();
  await page.getByRole('treeitem', { name: 'manifests' }).click();
  await page.getByRole('treeitem', { name: 'etcd.yaml' }).click();
  await lab.editor('/etc/kubernetes/manifests/etcd.yaml');
  await lab.keys('ggO# mine', '<Escape>');
  await page.getByRole('region', { name: 'Terminal' }).locator('.xterm').click();
  await lab.type('vi /root/draft');
  await lab.editor('/root/draft');
  await lab.keys('ihalf a', '<Escape>');
  await expect.poll(() => lab.editorText()).toBe('half a');
  await page.reload();
  await lab.editor('/root/draft');
  await expect.poll(() => lab.editorText()).toBe('half a');
  await page.getByRole('region', { name: 'Editor' }).getByRole('button', { name: /^etcd\.yaml/ }).click();
  await expect.poll(() => lab.editorText()).toContain('# mine');
  await expect(page.getByRole('img', { name: 'Unsaved changes' })).toHaveCount(2);
});

test('several files stand in tabs, and a file tells its owner and mode', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.button('Files').click();
  await page.getByRole('treeitem', { name: 'admin.conf', exact: true }).click();
  await page.getByRole('treeitem', { name: 'kubelet.conf' }).click();
  await lab.editor('/etc/kubernetes/kubelet.conf');
  const tabs = page.getByRole('list', { name: 'Open files' });
  await expect(tabs.getByRole('button')).toHaveText(['admin.conf', 'kubelet.conf']);
  await tabs.getByRole('button', { name: 'admin.conf', exact: true }).click();
  await lab.editor('/etc/kubernetes/admin.conf');
  await expect(page.getByRole('treeitem', { name: 'admin.conf', exact: true })).toHaveAttribute('title', /^-rw------- root root \d+/);
  await lab.run('chmod 644 /etc/kubernetes/admin.conf');
  await expect(page.getByRole('treeitem', { name: 'admin.conf', exact: true })).toHaveAttribute('title', /^-rw-r--r-- root root/);
});

test('kubectl edit applies what is saved', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.run('kubectl create configmap notes --from-literal=a=before');
  await lab.type('kubectl edit configmap notes');
  await expect(page.locator('.monaco-editor.focused')).toBeVisible();
  await lab.keys(':%s/before/after/', '<Enter>', ':wq', '<Enter>');
  await lab.prompt();
  expect(await lab.screen()).toContain('configmap/notes edited');
  expect(await lab.run("kubectl get configmap notes -o jsonpath='{.data.a}{\"\\n\"}'")).toBe('after');
});

test('the keyboard can always leave: F6, and Tab after Ctrl+M', async ({ page }) => {
  const lab = await new Lab(page).open('?clock=step');
  await lab.type('nano /root/x');
  await lab.editor('/root/x');
  await expect(page.locator('.monaco-editor').getByRole('textbox').first()).toHaveAccessibleName(/F6/);
  await lab.keys('<Control+m>', '<Tab>');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null)).toBe(true);
});
