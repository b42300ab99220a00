/**
 * What a learner did under another build, done again under this one: the same keys, files and faults at the same instants. No
 * journal, no world and no event number of the other build is used, so that what comes out is this build's own; a command that
 * takes longer here finds the next keys typed ahead of it, as on any terminal. Branches that were left are not done again.
 */
import type { VTime } from '../../kernel/sys.ts';
import type { Input } from '../../kernel/world.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import type { LabSession } from './session.ts';
import type { SavedSession } from './types.ts';

/** What was done does not fit what this build made of it. */
export class NotRepeatable extends Error {}

/** More of the cluster's time than this would take longer to live again than anybody waits. */
const LONGEST = 8 * 3_600_000_000;

type Steps = Generator<void, void, void>;

function* until(session: LabSession, at: VTime, budget: number): Steps {
  while (session.advance(at, budget) === 'budget') yield;
}

/** Faults come with their task, all of one together. */
class Faults {
  #toCome = 0;
  constructor(private readonly session: LabSession, private readonly task: number, private readonly budget: number) {}

  *next(): Steps {
    while (this.#toCome === 0 && this.session.task < this.task) {
      yield* this.session.enteringNextTask(this.budget);
      this.#toCome = this.session.faultCommands;
    }
    this.#toCome = Math.max(0, this.#toCome - 1);
  }
  *rest(): Steps {
    while (this.session.task < this.task) yield* this.session.enteringNextTask(this.budget);
  }
}

/** Everything else a learner, or the page for them, can do. Errors: NotRepeatable. */
function give(session: LabSession, input: Input): void {
  switch (input.kind) {
    case 'keys': return session.send(input.bytes, input.tty);
    case 'resize': return session.resize(input.cols, input.rows, input.tty);
    case 'hangup': return session.closeTerminal(input.tty);
    case 'file': return session.writeFile(input.path, decodeUtf8(input.data));
    case 'login':
      if (session.terminals.some(({ tty }) => tty === input.tty)) return session.send('\r', input.tty);
      if (session.openTerminal(input.cols, input.rows) === input.tty) return;
      throw new NotRepeatable(`no terminal ${input.tty}`);
    case 'device': return answer(session, input.reply as { readonly event?: unknown; readonly text?: unknown; readonly code?: unknown });
    default: throw new NotRepeatable(`a ${input.kind}`);
  }
}

/** The editor's request has a number of its own in each build. */
function answer(session: LabSession, { event, text, code }: { readonly event?: unknown; readonly text?: unknown; readonly code?: unknown }): void {
  const request = session.editorRequest();
  if (request === null) throw new NotRepeatable('the editor is not open');
  if (event === 'save' && typeof text === 'string') session.editorSave(request.id, decodeUtf8(text));
  else session.editorQuit(request.id, code === 1 ? 1 : 0);
}

/** In a session that has just begun. Errors: NotRepeatable, or whatever the lab's own commands fail with. */
export function* doingAgain(session: LabSession, { log, task, hintsShown }: SavedSession, budget: number): Steps {
  const begun = log.entries[0]?.at ?? log.end.at;
  if (log.end.at - begun > LONGEST) throw new NotRepeatable('too long');
  const later = session.world.now - begun;
  const faults = new Faults(session, task, budget);
  for (const { at, input } of log.entries.slice(1)) {
    yield* until(session, at + later, budget);
    if (input.kind === 'exec') yield* faults.next();
    else give(session, input);
  }
  yield* faults.rest();
  yield* until(session, log.end.at + later, budget);
  session.hintsShown = hintsShown;
}
