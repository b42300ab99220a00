// What the frame's address asks for. Unknown parameters are left alone; a known one with a value that means nothing is named (in the
// console, by whoever calls this) and takes its default.
import type { FrameOptions } from '../embed.d.ts';

export interface Parameters extends Required<Pick<FrameOptions, 'layout' | 'run' | 'progress' | 'hints' | 'solution'>> {
  readonly lab: string;
  readonly hide: ReadonlySet<string>;
  /** In seconds; 0 for none. */
  readonly timer: number;
  readonly cmd: string;
  /** The origin that may speak to the frame; null for none. */
  readonly host: string | null;
}

const hideable: readonly string[] = ['header', 'clock', 'undo', 'editor', 'reset', 'timer', 'link'] satisfies FrameOptions['hide'];
const longestCommand = 1000;
const longestTimer = 24 * 3600;

/** Reads the query of the frame's address; `labs` are the ids there are. */
export function readParameters(query: URLSearchParams, labs: readonly string[]): { parameters: Parameters; complaints: readonly string[] } {
  const complaints: string[] = [];
  const complain = (key: string, value: string, wanted: string) => complaints.push(`crashloop: ${key}=${JSON.stringify(value.slice(0, 80))} is not ${wanted}`);
  const choice = <T extends string>(key: string, ...allowed: readonly [T, ...T[]]): T => {
    const value = query.get(key);
    const found = allowed.find((one) => one === value);
    if (value !== null && found === undefined) complain(key, value, `one of ${allowed.join(', ')}`);
    return found ?? allowed[0];
  };
  const wholeNumber = (key: string, most: number): number => {
    const value = query.get(key);
    if (value === null) return 0;
    const good = /^\d{1,6}$/.test(value) && Number(value) >= 1 && Number(value) <= most;
    if (!good) complain(key, value, `a number from 1 to ${most}`);
    return good ? Number(value) : 0;
  };
  const parameters: Parameters = {
    lab: choice('lab', ...(labs as [string, ...string[]])),
    layout: choice('layout', 'auto', 'split', 'tabs', 'terminal'),
    run: choice('run', 'click', 'visible', 'load'),
    progress: choice('progress', 'local', 'host', 'none'),
    hints: choice('hints', 'on', 'off'),
    solution: choice('solution', 'on', 'solved', 'off'),
    timer: wholeNumber('timer', longestTimer),
    hide: readHide(query.get('hide') ?? '', complain),
    cmd: readCommand(query.get('cmd') ?? '', complain),
    host: query.get('api') === '1' ? readOrigin(query.get('origin'), complain) : null,
  };
  wholeNumber('task', 1000);
  choice('theme', 'system', 'light', 'dark', 'contrast');
  if (query.has('lang')) choice('lang', 'en', 'ko');
  return { parameters, complaints };
}

type Complain = (key: string, value: string, wanted: string) => void;

function readHide(value: string, complain: Complain): ReadonlySet<string> {
  const words = value.split(',').filter((word) => word !== '');
  const unknown = words.filter((word) => !hideable.includes(word));
  if (unknown.length > 0) complain('hide', unknown.join(','), `of ${hideable.join(', ')}`);
  return new Set(words.filter((word) => hideable.includes(word)));
}

/** A command is only put at the prompt, so it must not hold anything that would run it. */
function readCommand(value: string, complain: Complain): string {
  // eslint-disable-next-line no-control-regex
  const good = value.length <= longestCommand && !/[\x00-\x1f\x7f]/.test(value);
  if (!good) complain('cmd', value, `one line of at most ${longestCommand} characters`);
  return good ? value : '';
}

function readOrigin(value: string | null, complain: Complain): string | null {
  // What a page from a file or a sandbox has.
  if (value === 'null') return value;
  try {
    if (value !== null && new URL(value).origin === value) return value;
  } catch {
    // Said below.
  }
  complain('origin', value ?? '', 'the origin of the page around the frame, which api=1 needs');
  return null;
}
