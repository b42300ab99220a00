/** Sends a made object to the server, or only shows it (`--dry-run=client`). */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { resourceOfKind } from '../../../api/registry.ts';
import { canonical } from '../../../base/json.ts';
import { GoError } from '../../../lib/net/index.ts';
import { StatusError } from '../../../lib/kube/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import type { Resource } from '../discovery/resource.ts';
import { CliError } from '../errors.ts';
import { dryRunOf, report, validation, writeQuery } from '../report.ts';
import { call, pathTo, type Obj } from '../rest.ts';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The object with itself as the annotation that `apply` compares with. */
export function withLastApplied(object: Obj): Obj {
  const meta = (object.metadata ?? {}) as Obj;
  const annotations = { ...((meta.annotations ?? {}) as Obj) };
  delete annotations[LAST_APPLIED];
  const bare = { ...object, metadata: { ...meta, annotations } };
  return { ...object, metadata: { ...meta, annotations: { ...annotations, [LAST_APPLIED]: `${canonical(bare as Json)}\n` } } };
}

/** A resource that kubectl knows without asking. */
export function builtIn(apiVersion: string, kind: string): Resource {
  const resource = resourceOfKind(apiVersion, kind);
  if (resource === undefined) throw new Error(`no resource ${apiVersion} ${kind}`);
  return resource;
}

export interface Submission {
  readonly resource: Resource; readonly object: Obj; readonly manager: string;
  /** `failed to create deployment: `; '' gives the server's words as they are. */ readonly failure: string;
  readonly strict: boolean;
  readonly operation?: string;
}

/** POSTs and reports. Throws CliError, StatusError, GoError. */
export function* submit(cli: Cli, { resource, object: made, manager, failure, strict, operation }: Submission): Coroutine<number> {
  const { namespace, explicit } = dryRunOf(cli) === 'client' && cli.flags.string('namespace') === '' ? { namespace: '', explicit: false } : yield* namespaceOf(cli);
  let object = made;
  if (resource.namespaced && explicit) object = { ...made, metadata: { ...(made.metadata as Obj), namespace } };
  if (cli.flags.values.has('save-config') && cli.flags.bool('save-config')) object = withLastApplied(object);
  if (dryRunOf(cli) !== 'client') {
    try {
      object = (yield* call(cli, {
        method: 'POST', path: pathTo(resource, namespace), body: object, about: resource.name, query: writeQuery(cli, manager, strict ? { fieldValidation: validation(cli) } : {}),
      })) as Obj;
    } catch (caught) {
      if (failure === '' || !(caught instanceof GoError)) throw caught;
      if (caught instanceof StatusError && caught.reason === 'Invalid') throw caught;
      throw new CliError(`${failure}${caught.message}`);
    }
  }
  yield* report(cli, resource, object, operation ?? 'created');
  return 0;
}

/** The one NAME of a create command, and the command behind `--`. Throws CliError. */
export function nameAndCommand(cli: Cli): { readonly name: string; readonly command: readonly string[] } {
  const before = cli.dash < 0 ? cli.args : cli.args.slice(0, cli.dash);
  const command = cli.dash < 0 ? before.slice(1) : cli.args.slice(cli.dash);
  if (cli.dash < 0 ? before.length !== 1 : before.length !== 1) throw new CliError(`exactly one NAME is required, got ${before.length}\nSee '${cli.path} -h' for help and examples`);
  return { name: before[0]!, command };
}
