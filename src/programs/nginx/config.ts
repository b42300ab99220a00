/** What we read of nginx's configuration: listen ports, document roots, index files. Pure. Not modelled: proxies, rewrites, TLS. */
export interface Server { readonly port: number; readonly root: string; readonly index: readonly string[] }

/** The servers of a configuration text with its includes already in place; null and a message when the braces do not fit. */
export function parseServers(text: string): { readonly servers: readonly Server[] } | { readonly error: string; readonly line: number } {
  const clean = text.replace(/#[^\n]*/g, '');
  const servers: Server[] = [];
  let depth = 0;
  for (let i = 0; i < clean.length; i++) {
    if (clean[i] === '{') depth++;
    if (clean[i] === '}') depth--;
    if (depth < 0) return { error: 'unexpected "}"', line: clean.slice(0, i).split('\n').length };
  }
  if (depth > 0) return { error: 'unexpected end of file, expecting "}"', line: clean.trimEnd().split('\n').length + 1 };
  for (const match of clean.matchAll(/\bserver\s*\{/g)) {
    let level = 1;
    let end = match.index + match[0].length;
    for (; end < clean.length && level > 0; end++) level += clean[end] === '{' ? 1 : clean[end] === '}' ? -1 : 0;
    const body = clean.slice(match.index, end);
    const listen = /\blisten\s+(?:[\d.]+:)?(\d+)/.exec(body)?.[1];
    servers.push({ port: listen === undefined ? 80 : Number(listen), root: /\broot\s+([^;]+);/.exec(body)?.[1]?.trim() ?? '/usr/share/nginx/html', index: /\bindex\s+([^;]+);/.exec(body)?.[1]?.trim().split(/\s+/) ?? ['index.html'] });
  }
  return { servers };
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', htm: 'text/html', css: 'text/css', js: 'application/javascript', json: 'application/json', txt: 'text/plain', png: 'image/png', svg: 'image/svg+xml' };
export const contentType = (path: string): string => TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

const TITLES: Readonly<Record<number, string>> = { 403: '403 Forbidden', 404: '404 Not Found', 405: '405 Not Allowed' };
/** nginx's own error page. */
export const errorPage = (status: number, version: string): string => `<html>\r\n<head><title>${TITLES[status]}</title></head>\r\n<body>\r\n<center><h1>${TITLES[status]}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`;
