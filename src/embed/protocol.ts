// What host and frame say to each other over their MessagePort, and how each makes sure of what it hears. Nothing is believed: a message
// is read into a fresh value that has only the fields listed here, each of its type and within its size, or it is not read at all.
// The two may be of different builds (embed.js is cached by course pages), so fields that are not known are dropped, not refused.
import type { CheckResult, EventName, Grade, LabEvents, RunResult } from './embed.d.ts';

export const version = 1;

/** Characters, unless said otherwise. */
export const limits = { command: 4096, keys: 65_536, output: 1 << 20, state: 16 << 20, text: 16_384, name: 200, list: 100, /** Calls under way at once. */ pending: 32 };

type Read<T> = (value: unknown) => T;

function refuse(what: string): never {
  throw new TypeError(what);
}

const text = (most: number): Read<string> => (value) => (typeof value === 'string' && value.length <= most ? value : refuse('text'));
const flag: Read<boolean> = (value) => (typeof value === 'boolean' ? value : refuse('flag'));
const whole = (least: number, most: number): Read<number> => (value) => (Number.isInteger(value) && (value as number) >= least && (value as number) <= most ? (value as number) : refuse('number'));
const oneOf = <T extends string>(...allowed: readonly T[]): Read<T> => (value) => allowed.find((one) => one === value) ?? refuse('choice');
const nullOr = <T>(read: Read<T>): Read<T | null> => (value) => (value === null ? null : read(value));
const nothing: Read<null> = (value) => (value == null ? null : refuse('nothing'));

function record<T extends object>(fields: { readonly [K in keyof T]-?: Read<T[K]> }): Read<T> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('record');
    return Object.fromEntries(Object.entries<Read<unknown>>(fields as Record<string, Read<unknown>>).map(([key, read]) => [key, read(Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined)])) as T;
  };
}

const list = <T>(read: Read<T>): Read<readonly T[]> => (value) => (Array.isArray(value) && value.length <= limits.list ? Array.from(value, read) : refuse('list'));

const exitCode = whole(-1, 255);
const theme = oneOf('system', 'light', 'dark', 'contrast');
const language = oneOf('en', 'ko');
const scope = oneOf('task', 'lab');
const check = record<CheckResult>({ id: text(limits.name), title: text(limits.text), pass: flag, seen: text(limits.text) });
const grade = record<Grade>({ solved: flag, checks: list(check) });

/** Every method of the frame: what it takes (at most one thing) and what it answers. */
const methods = {
  start: [nothing, nothing],
  reset: [scope, nothing],
  run: [text(limits.command), record<RunResult>({ output: text(limits.output), exitCode })],
  type: [text(limits.keys), nothing],
  check: [nothing, grade],
  hint: [nothing, nullOr(text(limits.text))],
  undo: [nothing, flag],
  skip: [nothing, nullOr(text(limits.text))],
  pause: [flag, nothing],
  setTheme: [theme, nothing],
  setLang: [language, nothing],
  getState: [nothing, text(limits.state)],
  setState: [text(limits.state), nothing],
} as const satisfies Record<string, readonly [Read<unknown>, Read<unknown>]>;

export type Method = keyof typeof methods;
export type Argument<M extends Method> = ReturnType<(typeof methods)[M][0]>;
export type Answer<M extends Method> = ReturnType<(typeof methods)[M][1]>;

export const methodNames = Object.keys(methods) as readonly Method[];

const v: Read<typeof version> = (value) => (value === version ? version : refuse('version'));
const tasks = whole(0, 1000);
const base = { v, lab: text(limits.name), task: tasks };

const events: { readonly [K in EventName]: Read<LabEvents[K]> } = {
  ready: record<LabEvents['ready']>({ ...base, lang: language }),
  started: record<LabEvents['started']>({ ...base, title: text(limits.text), tasks }),
  command: record<LabEvents['command']>({ ...base, command: text(limits.command), exitCode }),
  check: record<LabEvents['check']>({ ...base, solved: flag, checks: list(check) }),
  solved: record<LabEvents['solved']>({ ...base, last: flag }),
  hint: record<LabEvents['hint']>({ ...base, count: whole(0, 1000), text: text(limits.text) }),
  reset: record<LabEvents['reset']>({ ...base, scope }),
  resize: record<LabEvents['resize']>({ ...base, height: whole(0, 100_000) }),
  error: record<LabEvents['error']>({ ...base, message: text(limits.text) }),
};

export const eventNames = Object.keys(events) as readonly EventName[];

/**
 * All that goes from window to window: the frame says that it is there, and the host offers a port, on which everything else is said.
 * Both are sent to one origin and heard from one window of one origin.
 */
export interface Greeting { readonly crashloop: typeof version; readonly type: 'here' | 'hello' }
export const here: Greeting = { crashloop: version, type: 'here' };
export const hello: Greeting = { crashloop: version, type: 'hello' };

/** The first message on the port, by which the host knows that it speaks to the frame it made: only that frame's address has the nonce. */
export interface Welcome { readonly type: 'welcome'; readonly nonce: string }
export interface Call { readonly type: 'call'; readonly id: number; readonly method: Method; readonly argument: unknown }
export type Reply = { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value: unknown } | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly message: string };
export interface Told<K extends EventName = EventName> { readonly type: 'event'; readonly name: K; readonly detail: LabEvents[K] }

const readGreeting = record<Greeting>({ crashloop: v, type: oneOf('here', 'hello') });
const readWelcomeStrictly = record<Welcome>({ type: oneOf('welcome'), nonce: text(limits.name) });
const id = whole(1, Number.MAX_SAFE_INTEGER);
const readCallStrictly = record<Omit<Call, 'argument'>>({ type: oneOf('call'), id, method: oneOf(...methodNames) });
const readReplyStrictly = record<{ type: 'reply'; id: number; ok: boolean }>({ type: oneOf('reply'), id, ok: flag });
const readToldStrictly = record<{ type: 'event'; name: EventName }>({ type: oneOf('event'), name: oneOf(...eventNames) });

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const field = (data: unknown, key: string) => (data as Record<string, unknown>)[key];

export const isGreeting = (data: unknown, type: Greeting['type']): boolean => attempt(() => readGreeting(data))?.type === type;

export const readWelcome = (data: unknown): Welcome | undefined => attempt(() => readWelcomeStrictly(data));

/** The number of a call that cannot be read otherwise, so that whoever made a mistake is told. */
export const readCallId = (data: unknown): number | undefined => attempt(() => id(field(data, 'id')));

export const readCall = (data: unknown): Call | undefined => attempt(() => {
  const call = readCallStrictly(data);
  return { ...call, argument: methods[call.method][0](field(data, 'argument')) };
});

/** `methodOf` tells which method a call of this number was of. */
export const readReply = (data: unknown, methodOf: (id: number) => Method | undefined): Reply | undefined => attempt(() => {
  const { type, id, ok } = readReplyStrictly(data);
  const method = methodOf(id) ?? refuse('number');
  return ok ? { type, id, ok, value: methods[method][1](field(data, 'value')) } : { type, id, ok, message: text(limits.text)(field(data, 'message')) };
});

export const readTold = (data: unknown): Told | undefined => attempt(() => {
  const { type, name } = readToldStrictly(data);
  return { type, name, detail: events[name](field(data, 'detail')) };
});
