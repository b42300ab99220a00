// `npm test`: everything there is to check, on a machine that may have nothing installed yet. Every stage runs even when an earlier
// one failed, so that one run tells all; the counts of the test runners are left for src/tools/count.mjs to add up.
import { mkdirSync, rmSync } from 'node:fs';
import { ensureBrowser } from './browser.mjs';
import { bin, installMissing, root, run } from './setup.mjs';

installMissing();
const results = `${root}test-results/`;
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** @type {string[]} */
const failed = [];

/** @type {[string, () => number | Promise<number>][]} */
const stages = [
  ['types', () => run('npm', ['run', '-s', 'types'])],
  ['lint', () => run('npm', ['run', '-s', 'lint'])],
  ['unit and transcripts', () => run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}vitest.json`], { SLOW: '1' })],
  ['build', () => run(bin('tsx'), ['src/tools/openings.ts']) || run(bin('vite'), ['build', '--logLevel', 'warn'])],
  ['e2e', async () => (!failed.includes('build') && (await ensureBrowser()) ? run(bin('playwright'), ['test', '-c', 'e2e']) : 1)],
];

for (const [name, stage] of stages) {
  console.log(`\n── ${name}`);
  if ((await stage()) !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll stages passed.' : `\nFailed: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
