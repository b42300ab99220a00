/** What another build kept is done again under this one: nothing of its event numbers, worlds or request numbers counts. */
import { describe, expect, test } from 'vitest';
import { labs } from '../../labs/index.ts';
import { NotRepeatable } from './again.ts';
import { isWholeLog, openingAgain, openSession } from './index.ts';
import { toEnd } from './node.ts';
import { openingOf } from './opening.ts';
import type { LogEntry, SavedSession, Session } from './types.ts';

const lab = 'sandbox';
const opening = openingOf(labs.get(lab)!.definition, 1);
const options = { lab, cols: 80, rows: 24, opening };

function run(session: Session, command: string): void {
  session.settle(Infinity);
  session.send(`${command}\r`);
  session.settle(Infinity);
}

/** As another build would have numbered it. */
function ofAnotherBuild(session: Session, change: (entry: LogEntry) => LogEntry = (entry) => entry): SavedSession {
  const { log, ...rest } = session.save();
  const entries = log.entries.map((entry, n) => change({ ...entry, step: n * 7, input: entry.input.kind === 'device' ? { ...entry.input, id: 5 } : entry.input }));
  return structuredClone({ ...rest, log: { ...log, build: 'another', entries, end: { ...log.end, step: entries.length * 7 } } });
}
const again = (saved: SavedSession): Session => toEnd(openingAgain(options, saved, 500));

function busy(): Session {
  const session = openSession(options);
  run(session, 'echo one > /root/one');
  session.resize(100, 30);
  session.settle(Infinity);
  session.send('vi /root/two\r');
  session.advance(session.world.now + 1e6, Infinity);
  const { id } = session.editorRequest()!;
  session.editorSave(id, 'two ✓\n');
  session.settle(Infinity);
  session.editorQuit(id, 0);
  session.settle(Infinity);
  session.writeFile('/root/three', 'three\n');
  const tty = session.openTerminal(80, 24)!;
  session.advance(session.world.now + 1e6, Infinity);
  session.send('echo four > /root/four; exit\r', tty);
  session.advance(session.world.now + 5e6, Infinity);
  session.send('\r', tty);
  session.advance(session.world.now + 1e6, Infinity);
  session.closeTerminal(tty);
  run(session, 'kubectl create cm five; kubectl get po -A');
  return session;
}

describe('under another build', () => {
  const session = busy();
  const saved = ofAnotherBuild(session);

  test('files, terminals, cluster, screen and undo are there again', () => {
    expect(isWholeLog(saved, lab)).toBe(true);
    const back = again(saved);
    for (const path of ['/root/one', '/root/two', '/root/three', '/root/four']) expect(back.readFile(path)).toBe(session.readFile(path));
    expect(back.readFile('/root/two')).toBe('two ✓\n');
    expect(back.terminals).toEqual(session.terminals);
    expect(back.output(0)).toEqual(session.output(0));
    expect(back.world.now).toBe(session.world.now);
    expect(back.timeline.moments.map(({ kind, label }) => [kind, label])).toEqual(session.timeline.moments.map(({ kind, label }) => [kind, label]));
    expect(back.build).not.toBe('another');
    back.undo();
    run(back, 'kubectl get cm five');
    expect(back.output(0).data).toContain('"five" not found');
  });

  test('an opening at another hour moves everything by as much', () => {
    const hour = 3_600_000_000;
    const early = ofAnotherBuild(session, (entry) => ({ ...entry, at: entry.at - hour }));
    const back = again({ ...early, log: { ...early.log, end: { ...early.log.end, at: early.log.end.at - hour } } });
    expect(back.world.now).toBe(session.world.now);
    expect(back.readFile('/root/four')).toBe('four\n');
  });

  test('an answer to an editor that did not open is refused, and so is more time than anybody waits for', () => {
    const noEditor = ofAnotherBuild(session, (entry) => (entry.input.kind === 'keys' && entry.input.bytes.startsWith('vi') ? { ...entry, input: { ...entry.input, bytes: ':\r' } } : entry));
    expect(() => again(noEditor)).toThrow(NotRepeatable);
    expect(() => again({ ...saved, log: { ...saved.log, end: { ...saved.log.end, at: saved.log.end.at + 9 * 3_600_000_000 } } })).toThrow(NotRepeatable);
  });

  test.each<[string, unknown]>([
    ['nothing', null], ['a word', 'old'], ['no log', {}], ['a log of another lab', { ...saved, log: { ...saved.log, lab: 'other' } }], ['no end', { ...saved, log: { ...saved.log, end: undefined } }],
    ['entries that are none', { ...saved, log: { ...saved.log, entries: [null] } }], ['another way to write logs', { ...saved, log: { ...saved.log, version: 2 } }],
  ])('%s is no whole log', (_, value) => expect(isWholeLog(value, lab)).toBe(false));
});
