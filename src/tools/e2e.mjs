// `npm run e2e`: builds the app and drives it in Chromium. Arguments go on to Playwright (`npm run e2e -- -g editor`).
import { ensureBrowser } from './browser.mjs';
import { bin, installMissing, run } from './setup.mjs';

installMissing();
const ready = run(bin('tsx'), ['src/tools/openings.ts']) === 0 && run(bin('vite'), ['build', '--logLevel', 'warn']) === 0 && (await ensureBrowser());
process.exit(ready ? run(bin('playwright'), ['test', '-c', 'e2e', ...process.argv.slice(2)]) : 1);
