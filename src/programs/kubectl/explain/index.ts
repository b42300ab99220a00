/** kubectl explain: fields and types from the server's OpenAPI v3 documents. Models kubectl pkg/cmd/explain. Not modelled: --output=plaintext-openapiv2. */
import type { Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { groupVersion, resolveResource, type Resource } from '../discovery/index.ts';
import { CliError, Exit, NoResourceMatch } from '../errors.ts';
import { eprint, print } from '../io.ts';
import { call } from '../rest.ts';
import { body, header } from './print.ts';
import { kindIn, resolve, schemasIn, type Schema, type Schemas } from './schema.ts';

function* resourceFor(cli: Cli, word: string): Coroutine<Resource> {
  const wanted = cli.flags.string('api-version');
  const [group, version] = wanted.includes('/') ? [wanted.slice(0, wanted.indexOf('/')), wanted.slice(wanted.indexOf('/') + 1)] : ['', wanted];
  try {
    return yield* resolveResource(cli, wanted === '' ? word : `${word}.${version}.${group}`);
  } catch (caught) {
    if (!(caught instanceof NoResourceMatch)) throw caught;
    throw wanted === '' ? new Exit(1, caught.message) : new CliError(`couldn't find resource for "${group === '' ? '' : `${group}/`}${version}, Resource=${word}"`);
  }
}

/** The schema a path leads to; undefined with the name that is no field. */
function follow(schemas: Schemas, root: Schema, path: readonly string[]): { readonly schema: Schema } | { readonly missing: string } {
  let schema = root;
  for (const name of path) {
    const next = resolve(schemas, schema).fields.get(name);
    if (next === undefined) return { missing: name };
    schema = next;
  }
  return { schema };
}

export function* explain(cli: Cli): Coroutine<number> {
  const [path, ...more] = cli.args;
  const output = cli.flags.string('output');
  if (path === undefined) throw new CliError('You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n');
  if (more.length > 0) throw new CliError('We accept only this format: explain RESOURCE\n');
  if (output === 'plaintext-openapiv2') throw new Exit(1, 'kubectl explain: --output=plaintext-openapiv2 is not available in this lab');
  if (output !== 'plaintext') throw new CliError(`unrecognized format: ${output}`);
  const [word = '', ...fields] = path.split('.');
  const resource = yield* resourceFor(cli, word);
  const schemas = schemasIn(yield* call(cli, { method: 'GET', path: `/openapi/v3/${resource.group === '' ? 'api' : 'apis'}/${groupVersion(resource)}` }));
  const root = kindIn(schemas, resource);
  if (root === undefined) throw new CliError(`couldn't find resource for "${groupVersion(resource)}, Kind=${resource.kind}"`);
  const found = follow(schemas, root, fields);
  yield* print(header(resource));
  if ('missing' in found) {
    yield* eprint(`error: field ${JSON.stringify(found.missing)} does not exist\n`);
    return 1;
  }
  yield* print(body(schemas, fields.at(-1) ?? '', found.schema, cli.flags.bool('recursive')));
  return 0;
}
