// Adds up what the test runners wrote under test-results/ and prints `N passed, N failed`. A runner that left no file counts as one
// failure: it did not get as far as running its tests.
import { readFileSync } from 'node:fs';
import { root } from './setup.mjs';

/** @param {string} file @param {(report: any) => [number, number]} read @returns {[number, number]} */
function counts(file, read) {
  try {
    return read(JSON.parse(readFileSync(`${root}test-results/${file}`, 'utf8')));
  } catch {
    return [0, 1];
  }
}

const [unitPassed, unitFailed] = counts('vitest.json', (report) => [report.numPassedTests, report.numFailedTests + suitesThatDidNotLoad(report)]);
const [e2ePassed, e2eFailed] = counts('e2e.json', ({ stats, errors }) => [stats.expected + stats.flaky, stats.unexpected + errors.length]);
console.log(`${unitPassed + e2ePassed} passed, ${unitFailed + e2eFailed} failed`);

/** @param {any} report */
function suitesThatDidNotLoad(report) {
  return report.testResults.filter((/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0).length;
}
