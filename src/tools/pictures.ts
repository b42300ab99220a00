// Takes the pictures that links to labs unfold into (public/oembed/*.png): each lab as it looks after one command. Run by hand after the
// page has changed its looks: `npm run build && npx tsx src/tools/pictures.ts`.
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { labs } from '../labs/index.ts';
import { systemChromium } from './browser.mjs';

const folder = fileURLToPath(new URL('../../public/oembed/', import.meta.url));

async function prompt(page: Page, after: number): Promise<void> {
  await page.waitForFunction((after) => {
    const text = globalThis.crashloop?.screen().trimEnd() ?? '';
    return text.length > after && /(➜|✖)$/.test(text);
  }, after, { timeout: 60_000 });
}

const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const executablePath = systemChromium();
const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath === undefined ? {} : { executablePath }) });
for (const id of labs.keys()) {
  // Drawn larger and scaled down, so that a line of kubectl's fits beside the task: 1200×630, which is what unfolds.
  const page = await browser.newPage({ viewport: { width: 1500, height: 788 }, deviceScaleFactor: 0.8, colorScheme: 'dark' });
  await page.goto(`${server.resolvedUrls!.local[0]!}embed.html?lab=${id}&run=load&lang=en&theme=dark&progress=none&hide=reset,link`);
  await prompt(page, 0);
  const before = await page.evaluate(() => globalThis.crashloop!.screen().length);
  await page.keyboard.type('kubectl get po -A');
  await page.keyboard.press('Enter');
  await prompt(page, before + 20);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}${id}.png` });
  await page.close();
}
await browser.close();
await server.close();
