/** kubectl describe: one object, several, or all whose name begins so. Models kubectl pkg/cmd/describe. */
import { now, type Coroutine } from '../../../kernel/sys.ts';
import { describerOf } from '../../../api/describe/index.ts';
import { isReason } from '../../../lib/kube/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { CliError, errorText, isUserError, throwAll } from '../errors.ts';
import { eprint, print } from '../io.ts';
import { filesOf } from '../resource/files.ts';
import { fetchObjects, listObjects, wantedBy, type Found } from '../resource/objects.ts';
import { targetsOf, type Target } from '../resource/targets.ts';
import { metaOf } from '../rest.ts';
import { relatedTo } from './related.ts';

/** The description of one object. */
function* descriptionOf(cli: Cli, found: Found): Coroutine<string> {
  const describer = describerOf(found.resource.group, found.resource.kind);
  const related = yield* relatedTo(cli, found, describer.needs, describer.withEvents && cli.flags.bool('show-events'));
  return describer.describe(found.object as never, related, yield* now());
}

/** All objects whose name begins with the word, when none is named exactly so. Throws `original` when there is none. */
function* byPrefix(cli: Cli, { resource, namespace, name }: Target, original: unknown): Coroutine<Found[]> {
  const all = yield* listObjects(cli, resource, namespace);
  const found = all.filter((object) => metaOf(object).name.startsWith(name!)).map((object) => ({ resource, namespace: metaOf(object).namespace ?? '', name: metaOf(object).name, object, source: '' }));
  if (found.length === 0) throw original;
  return found;
}

/** `guessed`: no object has that name, these only begin with it. */
function* objectsOf(cli: Cli, targets: readonly Target[], errors: unknown[]): Coroutine<{ readonly found: readonly Found[]; readonly guessed: boolean }> {
  try {
    const fetched = yield* fetchObjects(cli, targets, { labelSelector: cli.flags.string('selector') });
    errors.push(...fetched.errors);
    return { found: fetched.objects, guessed: false };
  } catch (caught) {
    if (!(caught instanceof GoError) || !isReason(caught, 'NotFound') || cli.args.length !== 2) throw caught;
    const found = yield* byPrefix(cli, targets[0]!, caught);
    return { found, guessed: true };
  }
}

/** Runs the command. */
export function* describe(cli: Cli): Coroutine<number> {
  if (cli.args.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.');
  const errors: unknown[] = [];
  const targets = yield* targetsOf(cli, wantedBy(cli, cli.args, { all: true }));
  const { found: objects, guessed } = yield* objectsOf(cli, targets, errors);
  let first = true;
  for (const found of objects) {
    try {
      const text = yield* descriptionOf(cli, found);
      yield* print(guessed ? `${text}\n` : first ? text : `\n\n${text}`);
      first = false;
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      if (!errors.some((other) => errorText(other) === errorText(caught))) errors.push(caught);
    }
  }
  if (objects.length === 0 && errors.length === 0) yield* eprint(cli.flags.bool('all-namespaces') ? 'No resources found\n' : `No resources found in ${(yield* namespaceOf(cli)).namespace} namespace.\n`);
  throwAll(errors);
  return 0;
}
