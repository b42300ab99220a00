/** Shell patterns on names (fnmatch): `*`, `?`, `[a-z]`, `\x`, by way of the linear-time engine. */
import { compileRegex } from '../regex/index.ts';

/** Whether a whole name fits; `*` also takes slashes, as find's -path and grep's --include have it. */
export function globMatcher(glob: string, ignoreCase = false): (name: string) => boolean {
  let source = '';
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i]!;
    const set = c === '[' ? /^\[[!^]?\]?[^\]]*\]/.exec(glob.slice(i))?.[0] : undefined;
    if (set !== undefined) {
      source += set.replace(/^\[!/, '[^').replace(/\\(?!\])/g, '');
      i += set.length - 1;
    } else if (c === '\\' && i + 1 < glob.length) source += `[${glob[++i]}]`.replace('[^]', '\\^');
    else source += c === '*' ? '(.|\n)*' : c === '?' ? '(.|\n)' : /[.^$+(){}|\\[\]]/.test(c) ? `\\${c}` : c;
  }
  const regex = compileRegex(source, { extended: true, wholeLine: true, ignoreCase });
  return (name) => regex.find(name) !== null;
}
