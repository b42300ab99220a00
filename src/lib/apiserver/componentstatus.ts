/** ComponentStatus: the old look at the other components' health, asked when it is read. */
import type { Coroutine } from '../../kernel/sys.ts';
import { closeConn, httpConnect, roundTrip } from '../http/index.ts';
import { GoError } from '../net/index.ts';
import type { Ctx } from './context.ts';
import { groupResource } from './context.ts';
import { notFound } from './status.ts';
import type { Obj } from './store.ts';

const components: Readonly<Record<string, string>> = { scheduler: 'https://127.0.0.1:10259/healthz', 'controller-manager': 'https://127.0.0.1:10257/healthz' };

function* ask(url: string): Coroutine<{ readonly healthy: boolean; readonly message: string }> {
  try {
    const conn = yield* httpConnect({ url, tls: { serverName: '', caPem: null, insecure: true, certPem: null, keyPem: null }, timeoutUs: 20_000_000 });
    const { status, body } = yield* roundTrip(conn, { method: 'GET', path: '/healthz', headers: {}, body: null }, 20_000_000);
    yield* closeConn(conn);
    const text = body !== null && 'text' in body ? body.text : '';
    return { healthy: status === 200, message: text };
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    return { healthy: false, message: `Get ${JSON.stringify(url)}: ${caught.message}` };
  }
}

const made = (name: string, healthy: boolean, message: string): Obj => ({
  kind: 'ComponentStatus', apiVersion: 'v1', metadata: { name }, conditions: [{ type: 'Healthy', status: healthy ? 'True' : 'False', message }],
});

/** All of them, or the one that is named. */
export function* componentStatuses(ctx: Ctx): Coroutine<readonly Obj[]> {
  const wanted = ctx.route.name;
  if (wanted !== '' && wanted !== 'etcd-0' && components[wanted] === undefined) throw notFound(groupResource(ctx.resource), wanted);
  const found: Obj[] = [];
  for (const [name, url] of Object.entries(components)) {
    if (wanted !== '' && wanted !== name) continue;
    const { healthy, message } = yield* ask(url);
    found.push(made(name, healthy, message));
  }
  if (wanted === '' || wanted === 'etcd-0') {
    yield* ctx.store.get('health');
    found.push(made('etcd-0', true, 'ok'));
  }
  return found;
}
