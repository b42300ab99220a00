/**
 * kubectl proxy: the API on a plain local port, with the credentials of the kubeconfig. Models kubectl pkg/cmd/proxy and pkg/proxy.
 * Not modelled: serving files (--www), answers without end (watches, followed logs), addresses but 127.0.0.1.
 */
import { listen, poll, sockname, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { servingFds, serveFd, textResponse, type HttpRequest, type HttpResponse, type Serving } from '../../../lib/http/index.ts';
import { release, send, type KubeRequest } from '../../../lib/kube/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import type { Cli } from '../cli.ts';
import { restConfig } from '../config/load.ts';
import { CliError } from '../errors.ts';
import type { Outcome } from '../follow.ts';
import { eprint, print } from '../io.ts';

export interface ProxyState { readonly follow: 'proxy'; readonly serving: Serving }

/** What upstream's default --reject-paths keeps out. */
const REJECTED = /^\/api\/.*\/pods\/.*\/(?:exec|attach)/;

export function* proxy(cli: Cli): Coroutine<Outcome> {
  const port = cli.flags.number('port');
  yield* restConfig(cli);
  let fd: number;
  try {
    fd = yield* listen({ net: 'tcp', host: '127.0.0.1', port });
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`listen tcp 127.0.0.1:${port}: bind: ${goErrno(errno)}`);
  }
  const at = (yield* sockname(fd)).local;
  yield* print(`Starting to serve on 127.0.0.1:${at.net === 'unix' ? port : at.port}\n`);
  return { follow: 'proxy', serving: { listeners: [fd], conns: [] } } as ProxyState;
}

/** The body as the API is to get it; undefined when it is no JSON. */
function jsonBody({ body }: HttpRequest): Json | undefined {
  if (body === null) return null;
  if ('json' in body) return body.json;
  if (body.text === '') return null;
  try { return JSON.parse(body.text) as Json; } catch { return undefined; }
}

function* answer(cli: Cli, request: HttpRequest): Coroutine<HttpResponse> {
  if (REJECTED.test(request.path)) return textResponse(403, 'Forbidden');
  const body = jsonBody(request);
  if (body === undefined) return textResponse(400, 'kubectl proxy: bodies that are no JSON are not available in this lab\n');
  const { 'content-type': contentType, ...own } = request.headers;
  // Who asks is told as it is, which the server goes by.
  const headers = Object.fromEntries(['accept', 'user-agent'].flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])));
  const config = yield* restConfig(cli);
  try {
    const sent = yield* send(config, { method: request.method as KubeRequest['method'], path: request.path, body, retries: 0, headers, ...(contentType === undefined || contentType === 'application/x-www-form-urlencoded' ? {} : { contentType }) });
    if (sent.response.stream) return textResponse(501, 'kubectl proxy: answers without end are not available in this lab\n');
    yield* release(config, sent);
    return sent.response;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    yield* eprint(`http: proxy error: ${caught.message}\n`);
    return textResponse(502, '');
  }
}

/** Takes a connection or answers a request; goes on until interrupted. */
export function* serveProxy(cli: Cli, { serving }: ProxyState): Coroutine<Outcome<ProxyState>> {
  const { fds } = yield* poll({ fds: servingFds(serving) });
  let next = serving;
  for (const fd of fds) next = yield* serveFd(next, fd, (request) => answer(cli, request));
  return { follow: 'proxy', serving: next };
}
