/**
 * Errors on their way to the user and the words kubectl puts them into. Models kubectl pkg/cmd/util CheckErr.
 */
import { GoError, goQuote } from '../../lib/net/index.ts';
import { ConfigError } from '../../lib/kubeconfig/index.ts';
import { StatusError } from '../../lib/kube/index.ts';

/** An error of kubectl itself: printed after `error: `. */
export class CliError extends Error {}

/** The server knows no such resource type. */
export class NoResourceMatch extends Error {
  constructor(resource: string, group = '', version = '') {
    const where = group !== '' && version !== '' ? ` in group ${goQuote(group)} and version ${goQuote(version)}` : group !== '' ? ` in group ${goQuote(group)}` : version !== '' ? ` in version ${goQuote(version)}` : '';
    super(`the server doesn't have a resource type ${goQuote(resource)}${where}`);
  }
}

/** Several errors at once. */
export class Aggregate extends Error {
  readonly errors: readonly unknown[];
  constructor(errors: readonly unknown[]) {
    super(aggregateText(errors));
    this.errors = errors;
  }
}

/** Ends the run with this code and, when `text` is not empty, with these words as they stand. */
export class Exit extends Error {
  readonly code: number;
  readonly text: string;
  constructor(code: number, text = '') {
    super(text === '' ? 'exit' : text);
    this.code = code;
    this.text = text;
  }
}

/** The command's help goes to standard output; then the run ends, with these words unless they are empty (and then well). */
export class HelpWanted extends Error {}

/** `cmdutil.UsageErrorf`. */
export const usageError = (path: string, message: string) => new CliError(`${message}\nSee '${path} -h' for help and examples`);

/** Is this an outcome of the run, to be told to the user? Anything else is a bug of ours and is thrown on. */
export const isUserError = (caught: unknown): caught is Error =>
  caught instanceof CliError || caught instanceof GoError || caught instanceof NoResourceMatch || caught instanceof Aggregate || caught instanceof Exit || caught instanceof HelpWanted;

/** `err.Error()`. */
export const errorText = (error: unknown) => (error instanceof Error ? error.message : String(error));

function aggregateText(errors: readonly unknown[]): string {
  const texts = [...new Set(errors.map(errorText))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`;
}

/** Throws what was collected: nothing, the one error, or all of them. */
export function throwAll(errors: readonly unknown[]): void {
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new Aggregate(errors);
}

/** `get` hands a failed request on inside two aggregates, so that no `error:` stands before its text. */
export const lostConnection = (error: unknown): unknown => (error instanceof GoError && !(error instanceof StatusError) ? new Aggregate([new Aggregate([error])]) : error);

const URL_ERROR = /^(?:Get|Head|Post|Put|Patch|Delete) "((?:[^"\\]|\\.)*)": /;

/** The standard words for errors of the server and of the way to it; null for all others. */
export function standardMessage(error: unknown): string | null {
  if (error instanceof StatusError) {
    if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
    return error.reason === '' ? `Error from server: ${error.message}` : `Error from server (${error.reason}): ${error.message}`;
  }
  if (!(error instanceof GoError)) return null;
  const url = URL_ERROR.exec(error.message);
  if (url === null || error.message.includes(' - error from a previous attempt: ')) return null;
  const why = error.message.slice(url[0].length);
  if (why.includes('connection refused')) {
    const host = /^[a-z]+:\/\/([^/?]*)/.exec(url[1]!)?.[1] ?? url[1]!;
    return `The connection to the server ${host} was refused - did you specify the right host or port?`;
  }
  return `Unable to connect to the server: ${why}`;
}

const messageFor = (error: unknown) => standardMessage(error) ?? errorText(error);

/** A heading with one message behind it, or a list of several under it. */
function multiline(prefix: string, messages: readonly string[]): string {
  return messages.length === 1 ? `${prefix}${messages[0]}\n` : `${prefix}\n${messages.map((text) => `* ${text}\n`).join('')}`;
}

function invalidText(error: StatusError): string {
  const details = error.status.details;
  if (details === undefined) return error.message === '' ? 'The request is invalid' : `The request is invalid: ${error.message}`;
  const named = (details.kind ?? '') !== '' || (details.name ?? '') !== '';
  const title = named ? `The ${details.kind ?? ''} ${goQuote(details.name ?? '')} is invalid` : 'The request is invalid';
  if (!named && (details.causes ?? []).length === 0 && error.message !== '') return `The request is invalid: ${error.message}`;
  const causes = [...new Set((details.causes ?? []).map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`))];
  return causes.length === 0 ? title : multiline(`${title}: `, causes);
}

/** What is printed on standard error for an error that ends the run; '' for nothing. */
export function fatalText(error: unknown): string {
  const line = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
  if (error instanceof Exit) return line(error.text);
  if (error instanceof HelpWanted && error.message === '') return '';
  if (error instanceof Aggregate && error.errors.length === 1 && !(error.errors[0] instanceof Aggregate)) return fatalText(error.errors[0]);
  if (error instanceof StatusError && error.reason === 'Invalid') return line(invalidText(error));
  if (error instanceof ConfigError) return multiline('Error in configuration: ', error.causes.length === 0 ? [error.message] : error.causes);
  if (error instanceof NoResourceMatch) return line(`error: ${error.message}`);
  if (error instanceof Aggregate) return error.errors.flatMap((it) => (it instanceof Aggregate ? it.errors : [it])).map((inner) => `${messageFor(inner)}\n`).join('');
  const standard = standardMessage(error);
  if (standard !== null) return line(standard);
  const text = errorText(error);
  return line(text.startsWith('error: ') ? text : `error: ${text}`);
}

/** The exit code for it. */
export const exitCode = (error: unknown) => (error instanceof Exit ? error.code : error instanceof HelpWanted && error.message === '' ? 0 : 1);

/** `cmdutil.AddSourceToErr`: which file was being worked on when the server said no. */
export function fromSource(verb: string, source: string, error: unknown): unknown {
  if (source === '') return error;
  const text = `error when ${verb} ${goQuote(source)}: ${errorText(error)}`;
  if (error instanceof StatusError) return new StatusError({ ...error.status, message: text });
  return error instanceof Error && isUserError(error) ? new CliError(text) : error;
}
