/** kubectl set selector and set subject: whom a service reaches, and whom a binding serves. Models kubectl pkg/cmd/set set_selector.go and set_subject.go. */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { canonical } from '../../../base/json.ts';
import { mergePatch } from '../../../base/patch.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { dryRunOf, report, writeQuery } from '../report.ts';
import { askedObjects, eachObject, type Found } from '../resource/objects.ts';
import { call, field, items, PATCH, pathTo, type Obj } from '../rest.ts';

/** Sends what `change` makes of each object (null: nothing) as a merge patch. */
function* patchEach(cli: Cli, resources: readonly string[], change: (found: Found) => Json | null, operation: string): Coroutine<number> {
  return yield* eachObject(yield* askedObjects(cli, resources), function* (found) {
    const { resource, namespace, name, object } = found;
    const body = change(found);
    if (body === null) return;
    const result = dryRunOf(cli) === 'client' ? mergePatch(object as Json, body) as Obj : (yield* call(cli, { method: 'PATCH', path: pathTo(resource, namespace, name), contentType: PATCH.merge, body, about: resource.name, name, query: writeQuery(cli, 'kubectl-set') })) as Obj;
    yield* report(cli, resource, result, operation);
  });
}

/** `a=b,c=d` as labels. Throws CliError. */
function labelsOf(expression: string): Readonly<Record<string, string>> {
  return Object.fromEntries(expression.split(',').filter((part) => part !== '').map((part) => {
    const [key = '', value, more] = part.split(/==?/);
    if (key === '' || value === undefined || more !== undefined) throw new CliError(`couldn't parse the selector string ${JSON.stringify(expression)}: unable to parse requirement: found '${part}', expected: '='`);
    return [key, value] as const;
  }));
}

export function* setSelector(cli: Cli): Coroutine<number> {
  const expression = cli.args.at(-1) ?? '';
  const resources = cli.args.slice(0, -1);
  if (cli.args.length === 0) throw new CliError('one selector is required');
  const wanted = labelsOf(expression);
  return yield* patchEach(cli, resources, ({ resource, object }) => {
    if (resource.kind !== 'Service') throw new CliError('setting a selector is only supported for Services');
    const gone = Object.keys(field(field(object, 'spec'), 'selector')).filter((key) => !(key in wanted)).map((key) => [key, null] as const);
    return { spec: { selector: { ...Object.fromEntries(gone), ...wanted } } };
  }, 'selector updated');
}

const GROUP = 'rbac.authorization.k8s.io';

/** The subjects that the flags name. Throws CliError. */
function subjectsOf({ flags }: Cli): readonly Obj[] {
  const accounts = flags.list('serviceaccount').map((text) => {
    const [namespace = '', name = '', more] = text.split(':');
    if (namespace === '' || name === '' || more !== undefined) throw new CliError('serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', namespace, name };
  });
  const all = [...flags.list('user').map((name) => ({ apiGroup: GROUP, kind: 'User', name })), ...flags.list('group').map((name) => ({ apiGroup: GROUP, kind: 'Group', name })), ...accounts];
  return all;
}

export function* setSubject(cli: Cli): Coroutine<number> {
  const wanted = subjectsOf(cli);
  if (wanted.length === 0) {
    yield* askedObjects(cli, cli.args);
    throw new CliError('you must specify at least one value of user, group or serviceaccount');
  }
  return yield* patchEach(cli, cli.args, ({ resource, object }) => {
    if (resource.kind !== 'RoleBinding' && resource.kind !== 'ClusterRoleBinding') throw new CliError('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
    const known = items(object, 'subjects');
    const added = wanted.filter((one) => !known.some((other) => canonical(other as Json) === canonical(one as Json)));
    return added.length === 0 ? null : { subjects: [...known, ...added] as unknown as Json };
  }, 'subjects updated');
}
