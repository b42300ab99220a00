/** What the server's threads share besides the watch cache: its configuration, and what of its start is done. */
import { get, put, type Bytes, type Coroutine, type VTime } from '../../kernel/sys.ts';
import type { Authority } from '../../lib/apiserver/auth/authenticate.ts';
import type { ServerOptions } from '../../lib/apiserver/context.ts';
import type { EtcdConfig } from '../../lib/etcd/client.ts';
import type { TlsServerOptions } from '../../lib/tls/index.ts';
import type { Audit } from './audit.ts';

export interface Shared {
  readonly etcd: EtcdConfig; readonly tls: TlsServerOptions; readonly authority: Authority; readonly options: ServerOptions; readonly modes: readonly string[];
  readonly kubelet: { readonly certPem: Bytes | null; readonly keyPem: Bytes | null; readonly caPem: Bytes | null; readonly port: number; readonly addressTypes: readonly string[] };
  readonly startedAt: VTime; readonly requestHeaderCaPem: Bytes | null; readonly requestHeader: { readonly names: readonly string[]; readonly extra: readonly string[]; readonly group: readonly string[]; readonly user: readonly string[] };
  readonly hostname: string; readonly compactionUs: number; readonly audit: Audit | null;
}

export function* shared(): Coroutine<Shared> {
  return (yield* get<Shared>('server', 'shared'))!;
}
/** Marks a post-start hook as finished; /readyz waits for all of them. */
export const hookDone = (name: string) => put('hooks', name, true);
