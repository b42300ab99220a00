// The terminal's colours. Every one has a contrast of at least 4.5 on its background; xterm is told to see to it for mixtures too.
import type { ISearchOptions } from '@xterm/addon-search';
import type { ITheme } from '@xterm/xterm';

const dark: ITheme = {
  background: '#0d1014', foreground: '#dfe4ea', cursor: '#a5b4fc', cursorAccent: '#0d1014', selectionBackground: '#33415e',
  black: '#7d8794', red: '#ff8f85', green: '#6fd6a1', yellow: '#f2c063', blue: '#8ab4ff', magenta: '#d6a5f5', cyan: '#6fd3e3', white: '#dfe4ea',
  brightBlack: '#97a1ae', brightRed: '#ffada5', brightGreen: '#93e6bb', brightYellow: '#f8d58f', brightBlue: '#aecbff', brightMagenta: '#e5c4fa', brightCyan: '#9ce4ef', brightWhite: '#ffffff',
};

const light: ITheme = {
  background: '#fdfdfe', foreground: '#1d2530', cursor: '#3b4cca', cursorAccent: '#fdfdfe', selectionBackground: '#cfd8f6',
  black: '#1d2530', red: '#b42318', green: '#14713f', yellow: '#7d5200', blue: '#2b4bc0', magenta: '#8527a4', cyan: '#0b6477', white: '#56616f',
  brightBlack: '#56616f', brightRed: '#c02b1e', brightGreen: '#177a46', brightYellow: '#855900', brightBlue: '#3b58d0', brightMagenta: '#9532b6', brightCyan: '#0d6d82', brightWhite: '#3c4654',
};

/** All of them, by name. */
export const themes = { light, dark } as const satisfies Record<string, ITheme>;

export const terminalColours = (isDark: boolean): ITheme => (isDark ? dark : light);

/** Matches are framed and tinted; the one in front more so. */
export const searchColours = (isDark: boolean): ISearchOptions['decorations'] => (isDark
  ? { matchBackground: '#3a3413', matchOverviewRuler: '#b99a3a', activeMatchBackground: '#5c4a00', activeMatchBorder: '#f2c063', activeMatchColorOverviewRuler: '#f2c063' }
  : { matchBackground: '#fff3c9', matchOverviewRuler: '#c9a64a', activeMatchBackground: '#ffdf80', activeMatchBorder: '#7d5200', activeMatchColorOverviewRuler: '#7d5200' });
