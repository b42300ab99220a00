/** Condition…= of a unit. Those about hardware, security modules and first boot are taken as met. */
import { errnoOf } from '../../kernel/errno.ts';
import { access, lstat, readDir, stat } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import type { UnitDefinition } from '../../lib/unitfile/index.ts';

function* check(kind: string, value: string): Coroutine<boolean | null> {
  switch (kind.replace(/^(Condition|Assert)/, '')) {
    case 'PathExists': return yield* access(value, 'f');
    case 'PathIsDirectory': return (yield* stat(value)).type === 'dir';
    case 'PathIsSymbolicLink': return (yield* lstat(value)).type === 'link';
    case 'PathIsReadWrite': return yield* access(value, 'w');
    case 'FileNotEmpty': return (yield* stat(value)).size > 0;
    case 'FileIsExecutable': return ((yield* stat(value)).mode & 0o111) !== 0;
    case 'DirectoryNotEmpty': return (yield* readDir(value)).length > 0;
    default: return null;
  }
}

/** The first condition that does not hold, as the journal names it (`ConditionPathExists=/x`); null when all do. */
export function* unmetCondition(def: UnitDefinition): Coroutine<string | null> {
  let triggers = 0;
  let triggered = false;
  let lastTrigger = '';
  for (const { kind, value } of def.conditions) {
    const match = /^(\|?)\s*(!?)\s*(.*)$/.exec(value)!;
    let holds: boolean | null;
    try {
      holds = yield* check(kind, match[3]!);
    } catch (caught) {
      if (errnoOf(caught) === null) throw caught;
      holds = false;
    }
    const met = holds === null || holds !== (match[2] === '!');
    if (match[1] === '|') {
      triggers++;
      triggered ||= met;
      lastTrigger = `${kind}=${value}`;
    } else if (!met) return `${kind}=${value}`;
  }
  return triggers > 0 && !triggered ? lastTrigger : null;
}
