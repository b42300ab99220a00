/** A user's regular expression, on the linear-time engine. */
import { RE2JS } from 're2js';

/** → a test for "matches somewhere", or null when the pattern is malformed. */
export function compilePattern(pattern: string): ((text: string) => boolean) | null {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    return null;
  }
}
