// The modules of Monaco's own that are used and have no types.
declare module 'monaco-editor/esm/vs/editor/common/diff/defaultLinesDiffComputer/defaultLinesDiffComputer.js' {
  export class DefaultLinesDiffComputer {
    computeDiff(before: string[], after: string[], options: object): { readonly changes: readonly unknown[]; readonly moves: readonly unknown[]; readonly hitTimeout: boolean };
  }
}

declare module 'monaco-editor/esm/vs/editor/standalone/browser/standaloneServices.js' {
  export const StandaloneServices: { initialize(overrides: Readonly<Record<string, unknown>>): unknown };
}
