/**
 * Entries of a log that comes from anywhere. What a page or a lab puts into an input by itself (a login's shell, a fault's command) is
 * put in again from here, so that nothing but what a learner can do is taken from outside.
 */
import type { Input } from '../../kernel/world.ts';
import type { LabDefinition } from '../../labs/schema.ts';
import { ENV, HOST } from './node.ts';
import { loginInput } from './terminals.ts';
import type { LogEntry } from './types.ts';

type Raw<K extends Input['kind']> = { readonly [Key in keyof Extract<Input, { kind: K }>]?: unknown };

const isTty = (name: unknown): boolean => typeof name === 'string' && /^pts\/[0-9]$/.test(name);
/** A byte is a code unit up to 255. */
const isBytes = (value: unknown): boolean => typeof value === 'string' && !/[^\0-\xff]/.test(value);
const isSize = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0 && (value as number) <= 1000;
const isReply = (value: unknown): boolean => {
  const { event, text, code } = (value ?? {}) as { readonly event?: unknown; readonly text?: unknown; readonly code?: unknown };
  return event === 'save' ? isBytes(text) : event === 'quit' && (code === 0 || code === 1);
};

const JUDGES: { readonly [K in Input['kind']]: (input: Raw<K>) => boolean } = {
  login: ({ tty, cols, rows }) => isTty(tty) && isSize(cols) && isSize(rows),
  hangup: ({ tty }) => isTty(tty),
  keys: ({ tty, bytes }) => isTty(tty) && isBytes(bytes),
  resize: ({ tty, cols, rows }) => isTty(tty) && isSize(cols) && isSize(rows),
  device: ({ id, reply }) => Number.isSafeInteger(id) && isReply(reply),
  file: ({ host, path, data }) => host === HOST && typeof path === 'string' && path.startsWith('/') && isBytes(data),
  exec: ({ id }) => Number.isSafeInteger(id),
  power: () => false,
};

export function isInput(value: unknown): value is Input {
  const kind = (value as Input | null | undefined)?.kind;
  return typeof kind === 'string' && Object.hasOwn(JUDGES, kind) && JUDGES[kind](value as never);
}

/** Commands of the faults that arrive during a sitting, in their order. */
export const faultsOf = (definition: LabDefinition): string[] => definition.tasks.slice(1).flatMap(({ faults }) => faults.flatMap(({ run }) => run));

/** The log with what is ours in it. */
export function withOurs(entries: readonly LogEntry[], definition: LabDefinition): readonly LogEntry[] {
  const commands = faultsOf(definition);
  let next = 0;
  const ours = (input: Input): Input => {
    if (input.kind === 'login') return loginInput(input.cols, input.rows, input.tty);
    return input.kind === 'exec' ? { kind: 'exec', host: HOST, id: input.id, argv: ['/bin/bash', '-c', commands[next++]!], env: ENV, cwd: '/root' } : input;
  };
  return entries.map((entry) => ({ step: entry.step, at: entry.at, input: ours(entry.input) }));
}
