/** lsof, as far as it is asked who holds a port (-i). Open files are not listed. */
import { cpu, sockets, write } from '../../kernel/sys.ts';
import type { Address, Coroutine, Program } from '../../kernel/sys.ts';

const place = (a: Address): string => (a.net === 'unix' ? a.path : `${a.host === '0.0.0.0' || a.host === '::' ? '*' : a.host}:${a.port}`);

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(20_000);
  const words = argv.slice(1);
  const at = words.findIndex((w) => w.startsWith('-i') || /^-[nP]+i/.test(w));
  if (at < 0) {
    yield* write(2, 'lsof: only -i is available in this lab\n');
    return 1;
  }
  const inline = words[at]!.replace(/^-[nP]*i/, '');
  const spec = inline !== '' ? inline : words[at + 1] !== undefined && !words[at + 1]!.startsWith('-') ? words[at + 1]! : '';
  const found = /^[46]?(tcp|udp|TCP|UDP)?(?:@([\d.]+))?(?::(\d+))?$/.exec(spec);
  if (found === null) {
    yield* write(2, `lsof: unacceptable Internet address (-i): ${spec}\n`);
    return 1;
  }
  const listenOnly = words.some((w) => /^-s/i.test(w) && w.toUpperCase().includes('LISTEN'));
  const rows = (yield* sockets()).filter((s) => s.net !== 'unix' && (found[1] === undefined || s.net === found[1].toLowerCase()) && (!listenOnly || s.state === 'LISTEN')
    && (found[3] === undefined || [s.local, s.peer].some((a) => a !== null && a.net !== 'unix' && a.port === Number(found[3]))));
  if (rows.length === 0) return 1;
  const lines = rows.map((s) => `${s.program.slice(0, 9).padEnd(9)} ${String(s.pid).padStart(5)} root ${`${s.fd}u`.padStart(5)}  IPv${s.local.net !== 'unix' && (s.local.host.includes(':') || s.local.host === '0.0.0.0') ? '6' : '4'} ${String(20_000 + s.pid * 7 + s.fd).padStart(6)}      0t0  ${s.net.toUpperCase()} ${place(s.local)}${s.peer === null ? '' : `->${place(s.peer)}`}${s.net === 'tcp' ? ` (${s.state === 'ESTAB' ? 'ESTABLISHED' : s.state.replace('-', '_')})` : ''}\n`);
  yield* write(1, `COMMAND     PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n${lines.join('')}`);
  return 0;
}

export const program: Program = { name: 'lsof', main };
