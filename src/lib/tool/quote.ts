/** Text as the shell would have to read it again. */
export function shellQuote(text: string): string {
  if (/[\x00-\x1f\x7f]/.test(text)) return `$'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r').replace(/[\x00-\x1f\x7f]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`)}'`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
/** For `declare -p`, `export -p`: in double quotes. */
export const doubleQuote = (text: string): string => (/[\x00-\x1f\x7f]/.test(text) ? shellQuote(text) : `"${text.replace(/["$`\\]/g, '\\$&')}"`);
/** For `set -x` and `alias`: only where needed. */
export const quoteIfNeeded = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : shellQuote(text));
