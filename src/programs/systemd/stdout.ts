/** The thread that reads what a service prints and hands it to journald, a line an entry. */
import { checkpoint, close, read, sleep } from '../../kernel/sys.ts';
import type { Bytes, Coroutine, Json } from '../../kernel/sys.ts';
import type { Message, Priority } from '../../lib/journal/index.ts';
import { deliver } from './log.ts';

interface Stream { readonly fd: number; readonly unit: string; readonly pid: number; readonly identifier: string; readonly exe: string; readonly cmdline: string }
const LINE_MAX = 49_152;
/** What fork, sandbox and exec take: no service speaks sooner. */
const FORK_US = 4_000;

/** A line may carry its own priority: `<3>text`. */
function toMessage(stream: Stream, line: Bytes): Message {
  const match = /^<([0-7])>/.exec(line);
  return { message: match === null ? line : line.slice(3), priority: (match === null ? 6 : Number(match[1])) as Priority, transport: 'stdout', identifier: stream.identifier, pid: stream.pid,
    systemdUnit: stream.unit, unit: null, comm: stream.identifier.slice(0, 15), exe: stream.exe, cmdline: stream.cmdline };
}

export function* stdout(arg: Json, saved?: Json): Coroutine<void> {
  const stream = arg as unknown as Stream;
  let rest = (saved as string | undefined) ?? '';
  if (saved === undefined) yield* sleep(FORK_US);
  for (;;) {
    yield* checkpoint(rest);
    const data = yield* read(stream.fd);
    const lines = (rest + data).split('\n');
    rest = data === '' ? '' : lines.pop()!;
    while (rest.length > LINE_MAX) {
      lines.push(rest.slice(0, LINE_MAX));
      rest = rest.slice(LINE_MAX);
    }
    const messages = lines.filter((line) => line.trim() !== '').map((line) => toMessage(stream, line));
    if (messages.length > 0) yield* deliver(messages);
    if (data === '') break;
  }
  yield* close(stream.fd);
}
