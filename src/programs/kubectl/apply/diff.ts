/**
 * kubectl diff: what apply would change, as the server would have it, shown by diff(1) or $KUBECTL_EXTERNAL_DIFF.
 * Models kubectl pkg/cmd/diff. Not modelled: --server-side, --prune, kustomizations.
 */
import { environ, mkdir, random, readDir, rmdir, spawn, unlink, wait, writeFile, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf } from '../../../kernel/errno.ts';
import { encodeUtf8 } from '../../../base/utf8.ts';
import { isReason } from '../../../lib/kube/index.ts';
import { printObject } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { groupVersion } from '../discovery/resource.ts';
import { CliError, Exit, throwAll } from '../errors.ts';
import { filesOf } from '../resource/files.ts';
import { fileTargets, type Target } from '../resource/targets.ts';
import { call, field, getOne, metaOf, pathTo, type Obj } from '../rest.ts';
import { applyPatch } from './apply.ts';

const MANAGER = 'kubectl-client-side-apply';
const QUERY = { dryRun: 'All', fieldManager: MANAGER };

/** As the manifest was written down when it was applied: with annotations, even if there are none. */
const withAnnotations = (object: Obj): Obj => ({ ...object, metadata: { ...field(object, 'metadata'), annotations: { ...metaOf(object).annotations } } });

/** The object as it is (null: not there), and as it would be. */
function* versions(cli: Cli, { resource, namespace, name, object }: Target): Coroutine<{ readonly live: Obj | null; readonly merged: Obj }> {
  let live: Obj | null = null;
  try {
    live = yield* getOne(cli, resource, namespace, name!);
  } catch (caught) {
    if (!isReason(caught, 'NotFound')) throw caught;
  }
  if (live === null) return { live, merged: (yield* call(cli, { method: 'POST', path: pathTo(resource, namespace), body: object as Json, about: resource.name, query: QUERY })) as Obj };
  const { patch, type } = applyPatch(withAnnotations(object!), live, groupVersion(resource));
  return { live, merged: (yield* call(cli, { method: 'PATCH', path: pathTo(resource, namespace, name!), contentType: type, body: patch as Json, about: resource.name, name: name!, query: QUERY })) as Obj };
}

/** Values of a Secret are not shown, only whether they differ. */
function masked({ live, merged }: { readonly live: Obj | null; readonly merged: Obj }): { readonly live: Obj | null; readonly merged: Obj } {
  if (merged.kind !== 'Secret') return { live, merged };
  const [before, after] = [field(live ?? {}, 'data'), field(merged, 'data')];
  const mask = (values: Obj, other: Obj, word: string): Obj => Object.fromEntries(Object.keys(values).map((key) => [key, key in other && other[key] !== values[key] ? `*** (${word})` : '***']));
  return { live: live === null ? null : { ...live, data: mask(before, after, 'before') }, merged: { ...merged, data: mask(after, before, 'after') } };
}

const yaml = (object: Obj): string => encodeUtf8(printObject({ kind: 'yaml' }, object, { managedFields: false, noHeaders: false, missingKeys: true }));

function* directory(name: string): Coroutine<string> {
  const [word = 0] = yield* random('kubectl/diff');
  const path = `/tmp/${name}-${word}`;
  yield* mkdir(path, 0o700);
  return path;
}

function* clear(path: string): Coroutine<void> {
  for (const { name } of yield* readDir(path)) yield* unlink(`${path}/${name}`);
  yield* rmdir(path);
}

/** Runs the comparing program on the two directories; → its exit code. */
function* compare(from: string, to: string): Coroutine<number> {
  const [program = 'diff', ...more] = ((yield* environ()).KUBECTL_EXTERNAL_DIFF ?? 'diff').split(' ').filter((word) => word !== '');
  const argv = [program, ...(more.length === 0 && program === 'diff' ? ['-u', '-N'] : more), from, to];
  try {
    return (yield* wait(yield* spawn({ path: program, argv })))?.status.code ?? 1;
  } catch (caught) {
    if (errnoOf(caught) === null) throw caught;
    throw new CliError(`failed to run ${JSON.stringify(program)}: exec: ${JSON.stringify(program)}: executable file not found in $PATH`);
  }
}

/** Exit code 1 when there are differences, more when something failed. */
export function* diff(cli: Cli): Coroutine<number> {
  const files = filesOf(cli.flags);
  if (files.length === 0) throw new Exit(2, 'error: must specify one of -f and -k');
  const { targets, errors } = yield* fileTargets(cli, files, cli.flags.bool('recursive'), false);
  throwAll(errors);
  const [from, to] = [yield* directory('LIVE'), yield* directory('MERGED')];
  try {
    for (const target of targets) {
      const { live, merged } = masked(yield* versions(cli, target));
      const name = `${groupVersion(target.resource).replace('/', '.')}.${target.resource.kind}.${metaOf(merged).namespace ?? ''}.${metaOf(merged).name}`;
      if (live !== null) yield* writeFile(`${from}/${name}`, yaml(live), 0o600);
      yield* writeFile(`${to}/${name}`, yaml(merged), 0o600);
    }
    const code = yield* compare(from, to);
    if (code > 1) throw new Exit(code, `error: exit status ${code}`);
    return code;
  } finally {
    yield* clear(from);
    yield* clear(to);
  }
}
