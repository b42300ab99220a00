/**
 * kubectl edit: the object as YAML in an editor, then what was changed as a patch. A text the server or the parser does not take
 * is opened again with the complaint on top. Models kubectl pkg/cmd/util/editor. Not modelled: -o json, edit -f.
 */
import { environ, random, readFile, spawn, unlink, wait, writeFile, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf } from '../../../kernel/errno.ts';
import type { JsonObject } from '../../../base/json.ts';
import { createMergePatch } from '../../../base/patch.ts';
import { createStrategicPatch } from '../../../base/strategic.ts';
import { decodeUtf8, encodeUtf8 } from '../../../base/utf8.ts';
import { parseYaml, YamlError } from '../../../base/yaml.ts';
import { resourceOfKind } from '../../../api/registry.ts';
import { StatusError } from '../../../lib/kube/index.ts';
import { printObject } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { fullName, groupVersion, kindName } from '../discovery/resource.ts';
import { CliError, Exit } from '../errors.ts';
import { eprint } from '../io.ts';
import { report, validation, writeQuery } from '../report.ts';
import { NOTHING_ASKED } from '../resource/arguments.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects, type Found } from '../resource/objects.ts';
import { call, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';

const INTRO = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** The text without its comment lines, for comparing. */
const withoutComments = (text: string) => text.split('\n').filter((line) => !line.trimStart().startsWith('#')).join('\n');
const stripped = (text: string) => withoutComments(text).trim();

const show = (object: Obj) => printObject({ kind: 'yaml' }, object, { managedFields: false, noHeaders: false, missingKeys: true });

/** Opens the editor on a file. → its command when it failed, null when it ended well. */
function* runEditor(path: string): Coroutine<string | null> {
  const env = yield* environ();
  const editor = env.KUBE_EDITOR || env.EDITOR || 'vi';
  const words = editor.split(' ').filter((word) => word !== '');
  // What is more than a word and its arguments goes to a shell, as upstream does.
  const argv = /["'\\]/.test(editor) ? [env.SHELL || '/bin/bash', '-c', `${editor} ${JSON.stringify(path)}`] : [...words, path];
  let pid: number;
  try {
    pid = yield* spawn({ path: argv[0]!, argv });
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    yield* unlink(path);
    throw new CliError(`unable to launch the editor ${JSON.stringify(editor)}`);
  }
  const ended = yield* wait(pid);
  return ended?.status.code === 0 ? null : editor;
}

/** What came of a saved text: done, or a heading for the next look at it. */
type Attempt = { readonly done: true } | { readonly done: false; readonly heading: string };
const again = (title: string, lines: readonly string[]): Attempt => ({ done: false, heading: `# ${title}${lines.length > 0 ? ':' : ''}\n${lines.map((line) => `# * ${line.replace(/\n/g, '\n# ')}\n`).join('')}#\n` });

/** Ends the run with an error; the text is kept. */
function* keep(path: string, why: string): Coroutine<never> {
  yield* eprint(`A copy of your changes has been stored to "${path}"\n`);
  throw new CliError(why);
}

function* refused(caught: StatusError, { resource, name }: Found, path: string): Coroutine<Attempt> {
  const label = `${fullName(resource)} "${name}"`;
  if (caught.reason === 'Invalid') {
    yield* eprint(`error: ${label} is invalid\n`);
    return again(`${label} was not valid`, (caught.status.details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`));
  }
  if (caught.reason === 'NotFound') throw new Exit(1, `error: ${label} could not be found on the server\nThe edits you made on deleted resources have been saved to "${path}"`);
  throw new Exit(1, `error: ${label} could not be patched: ${caught.message}\nYou can run \`kubectl replace -f ${path}\` to try this update again.`);
}

/** Sends what changed. */
function* save(cli: Cli, found: Found, next: Obj, path: string): Coroutine<Attempt> {
  const { resource, namespace, name, object } = found;
  if (metaOf(next).name !== name || next.kind !== object.kind || next.apiVersion !== object.apiVersion) yield* keep(path, 'At least one of apiVersion, kind and name was changed');
  const builtIn = resourceOfKind(groupVersion(resource), resource.kind) !== undefined;
  const patch = builtIn ? createStrategicPatch(object as JsonObject, next as JsonObject) : createMergePatch(object as JsonObject, next as JsonObject);
  if (Object.keys(patch).length === 0) {
    yield* report(cli, resource, object, 'skipped');
    return { done: true };
  }
  try {
    const result = (yield* call(cli, {
      method: 'PATCH', path: pathTo(resource, namespace, name), contentType: builtIn ? PATCH.strategic : PATCH.merge, body: patch as Json, about: resource.name, name, query: writeQuery(cli, 'kubectl-edit', { fieldValidation: validation(cli) }),
    })) as Obj;
    yield* report(cli, resource, result, 'edited');
    return { done: true };
  } catch (caught) {
    if (!(caught instanceof StatusError)) throw caught;
    return yield* refused(caught, found, path);
  }
}

/** The text as an object, or why it is none. */
function parse(text: string): { readonly value: Obj } | { readonly error: string } {
  try {
    const value = parseYaml(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { error: 'invalid object to validate' };
    const missing = ['apiVersion', 'kind'].filter((key) => !(value as Obj)[key]).map((key) => `${key} not set`);
    return missing.length === 0 ? { value: value as Obj } : { error: missing.length === 1 ? missing[0]! : `[${missing.join(', ')}]` };
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    return { error: caught.message };
  }
}

/** Without the comment lines at its beginning, which a new heading replaces. */
function withoutHeading(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !line.startsWith('#'));
  return lines.slice(Math.max(0, first)).join('\n');
}

function* editOne(cli: Cli, found: Found): Coroutine<void> {
  const original = show(found.object);
  const invalid = `${fullName(found.resource)} "${found.name}"`;
  let text = original, heading = '', previous: string | null = null;
  for (;;) {
    const [number = 0] = yield* random('kubectl/edit');
    const path = `/tmp/kubectl-edit-${number}.yaml`;
    yield* writeFile(path, encodeUtf8(INTRO + heading + text), 0o600);
    const editor = yield* runEditor(path);
    if (editor !== null) yield* keep(path, `there was a problem with the editor ${JSON.stringify(editor)}`);
    const saved = decodeUtf8(yield* readFile(path));
    if (previous !== null && stripped(saved) === stripped(previous)) yield* keep(path, 'Edit cancelled, no valid changes were saved.');
    const same = stripped(saved) === stripped(original);
    if (same || stripped(saved) === '') {
      yield* unlink(path);
      return yield* eprint(same ? 'Edit cancelled, no changes made.\n' : 'Edit cancelled, saved file was empty.\n');
    }
    const parsed = parse(withoutComments(saved));
    if ('error' in parsed) yield* eprint(`error: ${invalid} is invalid\n`);
    const attempt = 'error' in parsed ? again(`${invalid} was not valid`, [`<nil>: Invalid value: "The edited file failed validation": ${parsed.error}`]) : yield* save(cli, found, parsed.value, path);
    yield* unlink(path);
    if (attempt.done) return;
    previous = saved;
    text = withoutHeading(saved);
    heading = attempt.heading;
  }
}

/** Runs the command. */
export function* edit(cli: Cli): Coroutine<number> {
  if (cli.args.length === 0 && filesOf(cli.flags).length === 0) throw new CliError(NOTHING_ASKED);
  const { objects } = yield* askedObjects(cli, cli.args, { all: cli.args.length === 1 && !cli.args[0]!.includes('/') });
  if (objects.length === 0) throw new CliError('edit cancelled, no objects found');
  if (objects.length > 1) throw new Exit(1, `error: editing several objects at once is not available in this lab; name one of: ${objects.map(({ resource, name }) => `${kindName(resource)}/${name}`).join(', ')}`);
  yield* editOne(cli, objects[0]!);
  return 0;
}
