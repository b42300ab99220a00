// Monaco's colours, in keeping with the page's tokens. Contrast is at least 4.5 on the background.
import type * as Monaco from 'monaco-editor/editor.js';
import type { Shade } from '../theme.ts';

export const editorTheme = (shade: Shade): string => `crashloop-${shade}`;

export function defineEditorColours({ editor }: typeof Monaco): void {
  editor.defineTheme('crashloop-light', {
    base: 'vs', inherit: true,
    rules: [
      { token: 'type', foreground: '2b4bc0' }, { token: 'string', foreground: '14713f' }, { token: 'number', foreground: '8527a4' },
      { token: 'keyword', foreground: '8527a4' }, { token: 'comment', foreground: '5b6674', fontStyle: 'italic' }, { token: 'metatag', foreground: '7d5200' },
    ],
    colors: {
      'editor.background': '#ffffff', 'editor.foreground': '#1d2530', 'editorLineNumber.foreground': '#6b7583', 'editorLineNumber.activeForeground': '#1d2530',
      'editor.lineHighlightBackground': '#f6f7fb', 'editor.lineHighlightBorder': '#00000000', 'editor.selectionBackground': '#cfd8f6', 'editorCursor.foreground': '#3b4cca', 'editorCursor.background': '#ffffff',
    },
  });
  editor.defineTheme('crashloop-dark', {
    base: 'vs-dark', inherit: true,
    rules: [
      { token: 'type', foreground: '8ab4ff' }, { token: 'string', foreground: '6fd6a1' }, { token: 'number', foreground: 'd6a5f5' },
      { token: 'keyword', foreground: 'd6a5f5' }, { token: 'comment', foreground: '97a1ae', fontStyle: 'italic' }, { token: 'metatag', foreground: 'f2c063' },
    ],
    colors: {
      'editor.background': '#171c23', 'editor.foreground': '#e2e7ed', 'editorLineNumber.foreground': '#828d9c', 'editorLineNumber.activeForeground': '#e2e7ed',
      'editor.lineHighlightBackground': '#1c222b', 'editor.lineHighlightBorder': '#00000000', 'editor.selectionBackground': '#33415e', 'editorCursor.foreground': '#a5b4fc', 'editorCursor.background': '#171c23',
    },
  });
  editor.defineTheme('crashloop-contrast', {
    base: 'hc-black', inherit: true,
    rules: [
      { token: 'type', foreground: 'a9c8ff' }, { token: 'string', foreground: '7df0ae' }, { token: 'number', foreground: 'e9c6ff' },
      { token: 'keyword', foreground: 'e9c6ff' }, { token: 'comment', foreground: 'c6cdd5', fontStyle: 'italic' }, { token: 'metatag', foreground: 'ffd479' },
    ],
    colors: {
      'editor.background': '#000000', 'editor.foreground': '#ffffff', 'editorLineNumber.foreground': '#c6cdd5', 'editorLineNumber.activeForeground': '#ffffff',
      'editor.selectionBackground': '#004a77', 'editorCursor.foreground': '#ffd84d', 'editorCursor.background': '#000000',
    },
  });
}
