/** What the reload plugin names a configuration by: SHA-512 of the parsed server blocks as JSON. Models plugin/reload/setup.go over caddyfile.Parse. */
import { encodeUtf8 } from '../../base/utf8.ts';
import { sha512Hex } from '../../lib/x509/index.ts';

interface Token { readonly File: ''; readonly Line: number; readonly Text: string }

const tokensOf = (text: string): Token[] =>
  text.split('\n').flatMap((row, i) => row.replace(/(^|\s)#.*/, '').trim().split(/\s+/).filter((word) => word !== '').map((Text): Token => ({ File: '', Line: i + 1, Text })));

/** Of a Corefile that parses. */
export function fingerprint(text: string): string {
  const blocks: { Keys: string[]; Tokens: Record<string, Token[]> }[] = [];
  let depth = 0;
  let line = 0;
  let directive = '';
  let keys: string[] = [];
  for (const token of tokensOf(text)) {
    if (depth === 0 && token.Text !== '{') keys.push(token.Text);
    else if (depth === 0) {
      blocks.push({ Keys: keys, Tokens: {} });
      keys = [];
    } else if (depth === 1 && token.Text === '}') {
      // The block's own end.
    } else {
      const { Tokens } = blocks.at(-1)!;
      if (depth === 1 && token.Line !== line) directive = token.Text;
      (Tokens[directive] ??= []).push(token);
      ({ Line: line } = token);
    }
    depth += token.Text === '{' ? 1 : token.Text === '}' ? -1 : 0;
  }
  const sorted = blocks.map(({ Keys, Tokens }) => ({ Keys, Tokens: Object.fromEntries(Object.entries(Tokens).sort(([a], [b]) => (a < b ? -1 : 1))) }));
  return sha512Hex(encodeUtf8(JSON.stringify(sorted)));
}
