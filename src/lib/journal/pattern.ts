/** `journalctl -g`: a pattern on messages, case-insensitive unless it holds capital letters. Linear time, as users supply it. */
import { RE2JS, RE2JSException } from 're2js';

/** A test for messages; null when the pattern cannot be compiled. `sensitive` null: decided by the pattern. */
export function grepPattern(pattern: string, sensitive: boolean | null): ((text: string) => boolean) | null {
  const caseless = sensitive === null ? !/[A-Z]/.test(pattern) : !sensitive;
  try {
    const compiled = RE2JS.compile(pattern, caseless ? RE2JS.CASE_INSENSITIVE : 0);
    return (text) => compiled.matcher(text).find();
  } catch (caught) {
    if (caught instanceof RE2JSException) return null;
    throw caught;
  }
}
