/**
 * A connection to a port of a pod, for the kubelet. Models internal/cri/server/sandbox_portforward_linux.go. The connection is made from
 * the node and not inside the pod's network, so a program that listens on the pod's loopback only is not reached.
 */
import { connect, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { CriError } from '../../lib/cri/index.ts';
import type { PortForwardRequest } from '../../lib/cri/index.ts';
import { sandbox } from './store.ts';

/** The file a pod's network is known by. */
const netnsPath = (id: string): string => `/var/run/netns/cni-${[id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-')}`;

/** → the connection. Throws CriError in containerd's words. */
export function* portForward({ podSandboxId, port }: PortForwardRequest): Coroutine<number> {
  const { id, ip, ready, config } = yield* sandbox(podSandboxId);
  if (!ready) throw new CriError('Unknown', `sandbox container ${JSON.stringify(id)} is not running`);
  try {
    return yield* connect({ net: 'tcp', host: config.network === 'NODE' ? '127.0.0.1' : ip, port });
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    const where = config.network === 'NODE' ? 'host' : netnsPath(id);
    throw new CriError('Unknown', `failed to execute portforward in network namespace ${JSON.stringify(where)}: failed to connect to localhost:${port} inside namespace ${JSON.stringify(id)}, IPv4: dial tcp4 127.0.0.1:${port}: connect: ${goErrno(errno)} IPv6 dial tcp6: address localhost: no suitable address found `);
  }
}
