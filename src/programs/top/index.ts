/**
 * top of procps 4: the busiest processes, in batches (-b) or on the terminal, where q ends it and P, M, N, T order it. The share
 * of a processor is over the process's life at first and then over the time between two screens. Not modelled: fields, filters.
 */
import { checkpoint, cpu, isatty, now, poll, processes, read, sleep, ttyMode, ttySize, uname, write } from '../../kernel/sys.ts';
import type { Coroutine, Json, ProcessInfo, Program, VTime } from '../../kernel/sys.ts';
import { commOf, cpuTime, rssKb, vszKb } from '../../lib/accounting/index.ts';
import { uptimeLine } from '../../lib/accounting/load.ts';
import { memoryOf } from '../../lib/accounting/memory.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { commandLine, userNames, visibleProcesses } from '../../lib/procps/index.ts';
import { quietly } from '../../lib/tool/index.ts';

type Order = 'cpu' | 'memory' | 'pid' | 'time';
interface State { readonly batch: boolean; readonly delayUs: number; readonly left: number | null; readonly order: Order; readonly whole: boolean; readonly idle: boolean; readonly pids: readonly number[]; readonly before: { readonly at: VTime; readonly used: Readonly<Record<string, number>> } | null }

const KEYS: Readonly<Record<string, Order>> = { P: 'cpu', M: 'memory', N: 'pid', T: 'time' };
const FIELDS: Readonly<Record<string, Order>> = { '%CPU': 'cpu', '%MEM': 'memory', PID: 'pid', 'TIME+': 'time', RES: 'memory' };
const HEADER = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND';

/** Seven columns: KiB, or a larger unit where that does not fit. */
function memory(kb: number): string {
  for (const [value, unit] of [[kb, ''], [kb / 1024, 'm'], [kb / 1_048_576, 'g'], [kb / 1_073_741_824, 't']] as const) {
    const text = unit === '' ? String(value) : `${value.toFixed(1)}${unit}`;
    if (text.length <= (unit === '' ? 7 : 6)) return text;
  }
  return String(kb);
}
const hundredths = (us: number): string => {
  const cs = Math.floor(us / 1e4);
  return `${Math.floor(cs / 6000)}:${String(Math.floor(cs / 100) % 60).padStart(2, '0')}.${String(cs % 100).padStart(2, '0')}`;
};

interface Row { readonly p: ProcessInfo; readonly share: number; readonly used: number; readonly rss: number }
const ORDERS: Readonly<Record<Order, (a: Row, b: Row) => number>> = { cpu: (a, b) => b.share - a.share || a.p.pid - b.p.pid, memory: (a, b) => b.rss - a.rss || a.p.pid - b.p.pid, pid: (a, b) => b.p.pid - a.p.pid, time: (a, b) => b.used - a.used || a.p.pid - b.p.pid };

function* screen(state: State): Coroutine<{ readonly lines: string[]; readonly before: State['before'] }> {
  const at = yield* now();
  const { memKb, bootedAt, cpus } = yield* uname();
  const users = yield* userNames();
  const all = yield* visibleProcesses();
  const span = state.before === null ? null : Math.max(1, at - state.before.at);
  const rows = all.map((p): Row => {
    const used = cpuTime(p, at);
    const life = span === null ? used / Math.max(1e6, at - p.startedAt) : (used - (state.before!.used[p.pid] ?? 0)) / span;
    return { p, share: Math.max(0, life) * 100, used, rss: rssKb(p, at) };
  });
  const busy = Math.min(100, rows.reduce((sum, r) => sum + r.share, 0) / cpus);
  const count = (s: string): string => String(all.filter((p) => s.includes(p.state)).length).padStart(4);
  const m = memoryOf(yield* processes(), memKb, at);
  const mib = (kb: number): string => (kb / 1024).toFixed(1).padStart(8);
  const share = (n: number): string => n.toFixed(1).padStart(5);
  const head = [`top -${uptimeLine(all, bootedAt, at)}`, `Tasks:${count('RSTZ')} total,${count('R')} running,${count('S')} sleeping,${count('T')} stopped,${count('Z')} zombie`,
    `%Cpu(s):${share(busy * 0.7)} us,${share(busy * 0.3)} sy,  0.0 ni,${share(100 - busy)} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st `,
    `MiB Mem : ${mib(m.total)} total, ${mib(m.free)} free, ${mib(m.used)} used, ${mib(m.cache)} buff/cache     `, `MiB Swap: ${mib(0)} total, ${mib(0)} free, ${mib(0)} used. ${mib(m.available)} avail Mem `, '', HEADER];
  const shown = rows.filter((r) => (state.pids.length === 0 || state.pids.includes(r.p.pid)) && (state.idle || r.share > 0.05)).sort(ORDERS[state.order]);
  const lines = shown.map(({ p, share: s, used, rss }) => {
    const user = users.get(p.uid) ?? String(p.uid);
    return `${String(p.pid).padStart(7)} ${(user.length > 8 ? `${user.slice(0, 7)}+` : user).padEnd(8)}  20   0 ${memory(vszKb(p)).padStart(7)} ${memory(rss).padStart(6)} ${memory(Math.round(rss * 0.55)).padStart(6)} ${p.state} ${s.toFixed(1).padStart(5)} ${((rss * 100) / memKb).toFixed(1).padStart(5)} ${hundredths(used).padStart(9)} ${state.whole ? commandLine(p) : commOf(p)}`;
  });
  return { lines: [...head, ...lines], before: { at, used: Object.fromEntries(rows.map((r) => [r.p.pid, r.used])) } };
}

