/** start, stop, restart, reload, kill: asks PID 1 and tells how it went, in systemctl's words. */
import type { Coroutine } from '../../kernel/sys.ts';
import { unitName, type JobOutcome, type JobVerb, type UnitView } from '../../lib/systemd/index.ts';
import { ask, changedOnDisk, complain, isGlob, matcher, unitViews, type Options } from './client.ts';

const NAMES: Readonly<Record<JobVerb, string>> = { start: 'start', stop: 'stop', restart: 'restart', 'try-restart': 'try-restart', reload: 'reload', 'reload-or-restart': 'reload-or-restart' };

/** Exit status of a refused request, LSB's: 5 not installed, 1 otherwise. */
const refusalCode = (error: string): number => (/not (found|loaded)\.$/.test(error) ? 5 : 1);

function failure(u: UnitView): string {
  const see = `See "systemctl status ${u.name}" and "journalctl -xeu ${u.name}" for details.\n`;
  switch (u.result) {
    case 'timeout': return `Job for ${u.name} failed because a timeout was exceeded.\n${see}`;
    case 'exit-code': return `Job for ${u.name} failed because the control process exited with error code.\n${see}`;
    case 'signal': return `Job for ${u.name} failed because a fatal signal was delivered to the control process.\n${see}`;
    case 'resources': return `Job for ${u.name} failed because of unavailable resources or another system error.\n${see}`;
    case 'protocol': return `Job for ${u.name} failed because the service did not take the steps required by its unit configuration.\n${see}`;
    case 'start-limit-hit': return `Job for ${u.name} failed because start of the service was attempted too often.\n${see}To force a start use "systemctl reset-failed ${u.name}"\nfollowed by "systemctl start ${u.name}" again.\n`;
    default: return `Job for ${u.name} failed.\n${see}`;
  }
}

function* tell(outcome: JobOutcome, verb: JobVerb, options: Options): Coroutine<number> {
  if (outcome.error !== null) {
    const extra = outcome.error.endsWith('bad unit file setting.') ? `\nSee system logs and 'systemctl status ${outcome.unit}' for details.` : '';
    yield* complain(`Failed to ${NAMES[verb]} ${outcome.unit}: ${outcome.error}${extra}\n`);
    return refusalCode(outcome.error);
  }
  if (options.quiet) return outcome.result === 'failed' || outcome.result === 'timeout' || outcome.result === 'dependency' ? 1 : 0;
  if (outcome.result === 'dependency') {
    yield* complain(`A dependency job for ${outcome.unit} failed. See 'journalctl -xe' for details.\n`);
    return 1;
  }
  if (outcome.result === 'canceled') {
    yield* complain(`Job for ${outcome.unit} canceled.\n`);
    return 1;
  }
  if (outcome.result !== 'failed' && outcome.result !== 'timeout') return 0;
  const view = (yield* unitViews([outcome.unit]))?.[0];
  if (view !== undefined) yield* complain(failure(view));
  return 1;
}

/** Names as given, patterns replaced by the loaded units they match. */
export function* expand(names: readonly string[]): Coroutine<string[]> {
  if (!names.some(isGlob)) return [...names];
  const loaded = (yield* unitViews(null)) ?? [];
  return names.flatMap((name) => (isGlob(name) ? loaded.filter((u) => matcher(unitName(name))(u.name)).map((u) => u.name) : [name]));
}

export function* runJob(verb: JobVerb, names: readonly string[], options: Options): Coroutine<number> {
  const units = yield* expand(names);
  for (const view of (yield* unitViews(units)) ?? []) if (view.needReload) yield* complain(changedOnDisk(view.name));
  const reply = yield* ask({ method: 'job', verb, units, block: options.block });
  if (reply === null || !('outcomes' in reply)) return 1;
  let code = 0;
  for (const outcome of reply.outcomes) {
    const own = yield* tell(outcome, verb, options);
    if (own !== 0) code = own;
  }
  return code;
}

export function* killUnits(names: readonly string[], options: Options): Coroutine<number> {
  let code = 0;
  for (const unit of yield* expand(names)) {
    const reply = yield* ask({ method: 'kill', unit: unitName(unit), signal: options.signal, whom: options.whom });
    if (reply !== null && 'ok' in reply) continue;
    yield* complain(`Failed to kill unit ${unitName(unit)}: ${reply !== null && 'error' in reply ? reply.error : ''}\n`);
    code = 1;
  }
  return code;
}
