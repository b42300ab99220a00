/**
 * `npm run -s sim -- [options] [SCRIPT]`: plays a session on the lab's terminal without a browser and prints what
 * the terminal shows. Exit status 0 when the script ran to its end, 2 on a harness error.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { labs } from '../labs/index.ts';
import { openSession } from '../session/core/index.ts';
import type { CheckResult, InputLog, Lang, Session } from '../session/core/index.ts';
import { plainText } from '../session/core/screen.ts';
import { ScriptError, ScriptPlayer } from '../session/core/script.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import { buildId } from './build-id.mjs';

class UsageError extends Error {}

/** Node's parser, whose complaints are the caller's to read. */
const parsed: typeof parseArgs = (config) => {
  try {
    return parseArgs(config);
  } catch (caught) {
    throw new UsageError((caught as Error).message);
  }
};

function options() {
  const { values, positionals } = parsed({ allowPositionals: true, options: {
    lab: { type: 'string', default: 'control-plane-failure' }, task: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, lang: { type: 'string', default: 'en' },
    cols: { type: 'string', default: '120' }, rows: { type: 'string', default: '40' }, raw: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, replay: { type: 'string' }, hash: { type: 'boolean', default: false } } });
  const number = (name: 'task' | 'seed' | 'cols' | 'rows'): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 0) throw new UsageError(`--${name} ${values[name]} is not a number`);
    if (name !== 'seed' && value < 1) throw new UsageError(`--${name} ${value}: at least 1`);
    return value;
  };
  if (values.lang !== 'en' && values.lang !== 'ko') throw new UsageError(`--lang ${values.lang}: en or ko`);
  if (labs.get(values.lab) === undefined) throw new UsageError(`there is no lab ${values.lab}`);
  if (positionals.length > 1) throw new UsageError('one SCRIPT at most');
  return { lab: values.lab, lang: values.lang as Lang, raw: values.raw, json: values.json, replay: values.replay, hash: values.hash, script: positionals[0], task: number('task'), seed: number('seed'), cols: number('cols'), rows: number('rows') };
}

/** Hands out the terminal's stream piece by piece. */
class Printer {
  #at = 0;
  /** An unfinished line (a prompt) that stood back for lines of ours. */
  #rest = '';
  readonly #session: Session;
  readonly #raw: boolean;
  constructor(session: Session, raw: boolean) {
    this.#session = session;
    this.#raw = raw;
  }
  /** What was printed since the last call. */
  take(): string {
    const { data, at } = this.#session.output(this.#at);
    this.#at = at;
    const text = this.#rest + decodeUtf8(data);
    this.#rest = '';
    return this.#raw ? text : plainText(text);
  }
  /** The same, up to the last whole line: the prompt then comes after what is printed in between. */
  takeLines(): string {
    const { data, at } = this.#session.output(this.#at);
    this.#at = at;
    const text = this.#rest + decodeUtf8(data);
    const end = text.lastIndexOf('\n') + 1;
    this.#rest = text.slice(end);
    return this.#raw ? text.slice(0, end) : plainText(text.slice(0, end));
  }
}

const showChecks = (results: readonly CheckResult[]): string => results.map((r) => (r.pass ? `=> pass ${r.id}\n` : `=> fail ${r.id}: ${r.seen}\n`)).join('');

function main(): number {
  const opts = options();
  if (opts.replay !== undefined) return replay(opts.replay, opts.raw, opts.hash);
  const script = readFileSync(opts.script ?? 0, 'utf8');
  const session = openSession({ lab: opts.lab, task: opts.task - 1, seed: opts.seed, lang: opts.lang, cols: opts.cols, rows: opts.rows });
  const printer = new Printer(session, opts.raw);
  if (opts.task > 1) printer.takeLines();
  const json = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
  const seconds = (): number => (session.world.now - session.world.birth) / 1e6;
  let typedAt = seconds();
  const player = new ScriptPlayer(session, {
    command: (command) => {
      const output = printer.takeLines();
      if (opts.json) json({ at: typedAt, command, output: output.slice(output.indexOf('\n') + 1), exitCode: session.exitCode() });
      else process.stdout.write(output);
      typedAt = seconds();
    },
    checked: (results) => {
      if (opts.json) json({ checks: results });
      else process.stdout.write(`${printer.takeLines()}${showChecks(results)}`);
    },
    notice: (text) => process.stderr.write(`sim: ${text}\n`),
  });
  try {
    player.play(script);
  } finally {
    if (!opts.json) process.stdout.write(printer.take());
  }
  if (!opts.json) process.stdout.write('\n');
  if (opts.hash) process.stdout.write(`=> hash ${session.hash()}\n`);
  for (const crash of session.world.crashes) process.stderr.write(`sim: ${crash}\n`);
  return 0;
}

function replay(file: string, raw: boolean, hash: boolean): number {
  const log = JSON.parse(readFileSync(file, 'utf8')) as InputLog;
  // Another build may do something else with the same inputs.
  if (log.build !== buildId()) process.stderr.write(`sim: the log is of build ${log.build}, this is ${buildId()}\n`);
  const session = openSession({ lab: log.lab, seed: log.seed, cols: log.cols, rows: log.rows, saved: { log, task: log.task, lang: 'en', hintsShown: 0 } });
  process.stdout.write(`${new Printer(session, raw).take()}\n`);
  if (hash) process.stdout.write(`=> hash ${session.hash()}\n`);
  return 0;
}

try {
  process.exitCode = main();
} catch (caught) {
  const where = caught instanceof ScriptError ? `line ${caught.line}: ` : '';
  const expected = caught instanceof ScriptError || caught instanceof UsageError;
  process.stderr.write(`sim: ${where}${expected ? (caught as Error).message : (caught as Error).stack}\n`);
  process.exitCode = 2;
}
