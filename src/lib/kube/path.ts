/**
 * REST paths and query strings of the Kubernetes API, written as client-go writes them (they show in error messages).
 */

/** Names a resource or one object of it. `group` '' is the core group; `version` defaults to v1. */
export interface ResourceRef {
  readonly group: string; readonly version?: string; readonly resource: string;
  /** Absent: cluster-scoped, or all namespaces. */ readonly namespace?: string;
  readonly name?: string; readonly subresource?: string;
}

/** `/api/v1/namespaces/default/pods/x/status`. */
export function resourcePath(ref: ResourceRef): string {
  const version = ref.version ?? 'v1';
  const root = ref.group === '' ? `/api/${version}` : `/apis/${ref.group}/${version}`;
  const scope = ref.namespace ? `/namespaces/${ref.namespace}` : '';
  return `${root}${scope}/${ref.resource}${ref.name ? `/${ref.name}` : ''}${ref.subresource ? `/${ref.subresource}` : ''}`;
}

const PLAIN = /^[\w.-]*$/;

/** `url.QueryEscape` for the characters that occur here. */
export function queryEscape(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text).replace(/%20/g, '+').replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `url.Values.Encode`: sorted by key, empty and absent ones left out. */
export function encodeQuery(query: Readonly<Record<string, string | undefined>>): string {
  return Object.keys(query).filter((key) => query[key] !== undefined && query[key] !== '').sort()
    .map((key) => `${queryEscape(key)}=${queryEscape(query[key]!)}`).join('&');
}

/** Path with `?query` when there is one. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const encoded = encodeQuery(query);
  if (encoded === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${encoded}`;
}
