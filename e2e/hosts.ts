// Two static hosts for the tests of embedding: the site, which serves dist/ with no header that helps (no CORS, above all), and somebody
// else's, which serves one page under a strict Content-Security-Policy.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

function listen(name: string, answer: (path: string, response: ServerResponse) => void): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => answer(new URL(request.url ?? '/', 'http://site').pathname, response));
  return new Promise((resolve) => server.listen(0, name, () => resolve({ server, origin: `http://${name}:${(server.address() as AddressInfo).port}` })));
}

export interface Hosts {
  /** Origin of the site that has Crashloop. */
  readonly site: string;
  /** Origin of the page around it. */
  readonly host: string;
  /** What the host serves at `/`: the body of a page whose scripts have the nonce `page`. */
  body: string;
  /** What the site serves at `/hostile.html` and, as a frame, at `/hostile/embed.html`. */
  hostile: string;
  close(): void;
}

export async function openHosts(): Promise<Hosts> {
  const site = await listen('127.0.0.1', (path, response) => {
    if (path.startsWith('/hostile')) {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(hosts.hostile);
      return;
    }
    const file = join(dist, path);
    if (!file.startsWith(dist) || !existsSync(file) || !statSync(file).isFile()) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
  });
  const host = await listen('localhost', (_, response) => {
    const policy = `default-src 'none'; script-src 'nonce-page' ${site.origin}; frame-src ${site.origin}; base-uri 'none'; form-action 'none'`;
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy }).end(`<!doctype html><title>A course</title>${hosts.body}`);
  });
  const hosts: Hosts = {
    site: site.origin, host: host.origin, body: '', hostile: '',
    close() {
      for (const { server } of [site, host]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
  return hosts;
}
