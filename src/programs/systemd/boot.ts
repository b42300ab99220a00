/** The boot: sockets, the first lines of the journal, the default target, and the line that ends it. */
import { errnoOf } from '../../kernel/errno.ts';
import { get, listen, mkdir, now, put, readDir, rmdir, sigaction, uname, unlink, writeFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { CONTROL_SOCKET, FEATURES, NOTIFY_SOCKET, VERSION } from '../../lib/systemd/index.ts';
import { randomId } from './exec.ts';
import { formatSpan } from '../../lib/unitfile/index.ts';
import { enqueue, jobs } from './job.ts';
import { log, MESSAGE_ID } from './log.ts';
import { patch, unit } from './units.ts';

/** What the kernel took before PID 1, µs: told in the journal, not waited for. */
const KERNEL_US = 1_412_000;

function* makeDir(path: string): Coroutine<void> {
  try {
    yield* mkdir(path, 0o755);
  } catch (caught) {
    if (errnoOf(caught) !== 'EEXIST') throw caught;
  }
}

/** /run is a tmpfs on a real machine: nothing in it outlives a boot. It is a plain directory here. */
function* emptyDir(path: string): Coroutine<void> {
  for (const { name, type } of yield* readDir(path)) {
    if (type !== 'dir') yield* unlink(`${path}/${name}`);
    else {
      yield* emptyDir(`${path}/${name}`);
      yield* rmdir(`${path}/${name}`);
    }
  }
}

/** What the kernel draws at each boot. /proc is a plain directory here, so PID 1 stands in for it. */
function* drawBootId(): Coroutine<void> {
  const id = yield* randomId('boot-id');
  const uuid = `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20)}`;
  try {
    yield* writeFile('/proc/sys/kernel/random/boot_id', `${uuid}\n`, 0o444);
  } catch (caught) {
    if (errnoOf(caught) !== 'ENOENT') throw caught;
  }
}

export function* boot(): Coroutine<{ readonly control: number; readonly notify: number }> {
  yield* sigaction('CHLD', 'catch');
  yield* emptyDir('/run');
  for (const dir of ['/run/lock', '/run/systemd', '/run/systemd/system', '/run/systemd/journal', '/run/log']) yield* makeDir(dir);
  yield* drawBootId();
  const control = yield* listen({ net: 'unix', path: CONTROL_SOCKET });
  const notify = yield* listen({ net: 'unix', path: NOTIFY_SOCKET });
  const { hostname } = yield* uname();
  yield* put('boot', 'userspace', yield* now());
  yield* log(`systemd ${VERSION} running in system mode (${FEATURES})`);
  yield* log('Detected virtualization kvm.');
  yield* log('Detected architecture x86-64.');
  yield* log(`Hostname set to <${hostname}>.`);
  for (const name of ['-.slice', 'system.slice', 'init.scope']) {
    yield* unit(name);
    yield* patch(name, { active: 'active', sub: name.endsWith('.scope') ? 'running' : 'active' });
  }
  const target = yield* unit('default.target');
  yield* log(`Queued start job for default target ${target.def.loadState === 'loaded' ? `${target.name} - ${target.def.description}` : 'default.target'}.`);
  if (target.def.loadState === 'loaded') yield* enqueue(target, 'start');
  return { control, notify };
}

/** Once, when the last job of the boot is over. */
export function* bootFinished(): Coroutine<void> {
  if ((yield* get('boot', 'finished')) !== undefined || (yield* jobs()).size > 0) return;
  const at = yield* now();
  yield* put('boot', 'finished', at);
  const userspace = at - (yield* get<number>('boot', 'userspace'))!;
  yield* log(`Startup finished in ${formatSpan(KERNEL_US, 1000)} (kernel) + ${formatSpan(Math.max(1000, userspace), 1000)} (userspace) = ${formatSpan(KERNEL_US + userspace, 1000)}.`, { id: MESSAGE_ID.startupFinished });
}
