/** `npm run bench`: sizes and speeds on this machine, beside what was aimed at. Nothing here is a test. */
import { run } from './setup.mjs';
import { ensureBrowser } from './browser.mjs';
import { page } from './bench/page.ts';
import { simulation } from './bench/simulation.ts';
import { print } from './bench/table.ts';

if (run('npm', ['run', '-s', 'build']) !== 0 || !(await ensureBrowser())) process.exit(1);
console.log();
print([...(await page()), ...simulation()]);
process.exit(0);
