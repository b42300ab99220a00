// How the page should be: the address says what to open, the browser's storage what was chosen before, the browser the rest.
// Storage may throw on mere access (sandboxed frames), and then the choice lasts as long as the page.
import type { Clock } from '../session/host/index.ts';
import type { Language } from './i18n/index.ts';

export const themes = ['system', 'light', 'dark', 'contrast'] as const;

export type Theme = (typeof themes)[number];

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly vimKeys: boolean;
  /** Of the terminal, in pixels. */
  readonly fontSize: number;
  /** The terminal tells a screen reader what is printed. */
  readonly screenReader: boolean;
}

export const fontSizes = { least: 8, usual: 14, most: 32 } as const;

/** The nearest size that there is. */
export const fontSizeOf = (wanted: unknown): number =>
  typeof wanted === 'number' && Number.isFinite(wanted) ? Math.min(fontSizes.most, Math.max(fontSizes.least, Math.round(wanted))) : fontSizes.usual;

/** What the address asks for. */
export interface Request {
  /** No lab is named: the home page is. */
  readonly home: boolean;
  readonly lab: string;
  /** 0-based; the address counts from 1. */
  readonly task: number | undefined;
  readonly seed: number | undefined;
  readonly clock: Clock;
  /** Whether the browser's storage keeps the learner's work (`?progress=`); a host may do that instead, or nobody. */
  readonly keep: boolean;
  /** A terminal of a fixed size (`?size=120x40`) instead of one that fills its pane. */
  readonly size: { readonly cols: number; readonly rows: number } | undefined;
}

const key = 'crashloop/preferences';

function stored(): Partial<Preferences> {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? '{}') ?? {}) as Partial<Preferences>;
  } catch {
    return {};
  }
}

/** Remembers the choices, where the browser lets us. */
export function storePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Blocked storage: nothing is lost but the choice.
  }
}

const oneOf = <T extends string>(value: unknown, ...allowed: readonly T[]): T | undefined => allowed.find((one) => one === value);

export function readPreferences(address: URLSearchParams): Preferences {
  const before = stored();
  return {
    language: oneOf(address.get('lang'), 'en', 'ko') ?? oneOf(before.language, 'en', 'ko') ?? (navigator.language.startsWith('ko') ? 'ko' : 'en'),
    theme: oneOf(address.get('theme'), ...themes) ?? oneOf(before.theme, ...themes) ?? 'system',
    vimKeys: before.vimKeys !== false,
    fontSize: fontSizeOf(before.fontSize),
    screenReader: before.screenReader === true,
  };
}

function positive(value: string | null | undefined): number | undefined {
  const number = Number(value);
  return value && Number.isInteger(number) && number > 0 ? number : undefined;
}

export function readRequest(address: URLSearchParams): Request {
  const task = positive(address.get('task'));
  const [cols, rows] = (address.get('size') ?? '').split('x').map(positive);
  return {
    home: !address.get('lab'),
    lab: address.get('lab') || 'control-plane-failure',
    task: task === undefined ? undefined : task - 1,
    seed: positive(address.get('seed')),
    keep: !['host', 'none'].includes(address.get('progress') ?? ''),
    clock: address.get('clock') === 'step' ? 'step' : 'live',
    size: cols && rows ? { cols, rows } : undefined,
  };
}
