/**
 * What a command that changes something says about it: `deployment.apps/app scaled`, or the object itself with -o. And the rehearsal
 * that --dry-run asks for.
 */
import type { Coroutine } from '../../kernel/sys.ts';
import { printObject } from '../../lib/printers/index.ts';
import type { Cli } from './cli.ts';
import { kindName, type Resource } from './discovery/resource.ts';
import { CliError } from './errors.ts';
import { print } from './io.ts';
import { formatFor } from './output.ts';
import { metaOf, type Obj } from './rest.ts';

export type DryRun = 'none' | 'client' | 'server';

/** `--dry-run`. Throws CliError. */
export function dryRunOf(cli: Cli): DryRun {
  if (!cli.flags.values.has('dry-run')) return 'none';
  const text = cli.flags.string('dry-run');
  if (text === 'unchanged') return 'client';
  if (text !== 'none' && text !== 'client' && text !== 'server') throw new CliError(`Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
  return text;
}

/** `--validate` as the server's fieldValidation. Throws CliError. */
export function validation(cli: Cli): 'Strict' | 'Warn' | 'Ignore' {
  const text = cli.flags.values.has('validate') ? cli.flags.string('validate') : 'strict';
  if (text === 'true' || text === 'strict') return 'Strict';
  if (text === 'warn') return 'Warn';
  if (text === 'false' || text === 'ignore') return 'Ignore';
  throw new CliError(`invalid - validate option ${JSON.stringify(text)}`);
}

/** Query parameters of a write. */
export const writeQuery = (cli: Cli, manager: string, extra: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  fieldManager: cli.flags.values.has('field-manager') && cli.flags.string('field-manager') !== '' ? cli.flags.string('field-manager') : manager,
  ...(dryRunOf(cli) === 'server' ? { dryRun: 'All' } : {}), ...extra,
});

const SUFFIX: Readonly<Record<DryRun, string>> = { none: '', client: ' (dry run)', server: ' (server dry run)' };

/** What is printed for an object a command has worked on. */
export function* reportText(cli: Cli, resource: Resource, object: Obj, operation: string, printed = 0): Coroutine<string> {
  const output = cli.flags.values.has('output') ? cli.flags.string('output') : '';
  if (output === '') return `${kindName(resource)}/${metaOf(object).name} ${operation}${SUFFIX[dryRunOf(cli)]}\n`;
  const format = yield* formatFor(output, cli.flags.values.has('template') ? cli.flags.string('template') : '');
  if (format.kind === 'human') throw new CliError(`unable to match a printer suitable for the output format "${output}", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml`);
  const separator = format.kind === 'yaml' && printed > 0 ? '---\n' : '';
  return separator + printObject(format, object, { managedFields: cli.flags.values.has('show-managed-fields') && cli.flags.bool('show-managed-fields'), noHeaders: false, missingKeys: !cli.flags.values.has('allow-missing-template-keys') || cli.flags.bool('allow-missing-template-keys') });
}

export function* report(cli: Cli, resource: Resource, object: Obj, operation: string, printed = 0): Coroutine<void> {
  yield* print(yield* reportText(cli, resource, object, operation, printed));
}
