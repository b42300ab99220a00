/** What a visitor waits for, in Chromium, on the built page: bytes, time to a prompt, the longest task. */
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Page } from '@playwright/test';
import { preview } from 'vite';
import { systemChromium } from '../browser.mjs';
import { kilobytes, ms, percentile, type Row } from './table.ts';

const PROMPT = /controlplane .* (➜|✖)\s*$/;

/** Counts what the page fetches, as a host that compresses would send it. */
function countBytes(page: Page): () => number {
  let total = 0;
  page.on('response', (response) => {
    void response.body().then((body) => {
      const packed = body[0] === 0x1f && body[1] === 0x8b;
      total += packed ? body.length : gzipSync(body, { level: 9 }).length;
    }).catch(() => undefined);
  });
  return () => total;
}

/** Opens the lab and waits for its prompt; → milliseconds from navigation. */
async function toPrompt(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction((pattern) => new RegExp(pattern).test(globalThis.crashloop?.screen() ?? ''), PROMPT.source, { polling: 'raf', timeout: 60_000 });
  return page.evaluate(() => performance.now());
}

async function type(page: Page, command: string): Promise<void> {
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
  await page.waitForFunction((command) => { const text = globalThis.crashloop?.screen() ?? ''; return /(➜|✖)\s*$/.test(text) && text.includes(command); }, command, { polling: 'raf', timeout: 60_000 });
}

async function fresh(browser: Browser, slower = 1): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  if (slower > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slower });
  return page;
}

async function prompts(browser: Browser, url: string, slower: number, times: number): Promise<number> {
  const found: number[] = [];
  for (let n = 0; n < times; n++) {
    const page = await fresh(browser, slower);
    found.push(await toPrompt(page, url));
    await page.context().close();
  }
  return percentile(found, 0.5);
}

async function bytes(browser: Browser, url: string): Promise<[prompt: number, kubectl: number]> {
  const page = await fresh(browser);
  const total = countBytes(page);
  await toPrompt(page, url);
  const prompt = total();
  await type(page, 'kubectl get po -A');
  await page.waitForLoadState('networkidle');
  const kubectl = total();
  await page.context().close();
  return [prompt, kubectl];
}

const WORK = ['kubectl get po -A', 'k -n kube-system describe po kube-scheduler-controlplane', 'k scale deploy app --replicas=3', 'sleep 5', 'k get events -A'];
/** What changes most of what the map shows, in ten minutes. Short lines, for the terminal beside the map is narrow. */
const TROUBLE = ['cd /etc/kubernetes/manifests', 'mv kube-apiserver.yaml /; sleep 150', 'mv /kube-apiserver.yaml .; sleep 150', 'k scale deploy app --replicas=5', 'sleep 150'];

/** Opens the cluster map and lets time run as fast as it can. */
async function watchMap(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Map', exact: true }).click();
  await page.locator('[data-pane="map"] li button').first().waitFor();
  await page.getByRole('button', { name: '60×' }).click();
  await page.locator('.xterm-helper-textarea').focus();
}

/** The longest task of the main thread while a lab is worked on, its opening apart. */
async function longestTask(browser: Browser, url: string, commands: readonly string[], prepare: (page: Page) => Promise<void> = async () => undefined): Promise<number> {
  const page = await fresh(browser);
  await toPrompt(page, url);
  await prepare(page);
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    const seen = globalThis as unknown as { longest: number };
    seen.longest = 0;
    new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration); }).observe({ type: 'longtask' });
  });
  for (const command of commands) await type(page, command);
  const longest = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
  await page.context().close();
  return longest;
}

async function reload(browser: Browser, url: string): Promise<number> {
  const page = await fresh(browser);
  await toPrompt(page, url);
  await type(page, 'echo kept');
  await page.waitForTimeout(3000);
  const back = await toPrompt(page, url);
  await page.context().close();
  return back;
}

async function editor(browser: Browser, url: string): Promise<number> {
  const page = await fresh(browser);
  await toPrompt(page, url);
  await page.keyboard.type('vi /etc/hosts');
  const before = await page.evaluate(() => performance.now());
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor.focused .view-line').first().waitFor();
  const after = await page.evaluate(() => performance.now());
  await page.context().close();
  return after - before;
}

/** Rows of the table; needs dist/. */
export async function page(): Promise<Row[]> {
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
  const executablePath = systemChromium();
  const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath === undefined ? {} : { executablePath }) });
  const site = server.resolvedUrls!.local[0]!;
  const lab = `${site}?lab=control-plane-failure`;
  const frame = `${site}embed.html?lab=control-plane-failure&run=load`;
  try {
    const [prompt, kubectl] = await bytes(browser, lab);
    const [inFrame] = await bytes(browser, frame);
    const sdk = await (await fetch(`${site}embed.js`)).text();
    return [
      ['first load to a prompt, gzip', kilobytes(prompt), '300 KB'],
      ['first load to the first kubectl answer, gzip', kilobytes(kubectl), '450 KB'],
      ['navigation to prompt', ms(await prompts(browser, lab, 1, 5)), '400 ms'],
      ['navigation to prompt, processor four times slower', ms(await prompts(browser, lab, 4, 3)), '1.5 s'],
      ['reload to the same prompt', ms(await reload(browser, lab)), '200 ms'],
      ['vi to an editor with the keyboard, first time', ms(await editor(browser, lab)), '1 s'],
      ['longest task while a lab runs', ms(await longestTask(browser, lab, WORK)), '50 ms'],
      ['longest task while the map is live at 60×', ms(await longestTask(browser, lab, TROUBLE, watchMap)), '50 ms'],
      ['embed.js, gzip', `${(gzipSync(sdk, { level: 9 }).length / 1024).toFixed(1)} KB`, '6 KB'],
      ['first load to a prompt in a frame, gzip', kilobytes(inFrame), '300 KB'],
      ['navigation to prompt in a frame', ms(await prompts(browser, frame, 1, 5)), '600 ms'],
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}
