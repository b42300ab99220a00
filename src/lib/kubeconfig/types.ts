/** What a client knows about its server: the distilled kubeconfig. Plain data, good for tables and checkpoints. */
import type { Bytes } from '../../kernel/sys.ts';

export interface RestConfig {
  /** `https://172.30.1.2:6443`, without a final slash. */ readonly server: string;
  /** Name to verify instead of the server's host; '' for the host. */ readonly tlsServerName: string;
  readonly caPem: Bytes | null;
  readonly insecure: boolean;
  readonly certPem: Bytes | null; readonly keyPem: Bytes | null;
  readonly token: string | null; readonly tokenFile: string | null;
  readonly username: string | null; readonly password: string | null;
  /** Of the context; '' when it sets none. */ readonly namespace: string;
  /** Impersonation (kubectl --as, --as-group). */ readonly asUser: string | null; readonly asGroups: readonly string[];
  readonly userAgent: string;
  /** µs; a request's `?timeout=` and the client's limit. Null: none. */ readonly timeoutUs: number | null;
}

/** A config with nothing but a server. */
export function bareConfig(server: string): RestConfig {
  return {
    server: server.replace(/\/$/, ''), tlsServerName: '', caPem: null, insecure: false, certPem: null, keyPem: null, token: null, tokenFile: null,
    username: null, password: null, namespace: '', asUser: null, asGroups: [], userAgent: '', timeoutUs: null,
  };
}
