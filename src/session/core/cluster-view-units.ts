/** PID 1 and the two services that make a node of a machine, from PID 1's own table of units and the journal. */
import { signalName } from '../../distro/records.ts';
import type { UnitRecord } from '../../distro/records.ts';
import type { World } from '../../kernel/world.ts';
import { commandLine } from './cluster-view-command.ts';
import { journalOn, lastEntry } from './cluster-view-logs.ts';
import type { ComponentView, ExitView, Health } from './cluster-view-types.ts';
import { HOST } from './node.ts';

export const SERVICES = ['kubelet.service', 'containerd.service'] as const;
export const INIT_ID = 'unit/init.scope';
export const unitId = (name: string): string => `unit/${name}`;

function healthOf({ active, sub }: UnitRecord): Health {
  switch (active) {
    case 'active': case 'reloading': return 'ok';
    case 'failed': return 'failed';
    case 'inactive': return 'stopped';
    default: return sub === 'auto-restart' ? 'backOff' : 'starting';
  }
}

function lastExit({ runs, result }: UnitRecord): ExitView | null {
  const run = runs.findLast((it) => it.kind === 'ExecStart' && it.exitedAt !== null);
  if (run === undefined) return null;
  const killed = run.code === 'killed';
  return { code: killed ? null : run.status, signal: killed ? signalName(run.status) : null, reason: result, at: run.exitedAt!, message: '' };
}

function service(record: UnitRecord | undefined, name: string, line: string | null): ComponentView {
  const label = name.replace('.service', '');
  const missing = record === undefined || record.def.loadState === 'not-found';
  return {
    id: unitId(name), role: 'service', label, name, namespace: null,
    health: missing ? 'absent' : healthOf(record), word: missing ? '' : `${record.active} (${record.sub})`, ready: null,
    restarts: record?.restarts ?? 0,
    backOff: record === undefined || record.restartAt === null ? null : { from: record.inactiveEnter ?? record.stateChange ?? record.restartAt, until: record.restartAt },
    lastExit: record === undefined ? null : lastExit(record), lastLine: line,
    command: commandLine('systemctl', 'status', label),
  };
}

/** Empty while the machine is off. */
export function unitComponents(world: World): readonly ComponentView[] {
  const init = world.processes(HOST).find((p) => p.program === 'systemd' && p.ppid === 0 && p.status === null);
  const units = init === undefined ? null : world.table(init.pid, 'unit');
  if (units === null) return [];
  const journal = journalOn(world);
  const failed = [...units.values()].filter((it) => (it as UnitRecord).active === 'failed').length;
  const ready = world.table(init!.pid, 'boot')?.has('finished') === true;
  return [
    { id: INIT_ID, role: 'init', label: 'systemd', name: 'init.scope', namespace: null, health: failed > 0 ? 'unready' : ready ? 'ok' : 'starting', word: failed > 0 ? 'degraded' : ready ? 'running' : 'starting',
      ready: null, restarts: 0, backOff: null, lastExit: null, lastLine: lastEntry(journal, 'init.scope'), command: failed > 0 ? 'systemctl --failed' : 'systemctl status' },
    ...SERVICES.map((name) => service(units.get(name) as UnitRecord | undefined, name, lastEntry(journal, name))),
  ];
}
