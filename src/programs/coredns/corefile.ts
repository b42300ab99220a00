/** Reading a Corefile: which directives, which zone, which ports. Pure. Models coredns core/dnsserver and caddyfile's errors. */
export interface Corefile { readonly port: number; readonly zone: string; readonly ttl: number; readonly health: boolean; readonly lameduckSeconds: number; readonly ready: boolean; /** `/etc/resolv.conf` or addresses; null: names outside the zone are refused. */ readonly forward: readonly string[] | null; readonly loop: boolean; readonly prometheus: boolean; readonly log: boolean }

const DIRECTIVES = ['metadata', 'geoip', 'cancel', 'tls', 'reload', 'nsid', 'bufsize', 'root', 'bind', 'debug', 'trace', 'ready', 'health', 'pprof', 'prometheus', 'errors', 'log', 'dnstap', 'local', 'dns64', 'acl', 'any', 'chaos', 'loadbalance', 'tsig', 'cache', 'rewrite', 'header', 'dnssec',
  'autopath', 'minimal', 'template', 'transfer', 'hosts', 'route53', 'azure', 'clouddns', 'k8s_external', 'kubernetes', 'file', 'auto', 'secondary', 'etcd', 'loop', 'forward', 'grpc', 'erratic', 'whoami', 'on', 'sign', 'view'];

/** → what the first server block says, or the error as coredns prints it. */
export function parseCorefile(text: string, path: string): Corefile | { readonly error: string } {
  const rows = text.split('\n').map((row) => row.replace(/#.*/, '').trim());
  let depth = 0;
  const found = new Map<string, string[]>();
  let inside = '';
  let port = 53;
  for (const [i, row] of rows.entries()) {
    if (row === '') continue;
    const words = row.replace(/\{$/, '').trim().split(/\s+/);
    if (row === '}') {
      if (--depth < 0) return { error: `${path}:${i + 1} - Error during parsing: Unexpected '}' because no matching opening brace` };
      continue;
    }
    if (depth === 0) port = Number(/:(\d+)$/.exec(words[0] ?? '')?.[1] ?? 53);
    if (depth === 1) {
      inside = words[0]!;
      if (!DIRECTIVES.includes(inside)) return { error: `${path}:${i + 1} - Error during parsing: Unknown directive '${inside}'` };
      found.set(inside, words.slice(1));
    }
    if (depth === 2) found.set(`${inside}/${words[0]}`, words.slice(1));
    if (row.endsWith('{')) depth++;
  }
  if (depth > 0) return { error: `${path}:${rows.length} - Error during parsing: Unexpected EOF` };
  const duration = (words: readonly string[] | undefined): number => Number(/^(\d+)/.exec(words?.[0] ?? '')?.[1] ?? 0);
  return { port, zone: found.get('kubernetes')?.[0] ?? '', ttl: duration(found.get('kubernetes/ttl')) || 5, health: found.has('health'), lameduckSeconds: duration(found.get('health/lameduck')), ready: found.has('ready'), forward: found.get('forward')?.slice(1) ?? null, loop: found.has('loop'), prometheus: found.has('prometheus'), log: found.has('log') };
}
