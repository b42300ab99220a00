/**
 * Reads a request's path as the API's: which group, version, resource, object and verb are meant.
 * Models apiserver pkg/endpoints/request/requestinfo.go.
 */
import { memo } from '../../base/memo.ts';

export interface Route {
  readonly path: string;
  readonly query: URLQuery;
  /** False: a path such as /healthz; the fields below are then empty, `verb` the method in lower case. */
  readonly isResource: boolean;
  readonly verb: string;
  readonly prefix: string; readonly group: string; readonly version: string;
  readonly namespace: string; readonly resource: string; readonly name: string; readonly subresource: string;
  /** What follows the subresource (proxy paths). */ readonly rest: string;
}
export type URLQuery = ReadonlyMap<string, readonly string[]>;

function decode(text: string): string {
  try { return decodeURIComponent(text.replace(/\+/g, ' ')); } catch { return text; }
}
export function parseQuery(text: string): URLQuery {
  const query = new Map<string, string[]>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const key = decode(at < 0 ? part : part.slice(0, at));
    query.set(key, [...(query.get(key) ?? []), at < 0 ? '' : decode(part.slice(at + 1))]);
  }
  return query;
}
export const param = (query: URLQuery, key: string): string => query.get(key)?.[0] ?? '';
export const flag = (query: URLQuery, key: string): boolean => query.has(key) && !['false', '0', 'f', 'F', 'False', 'FALSE'].includes(param(query, key));

const verbs: Readonly<Record<string, string>> = { GET: 'get', HEAD: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };
/** After namespaces/NAME these are the namespace's own. */
const namespaceSubresources: readonly string[] = ['status', 'finalize'];

/** `target` is the request line's: path and query. */
export const parseRoute = (method: string, target: string): Route => parsed({ method, target });

const parsed = memo((line: { method: string; target: string }) => `${line.method} ${line.target}`, ({ method, target }) => parse(method, target));

function parse(method: string, target: string): Route {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const query = parseQuery(at < 0 ? '' : target.slice(at + 1));
  const segments = path.split('/').filter((s) => s !== '').map(decode);
  const none: Route = { path, query, isResource: false, verb: method.toLowerCase(), prefix: '', group: '', version: '', namespace: '', resource: '', name: '', subresource: '', rest: '' };
  const [prefix = ''] = segments;
  const grouped = prefix === 'apis';
  if (segments.length < (grouped ? 4 : 3) || (!grouped && prefix !== 'api')) return none;
  const group = grouped ? segments[1]! : '';
  const version = segments[grouped ? 2 : 1]!;
  let parts = segments.slice(grouped ? 3 : 2);
  const deprecatedWatch = parts[0] === 'watch' && parts.length > 1;
  if (deprecatedWatch) parts = parts.slice(1);
  let namespace = '';
  if (parts[0] === 'namespaces' && parts.length > 1) {
    namespace = parts[1]!;
    if (parts.length > 2 && !namespaceSubresources.includes(parts[2]!)) parts = parts.slice(2);
  }
  const [resource = '', name = '', subresource = '', ...rest] = parts;
  let verb = verbs[method] ?? method.toLowerCase();
  if (name === '' && verb === 'get') verb = deprecatedWatch || flag(query, 'watch') ? 'watch' : 'list';
  else if (verb === 'get' && deprecatedWatch) verb = 'watch';
  if (name === '' && verb === 'delete') verb = 'deletecollection';
  return { path, query, isResource: true, verb, prefix, group, version, namespace, resource, name, subresource, rest: rest.join('/') };
}