function* body(argv: readonly string[], saved?: Json): Coroutine<number> {
  if (saved !== undefined) return yield* turns(saved as unknown as State);
  yield* cpu(6000);
  const { options, operands, error } = getopt(argv.slice(1), 'bcd:E:e:hHin:o:p:sSu:U:vw::1', {});
  const value = (letter: string): string | null => options.findLast((o) => o.name === letter)?.value ?? null;
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  const refused = options.find((o) => 'EeHuUhvsS'.includes(o.name));
  const order = value('o') === null ? 'cpu' : FIELDS[value('o')!.replace(/^[-+]/, '')];
  const bad = error ?? (operands.length > 0 ? `unknown option '${operands[0]}'` : refused !== undefined ? `-${refused.name} is not available in this lab` : order === undefined ? `unrecognized field name '${value('o')}'` : null)
    ?? (value('n') !== null && !/^[1-9]\d*$/.test(value('n')!) ? `bad iterations argument '${value('n')}'` : value('d') !== null && !/^\d*[.,]?\d+$/.test(value('d')!) ? `bad delay interval '${value('d')}'` : null);
  if (bad !== null) {
    yield* write(2, `top: ${bad}${error === null ? '' : '\nUsage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pid(s) -o field -w [cols]'}\n`);
    return 1;
  }
  if (!on('b') && !(yield* isatty(1))) {
    yield* write(2, 'top: failed tty get\n');
    return 1;
  }
  if (!on('b')) yield* ttyMode(0, { raw: true, echo: false });
  const delay = value('d') === null ? 3 : Number(value('d')!.replace(',', '.'));
  return yield* turns({ batch: on('b'), delayUs: Math.max(0.1, delay) * 1e6, left: value('n') === null ? null : Number(value('n')), order: order!, whole: on('c'), idle: !on('i'), pids: (value('p') ?? '').split(',').filter((p) => p !== '').map(Number), before: null });
}

function* turns(first: State): Coroutine<number> {
  for (let state = first; ;) {
    yield* checkpoint(state);
    const { lines, before } = yield* screen(state);
    if (state.batch) yield* write(1, `${state.before === null ? '' : '\n'}${lines.map((l) => `${l}\n`).join('')}`);
    else {
      const { rows, cols } = yield* ttySize(1);
      const drawn = lines.slice(0, rows - 1).map((l, i) => `${i === 6 ? `\x1b[7m${l.padEnd(cols).slice(0, cols)}\x1b[m` : l.slice(0, cols)}\x1b[K`);
      yield* write(1, `\x1b[?25l\x1b[H${drawn.join('\r\n')}\x1b[J`);
    }
    const left = state.left === null ? null : state.left - 1;
    state = { ...state, left, before };
    if (left === 0) break;
    if (state.batch) yield* sleep(state.delayUs);
    else {
      const key = (yield* poll({ fds: [0], timeout: state.delayUs })).fds.length > 0 ? yield* read(0) : ' ';
      if (key === '' || /[q\x03]/.test(key)) break;
      const order = KEYS[key[0]!];
      state = { ...state, ...(order === undefined ? {} : { order }), ...(key === 'c' ? { whole: !state.whole } : {}), ...(key === 'i' ? { idle: !state.idle } : {}) };
    }
  }
  if (!first.batch) {
    yield* ttyMode(0, { raw: false, echo: true });
    yield* write(1, `\x1b[?12l\x1b[?25h\x1b[${(yield* ttySize(1)).rows};1H\r\n`);
  }
  return 0;
}

export const program: Program = { name: 'top', main: (argv, saved) => quietly(body(argv, saved)) };
