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
import { eprint, print } from '../io.ts';
import { report, writeQuery } from '../report.ts';
import { NOTHING_ASKED } from '../resource/arguments.ts';
import { askedObjects, type Found } from '../resource/objects.ts';
import { call, metaOf, PATCH, pathTo, type Obj } from '../rest.ts';

const INTRO = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** The text without its comment lines, for comparing. */
const stripped = (text: string) => text.split('\n').filter((line) => !line.trimStart().startsWith('#')).join('\n').trim();

/** The complaints under the heading of the reopened file. */
const complaints = (title: string, lines: readonly string[]) => `# ${title}\n${lines.map((line) => `# * ${line}\n`).join('')}#\n`;

const show = (object: Obj) => printObject({ kind: 'yaml' }, object, { managedFields: false, noHeaders: false, missingKeys: true });

/** Opens the editor on a file. → its exit code. */
function* runEditor(path: string): Coroutine<number> {
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
    throw new CliError(`unable to launch the editor "${editor}"`);
  }
  const ended = yield* wait(pid);
  return ended?.status.code ?? 1;
}

function* edited(path: string): Coroutine<string> {
  return decodeUtf8(yield* readFile(path));
}

interface Attempt { readonly complaint: string | null; readonly done: boolean }

/** Sends what changed. A refusal that a better text could mend is given back as a complaint. */
function* save(cli: Cli, found: Found, next: Obj): Coroutine<Attempt> {
  const { resource, namespace, name, object } = found;
  const meta = metaOf(next);
  if (meta.name !== name || (meta.namespace ?? '') !== namespace || next.kind !== object.kind || next.apiVersion !== object.apiVersion) {
    return { complaint: complaints(`${fullName(resource)} "${name}" was not valid:`, ['At least one of apiVersion, kind and name was changed']), done: false };
  }
  const builtIn = resourceOfKind(groupVersion(resource), resource.kind) !== undefined;
  const patch = builtIn ? createStrategicPatch(object as JsonObject, next as JsonObject) : createMergePatch(object as JsonObject, next as JsonObject);
  if (Object.keys(patch).length === 0) {
    yield* report(cli, resource, object, 'skipped');
    return { complaint: null, done: true };
  }
  try {
    const result = (yield* call(cli, {
      method: 'PATCH', path: pathTo(resource, namespace, name), contentType: builtIn ? PATCH.strategic : PATCH.merge, body: patch as Json, about: resource.name, name, query: writeQuery(cli, 'kubectl-edit', { fieldValidation: 'Strict' }),
    })) as Obj;
    yield* report(cli, resource, result, 'edited');
    return { complaint: null, done: true };
  } catch (caught) {
    if (!(caught instanceof StatusError)) throw caught;
    if (caught.reason === 'Invalid') {
      const causes = caught.status.details?.causes ?? [];
      return { complaint: complaints(`${fullName(resource)} "${name}" was not valid:`, causes.map(({ field, message }) => `${field}: ${message}`)), done: false };
    }
    if (caught.reason === 'NotFound') throw caught;
    yield* eprint(`error: ${fullName(resource)} "${name}" could not be patched: ${caught.message}\n`);
    return { complaint: complaints(`${fullName(resource)} "${name}" could not be patched:`, [caught.message]), done: false };
  }
}

/** A complaint without a way on: the text is kept and the run fails. */
function* giveUp(path: string, why: string): Coroutine<never> {
  yield* eprint(`A copy of your changes has been stored to "${path}"\n`);
  throw new CliError(why);
}

function parse(text: string, { resource, name }: Found): { readonly value: Obj | null; readonly complaint: string } {
  try {
    const value = parseYaml(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value: value as Obj, complaint: '' };
    return { value: null, complaint: '# The edited file failed validation: invalid object to validate\n#\n' };
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    return { value: null, complaint: complaints(`${fullName(resource)} "${name}" was not valid:`, [`<nil>: Invalid value: "The edited file failed validation": ${caught.message}`]) };
  }
}

function* editOne(cli: Cli, found: Found): Coroutine<void> {
  const original = show(found.object);
  const [number = 0] = yield* random('kubectl/edit');
  const path = `/tmp/kubectl-edit-${number}.yaml`;
  let text = original, heading = INTRO, reopened = false, previous = '';
  for (;;) {
    yield* writeFile(path, encodeUtf8(heading + text), 0o600);
    const code = yield* runEditor(path);
    if (code !== 0) yield* giveUp(path, `there was a problem with the editor "${(yield* environ()).KUBE_EDITOR || (yield* environ()).EDITOR || 'vi'}"`);
    const now = yield* edited(path);
    if (reopened && stripped(now) === stripped(previous)) return yield* giveUp(path, 'Edit cancelled, no valid changes were saved.');
    if (stripped(now) === '') {
      yield* unlink(path);
      return yield* eprint('Edit cancelled, saved file was empty.\n');
    }
    if (stripped(now) === stripped(original)) {
      yield* unlink(path);
      return yield* print('Edit cancelled, no changes made.\n');
    }
    const { value, complaint } = parse(now, found);
    const attempt: Attempt = value === null ? { complaint, done: false } : yield* save(cli, found, value);
    if (attempt.done) {
      yield* unlink(path);
      return;
    }
    previous = now;
    text = now.split('\n').filter((line, i, all) => !(line.startsWith('#') && all.slice(0, i).every((before) => before.startsWith('#')))).join('\n');
    heading = INTRO + (attempt.complaint ?? '');
    reopened = true;
  }
}

/** Runs the command. */
export function* edit(cli: Cli): Coroutine<number> {
  if (cli.args.length === 0 && cli.flags.list('filename').length === 0) throw new CliError(NOTHING_ASKED);
  const { objects } = yield* askedObjects(cli, cli.args, { all: cli.args.length === 1 && !cli.args[0]!.includes('/') });
  if (objects.length === 0) throw new CliError('edit cancelled, no objects found');
  if (objects.length > 1) throw new Exit(1, `error: editing several objects at once is not available in this lab; name one of: ${objects.map(({ resource, name }) => `${kindName(resource)}/${name}`).join(', ')}`);
  yield* editOne(cli, objects[0]!);
  return 0;
}
