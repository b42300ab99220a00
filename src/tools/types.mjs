// `npm run types`: the three type checks. The core has its own, without DOM or Node, which is what keeps it pure.
import { bin, run } from './setup.mjs';

const failed = ['tsconfig.core.json', 'tsconfig.page.json', 'tsconfig.json'].filter((project) => run(bin('tsc'), ['-p', project]) !== 0);
if (failed.length > 0) {
  console.error(`types: ${failed.join(', ')}`);
  process.exit(1);
}
