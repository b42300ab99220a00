/** postStart and preStop: a command, a request, or a pause. Models pkg/kubelet/lifecycle/handlers.go. */
import { get, sleep } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { CriError } from '../../lib/cri/index.ts';
import type { Handler } from '../../api/types.ts';
import { closeConn } from '../../lib/http/index.ts';
import { quietCall } from './bus.ts';
import { runProbe } from './probe.ts';
import type { Container, Pod, StatusRecord } from './types.ts';

/** → what went wrong, or null. */
export function* runHandler(pod: Pod, container: Container, id: string, handler: Handler, limitSeconds: number): Coroutine<string | null> {
  if (handler.sleep !== undefined) {
    yield* sleep(Math.min(handler.sleep.seconds, limitSeconds) * 1_000_000);
    return null;
  }
  if (handler.exec !== undefined) {
    try {
      const { stdout, stderr, exitCode } = yield* quietCall('ExecSync', { id, cmd: handler.exec.command ?? [], timeout: limitSeconds });
      return exitCode === 0 ? null : `command '${(handler.exec.command ?? []).join(' ')}' exited with ${exitCode}: ${stdout}${stderr}`;
    } catch (caught) {
      if (!(caught instanceof CriError)) throw caught;
      return caught.message;
    }
  }
  const record = yield* get<StatusRecord>('statuses', pod.metadata.uid);
  const probed = yield* runProbe(container, { ...handler, timeoutSeconds: limitSeconds }, id, record?.status.podIP ?? '', null);
  if (probed.conn !== null) yield* closeConn(probed.conn);
  return probed.result === 'success' ? null : probed.output;
}
