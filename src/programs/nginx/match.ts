/** Which location a path falls to: exact, then the longest prefix, unless a pattern comes first. Pure. Models ngx_http_core_find_location. */
import { compileRegex } from '../../lib/regex/index.ts';
import type { Location } from './config.ts';

/** Perl's classes, which POSIX patterns spell out. */
const posix = (pattern: string): string => pattern.replaceAll('\\d', '[0-9]').replaceAll('\\w', '[[:alnum:]_]').replaceAll('\\s', '[[:space:]]').replaceAll('(?:', '(');

/** Undefined when the server itself answers. Throws RegexError. */
export function locationMatcher(locations: readonly Location[], path: string): Location | undefined {
  const exact = locations.find((it) => it.match === '=' && it.path === path);
  if (exact !== undefined) return exact;
  const [prefix] = locations.filter((it) => (it.match === '' || it.match === '^~') && path.startsWith(it.path)).sort((a, b) => b.path.length - a.path.length);
  if (prefix?.match === '^~') return prefix;
  return locations.find((it) => (it.match === '~' || it.match === '~*') && compileRegex(posix(it.path), { extended: true, ignoreCase: it.match === '~*' }).find(path) !== null) ?? prefix;
}
