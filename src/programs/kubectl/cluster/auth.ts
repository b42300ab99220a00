/** kubectl auth can-i and whoami. Models kubectl pkg/cmd/auth. */
import type { Coroutine, Json } from '../../../kernel/sys.ts';
import { layOut, printObject } from '../../../lib/printers/index.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { resolveResource, type Resource } from '../discovery/index.ts';
import { CliError, Exit, isUserError, NoResourceMatch } from '../errors.ts';
import { print, warn } from '../io.ts';
import { formatFor } from '../output.ts';
import { call, field, items, type Obj } from '../rest.ts';

const AUTHORIZATION = '/apis/authorization.k8s.io/v1';

function* listRules(cli: Cli, namespace: string): Coroutine<number> {
  const review = (yield* call(cli, { method: 'POST', path: `${AUTHORIZATION}/selfsubjectrulesreviews`, body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', metadata: { creationTimestamp: null }, spec: { namespace }, status: { incomplete: false, nonResourceRules: null, resourceRules: null } } })) as Obj;
  const status = field(review, 'status');
  const brackets = (list: readonly string[]) => `[${list.join(' ')}]`;
  const strings = (rule: Obj, key: string) => items<string>(rule, key);
  const resourceRows = items(status, 'resourceRules').flatMap((rule) => strings(rule, 'apiGroups').flatMap((group) => strings(rule, 'resources').map((name) => ({ key: `${group}/${name}`, row: [group === '' ? name : `${name}.${group}`, '[]', brackets(strings(rule, 'resourceNames')), brackets(strings(rule, 'verbs'))] }))));
  const urlRows = items(status, 'nonResourceRules').flatMap((rule) => strings(rule, 'nonResourceURLs').map((url) => ({ key: url, row: ['', brackets([url]), '[]', brackets(strings(rule, 'verbs'))] })));
  const sorted = (rows: readonly { readonly key: string; readonly row: string[] }[]) => [...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
  const header = cli.flags.bool('no-headers') ? [] : [['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs']];
  yield* print(layOut([...header, ...sorted(resourceRows), ...sorted(urlRows)]).text);
  return 0;
}

export function* canI(cli: Cli): Coroutine<number> {
  const { flags, args } = cli;
  const { namespace: current } = yield* namespaceOf(cli);
  const namespace = flags.bool('all-namespaces') ? '' : current;
  if (flags.bool('list')) return yield* listRules(cli, namespace);
  const [verb, what = '', extra] = args;
  if (verb === undefined || args.length < 2 || args.length > 3) throw new CliError(`you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.`);
  let spec: Json;
  if (what.startsWith('/')) spec = { nonResourceAttributes: { path: what, verb } };
  else {
    const [type = '', name = extra] = what.split('/');
    let resource: Resource | null = null;
    if (type !== '*') {
      try {
        resource = yield* resolveResource(cli, type);
      } catch (caught) {
        if (!isUserError(caught)) throw caught;
        yield* warn(caught instanceof NoResourceMatch ? `${caught.message.replace(/"/g, "'")}\n` : `the server doesn't have a resource type '${type}'\n`);
      }
    }
    if (resource !== null && !resource.namespaced) yield* warn(`resource '${resource.name}' is not namespace scoped${resource.group === '' ? '' : ` in group '${resource.group}'`}\n`);
    const sub = flags.string('subresource');
    spec = { resourceAttributes: { ...(resource?.namespaced === false ? {} : namespace === '' ? {} : { namespace }), verb, group: resource?.group ?? '', resource: resource?.name ?? type, ...(sub === '' ? {} : { subresource: sub }), ...(name === undefined ? {} : { name }) } };
  }
  const review = (yield* call(cli, { method: 'POST', path: `${AUTHORIZATION}/selfsubjectaccessreviews`, body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', metadata: { creationTimestamp: null }, spec, status: { allowed: false } } })) as Obj;
  const status = field(review, 'status');
  const reason = String(status.reason ?? '');
  const why = status.allowed === true || reason === '' ? '' : ` - ${reason}`;
  if (!flags.bool('quiet')) yield* print(status.allowed === true ? 'yes\n' : `no${why}\n`);
  if (status.allowed !== true) throw new Exit(1);
  return 0;
}

export function* whoAmI(cli: Cli): Coroutine<number> {
  const review = (yield* call(cli, { method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews', body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: { creationTimestamp: null }, status: { userInfo: {} } } })) as Obj;
  const output = cli.flags.string('output');
  if (output !== '') {
    yield* print(printObject(yield* formatFor(output, cli.flags.string('template')), review, { managedFields: cli.flags.bool('show-managed-fields'), noHeaders: false, missingKeys: cli.flags.bool('allow-missing-template-keys') }));
    return 0;
  }
  const user = field(field(review, 'status'), 'userInfo');
  const rows = [['ATTRIBUTE', 'VALUE'], ['Username', String(user.username ?? '')]];
  if (typeof user.uid === 'string' && user.uid !== '') rows.push(['UID', user.uid]);
  if (items<string>(user, 'groups').length > 0) rows.push(['Groups', `[${items<string>(user, 'groups').join(' ')}]`]);
  const extra = field(user, 'extra');
  for (const key of Object.keys(extra).sort()) rows.push([`Extra: ${key}`, `[${items<string>(extra, key).join(' ')}]`]);
  yield* print(layOut(rows).text);
  return 0;
}
