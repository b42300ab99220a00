// Monaco compares two texts in a worker, which a page in a sandboxed frame cannot have. Manifests are short: here the same algorithm runs
// in place.
import { DefaultLinesDiffComputer } from 'monaco-editor/esm/vs/editor/common/diff/defaultLinesDiffComputer/defaultLinesDiffComputer.js';
import { StandaloneServices } from 'monaco-editor/esm/vs/editor/standalone/browser/standaloneServices.js';
import type { monaco } from './monaco.ts';

type Model = monaco.editor.ITextModel;

const provider = {
  onDidChange: () => ({ dispose() {} }),
  dispose() {},
  computeDiff(before: Model, after: Model, options: object) {
    const { changes, moves, hitTimeout } = new DefaultLinesDiffComputer().computeDiff(before.getLinesContent(), after.getLinesContent(), options);
    return Promise.resolve({ changes, moves, identical: changes.length === 0, quitEarly: hitTimeout });
  },
};

/** To be called before anything else is asked of Monaco: it takes its services once. */
export function compareInPlace(): void {
  StandaloneServices.initialize({ diffProviderFactoryService: { createDiffProvider: () => provider } });
}
