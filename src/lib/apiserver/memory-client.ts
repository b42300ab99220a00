/** A client of the handler over a database in memory: for tests and for readers of a database. No authentication, no network. */
import { now, type Coroutine } from '../../kernel/sys.ts';
import type { Ctx, ServerOptions } from './context.ts';
import { handle, resourceOf } from './handler.ts';
import { parseRoute } from './route.ts';
import { ApiError } from './status.ts';
import { MemoryStore } from './store-memory.ts';
import type { Store } from './store.ts';

export const testOptions: ServerOptions = {
  serviceCidr: '10.96.0.0/12', nodePortRange: [30000, 32767], allowPrivileged: true, issuer: 'https://kubernetes.default.svc.cluster.local', audiences: ['https://kubernetes.default.svc.cluster.local'],
  signingKeyPem: null, nodeRestriction: true, eventTtlSeconds: 3600, advertiseAddress: '172.30.1.2', securePort: 6443,
};

/** JSON of any shape, for readers that know what they look for. */
export type Loose = { readonly [key: string]: Loose };
export interface Reply { readonly status: number; readonly body: Loose }
export interface Client {
  call(method: string, path: string, body?: unknown, contentType?: string, accept?: string): Coroutine<Reply>;
  /** The namespaces and the account that every pod needs. */
  seed(): Coroutine<void>;
}

export function clientOf(store: Store = new MemoryStore(), options: ServerOptions = testOptions): Client {
  function* call(method: string, path: string, body?: unknown, contentType = 'application/json', accept = 'application/json'): Coroutine<Reply> {
    const route = parseRoute(method, path);
    try {
      const ctx: Ctx = {
        store, cache: store, user: { name: 'kubernetes-admin', groups: ['system:masters'] }, at: yield* now(), options, warnings: [], userAgent: 'test', route, resource: resourceOf(route),
        authority: { clientCaPem: null, publicKeysPem: '', issuer: options.issuer, audiences: options.audiences, anonymous: true, bootstrapTokens: false }, *authorize() { return { allowed: true as const }; }, *rules() { return []; },
      };
      const answer = yield* handle(ctx, { accept, contentType, body });
      return 'status' in answer ? { status: answer.status, body: answer.body as Loose } : { status: 200, body: answer as unknown as Loose };
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      return { status: caught.status.code!, body: caught.status as unknown as Loose };
    }
  }
  return {
    call,
    *seed() {
      for (const name of ['default', 'kube-system']) yield* call('POST', '/api/v1/namespaces', { metadata: { name } });
      yield* call('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
    },
  };
}
