// The terminal's colours. Every one has a contrast of at least 4.5 on its background; xterm is told to see to it for mixtures too.
import type { ISearchOptions } from '@xterm/addon-search';
import type { ITheme } from '@xterm/xterm';
import type { Shade } from '../theme.ts';

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

/** At least 7 on black. */
const contrast: ITheme = {
  background: '#000000', foreground: '#ffffff', cursor: '#ffd84d', cursorAccent: '#000000', selectionBackground: '#004a77',
  black: '#b4bcc6', red: '#ffb0a8', green: '#7df0ae', yellow: '#ffd479', blue: '#a9c8ff', magenta: '#e9c6ff', cyan: '#8fe6f2', white: '#ffffff',
  brightBlack: '#c6cdd5', brightRed: '#ffc7c1', brightGreen: '#a5f7c9', brightYellow: '#ffe2a3', brightBlue: '#c6dbff', brightMagenta: '#f2dcff', brightCyan: '#b8f0f8', brightWhite: '#ffffff',
};

/** All of them, by name. */
export const themes = { light, dark, contrast } as const satisfies Record<Shade, ITheme>;

export const terminalColours = (shade: Shade): ITheme => themes[shade];

/** Matches are framed and tinted; the one in front more so. */
export const searchColours = (shade: Shade): ISearchOptions['decorations'] => (shade !== 'light'
  ? { matchBackground: '#3a3413', matchOverviewRuler: '#b99a3a', activeMatchBackground: '#5c4a00', activeMatchBorder: '#f2c063', activeMatchColorOverviewRuler: '#f2c063' }
  : { matchBackground: '#fff3c9', matchOverviewRuler: '#c9a64a', activeMatchBackground: '#ffdf80', activeMatchBorder: '#7d5200', activeMatchColorOverviewRuler: '#7d5200' });
