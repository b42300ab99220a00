// The lab as a learner meets it: keys go through the page's own terminal and editor, what is read is what is on the screen.
import type {} from '../src/ui/handle.ts';
import { expect, type Locator, type Page } from '@playwright/test';

export class Lab {
  /** When the last command was entered. */
  #enteredAt = 0;

  constructor(readonly page: Page) {}

  /** Opens a lab (the first one unless the query names another) and waits for the prompt. */
  async open(query = '', fragment = ''): Promise<this> {
    const address = new URLSearchParams(query);
    if (!address.has('lab')) address.set('lab', 'control-plane-failure');
    await this.page.goto(`./?${address}${fragment}`);
    await this.prompt();
    return this;
  }

  /** What the terminal shows, scrollback included. */
  screen(): Promise<string> {
    return this.page.evaluate(() => globalThis.crashloop?.screen() ?? '');
  }

  /** Every byte the terminal was sent, as text. */
  async transcript(): Promise<string> {
    const bytes = await this.page.evaluate(() => globalThis.crashloop?.transcript() ?? '');
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }

  /** The terminal's size in cells. */
  size(): Promise<{ cols: number; rows: number }> {
    return this.page.evaluate(() => globalThis.crashloop!.size());
  }

  /** Waits until the shell waits for a command. */
  async prompt(timeout = 30_000): Promise<void> {
    await expect.poll(() => this.screen(), { timeout, intervals: [50, 100, 250] }).toMatch(/controlplane .* (➜|✖)\s*$/);
  }

  /** Types a command and Enter, without waiting for what comes. */
  async type(command: string): Promise<void> {
    await this.page.locator('.xterm-helper-textarea').focus();
    await this.page.keyboard.type(command);
    this.#enteredAt = Date.now();
    await this.page.keyboard.press('Enter');
  }

  /** Types a command at a screen that stands still, waits for the prompt, returns what was printed between. */
  async run(command: string, timeout?: number): Promise<string> {
    const before = (await this.screen()).trimEnd().length;
    await this.type(command);
    await expect.poll(async () => (await this.screen()).trimEnd().length, { timeout: 30_000 }).toBeGreaterThan(before + command.length);
    await this.prompt(timeout);
    const printed = (await this.screen()).slice(before);
    return printed.split('\n').slice(1, -1).join('\n');
  }

  /** Waits until the browser keeps the lab with the last command in it, or as it was at a later time. */
  async kept(id = 'control-plane-failure', since = this.#enteredAt): Promise<void> {
    const savedAt = () => this.page.evaluate((key) => new Promise<string>((resolve, reject) => {
      const open = indexedDB.open('crashloop');
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const get = open.result.transaction('saves').objectStore('saves').get(key);
        get.onerror = () => reject(get.error);
        get.onsuccess = () => {
          open.result.close();
          resolve((get.result as { savedAt: string } | undefined)?.savedAt ?? '');
        };
      };
    }), `lab/${id}`);
    await expect.poll(async () => Date.parse(await savedAt()), { timeout: 30_000 }).toBeGreaterThanOrEqual(since);
  }

  /** Waits for the editor to show a file, ready for keys. */
  async editor(path: string): Promise<void> {
    await expect(this.page.locator('[data-pane="editor"]').getByText(path, { exact: true })).toBeVisible();
    await expect(this.page.locator('.monaco-editor.focused')).toBeVisible();
  }

  /** The text in the editor, as far as it is drawn. */
  editorText(): Promise<string> {
    return this.page.locator('.monaco-editor .view-line').evaluateAll((lines) =>
      (lines as HTMLElement[])
        .sort((a, b) => a.offsetTop - b.offsetTop)
        .map((line) => (line.textContent ?? '').replaceAll('\u00a0', ' ').replaceAll('·', ' '))
        .join('\n'));
  }

  async keys(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      if (/^<.+>$/.test(key)) await this.page.keyboard.press(key.slice(1, -1));
      else await this.page.keyboard.type(key);
    }
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}
