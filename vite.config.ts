// Builds the page into dist/, served from any sub-path of any static host (hence the relative base), and runs the unit tests.
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { buildId } from './src/tools/build-id.mjs';
import { embedding } from './src/tools/embed/index.ts';
import { preloadCore } from './src/tools/preload.ts';

const nodeModule = (path: string) => fileURLToPath(new URL(`./node_modules/${path}`, import.meta.url));

export default defineConfig({
  base: './',
  plugins: [react(), preloadCore(), embedding()],
  define: { __BUILD__: JSON.stringify(buildId()) },
  resolve: {
    alias: [
      // monaco-vim's `browser` export is a UMD file that wants a global, and its ES module imports Monaco by paths that Monaco 0.57
      // no longer exports.
      { find: /^monaco-vim$/, replacement: nodeModule('monaco-vim/dist/index.mjs') },
      { find: /^monaco-editor\/esm\/vs\/(.*?)(\.js)?$/, replacement: `${nodeModule('monaco-editor/esm/vs')}/$1.js` },
    ],
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 4000 },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    // `*.slow.test.ts` (recordings, fuzzing at length) runs in `npm test`, which sets SLOW, and not in `npm run check`.
    exclude: process.env.SLOW ? [] : ['src/**/*.slow.test.ts'],
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
