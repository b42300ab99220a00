// Drives the built app (dist/) in Chromium: the machine's own where there is one, Playwright's elsewhere.
import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { systemChromium } from '../src/tools/browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const port = Number(process.env.E2E_PORT ?? 4173);
const executablePath = systemChromium();

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/e2e',
  workers: 1,
  // Bounds, not waits: a busy machine of two cores may take long, and what is there sooner is seen sooner.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: { args: ['--no-sandbox'], ...(executablePath ? { executablePath } : {}) },
  },
  webServer: {
    command: `node_modules/.bin/vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    cwd: root,
    port,
    reuseExistingServer: !process.env.CI,
  },
});
