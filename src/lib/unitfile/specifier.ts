/** `%n`, `%i`, `%H` … in unit files, replaced when the unit is loaded. */

export interface Specifiers { readonly unit: string; readonly hostname: string; readonly machineId: string; readonly bootId: string; readonly release: string }

/** Replaces what is known; an unknown specifier stays as it is. */
export function expandSpecifiers(text: string, s: Specifiers): string {
  if (!text.includes('%')) return text;
  const dot = s.unit.lastIndexOf('.');
  const stem = dot < 0 ? s.unit : s.unit.slice(0, dot);
  const at = stem.indexOf('@');
  const prefix = at < 0 ? stem : stem.slice(0, at);
  const instance = at < 0 ? '' : stem.slice(at + 1);
  const values: Readonly<Record<string, string>> = {
    n: s.unit, N: stem, p: prefix, P: prefix, i: instance, I: instance.replaceAll('-', '/'), H: s.hostname, l: s.hostname.split('.')[0]!, m: s.machineId, b: s.bootId, v: s.release,
    u: 'root', U: '0', g: 'root', G: '0', h: '/root', s: '/bin/sh', t: '/run', S: '/var/lib', C: '/var/cache', L: '/var/log', E: '/etc', T: '/tmp', V: '/var/tmp', '%': '%',
  };
  return text.replace(/%([A-Za-z%])/g, (match, letter: string) => values[letter] ?? match);
}
