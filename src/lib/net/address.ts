/**
 * Host and port strings as Go's `net` package reads and writes them, and URLs as far as the clients here need them.
 */
import { GoError } from './error.ts';

export interface HostPort { readonly host: string; readonly port: number }

/** Whether the text is an IPv4 or IPv6 literal. */
export function isIp(text: string): boolean {
  return isIpv4(text) || text.includes(':');
}

/** Whether the text is a dotted IPv4 address. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** `net.JoinHostPort`. */
export function joinHostPort(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** `net.SplitHostPort`; throws in Go's words. */
export function splitHostPort(text: string): HostPort {
  const bracket = /^\[([^\]]*)\]:(.*)$/.exec(text);
  const colon = text.lastIndexOf(':');
  const host = bracket ? bracket[1]! : text.slice(0, Math.max(colon, 0));
  const port = bracket ? bracket[2]! : text.slice(colon + 1);
  if (!bracket && colon < 0) throw new GoError(`address ${text}: missing port in address`);
  if (!bracket && host.includes(':')) throw new GoError(`address ${text}: too many colons in address`);
  if (!/^\d+$/.test(port) || Number(port) > 65535) throw new GoError(`address ${text}: invalid port`);
  return { host, port: Number(port) };
}

/** The parts of an http(s) URL; `path` starts with a slash (or is empty) and carries no query. */
export interface Url { readonly scheme: string; readonly host: string; readonly port: number; readonly path: string; readonly query: string }

/** `url.Parse` for absolute http and https URLs; throws in Go's words. */
export function parseUrl(text: string): Url {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(text);
  if (!match) throw new GoError(`parse "${text}": invalid URI for request`);
  const scheme = match[1]!.toLowerCase();
  const authority = match[2]!.slice(match[2]!.lastIndexOf('@') + 1);
  const bracket = /^\[([^\]]*)\](?::(.*))?$/.exec(authority);
  const colon = authority.indexOf(':');
  const host = bracket ? bracket[1]! : colon < 0 ? authority : authority.slice(0, colon);
  const port = bracket ? bracket[2] ?? '' : colon < 0 ? '' : authority.slice(colon + 1);
  if (port !== '' && !/^\d+$/.test(port)) throw new GoError(`parse "${text}": invalid port ":${port}" after host`);
  return { scheme, host, port: port === '' ? (scheme === 'https' ? 443 : 80) : Number(port), path: match[3]!, query: match[4] ?? '' };
}
