/** kubectl certificate approve and deny. Models kubectl pkg/cmd/certificates. */
import { now, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { rfc3339 } from '../../../base/time.ts';
import type { Cli } from '../cli.ts';
import { CliError, isUserError, throwAll } from '../errors.ts';
import { report } from '../report.ts';
import { filesOf } from '../resource/files.ts';
import { askedObjects } from '../resource/objects.ts';
import { call, field, items, pathTo, type Obj } from '../rest.ts';

interface Verdict { readonly type: 'Approved' | 'Denied'; readonly other: 'Approved' | 'Denied'; readonly reason: string; readonly message: string; readonly done: string }

const decide = ({ type, other, reason, message, done }: Verdict) => function* run(cli: Cli): Coroutine<number> {
  if (cli.args.length === 0 && filesOf(cli.flags).length === 0) throw new CliError('one or more CSRs must be specified as <name> or -f <filename>');
  const { objects, errors } = yield* askedObjects(cli, cli.args.length === 0 ? [] : cli.args.map((name) => (name.includes('/') ? name : `certificatesigningrequests.certificates.k8s.io/${name}`)));
  for (const { resource, name, object } of objects) {
    try {
      const conditions = items(field(object, 'status'), 'conditions');
      if (conditions.some((condition) => condition.type === other)) throw new CliError(`certificate signing request ${JSON.stringify(name)} is already ${other}`);
      let result = object;
      if (!conditions.some((condition) => condition.type === type) || cli.flags.bool('force')) {
        const at = rfc3339(yield* now());
        const added = { type, status: 'True', reason, message, lastUpdateTime: at, lastTransitionTime: null };
        const body = { ...object, status: { ...field(object, 'status'), conditions: [...conditions.filter((condition) => condition.type !== type), added] } };
        result = (yield* call(cli, { method: 'PUT', path: pathTo(resource, '', name, 'approval'), body: body as Json, about: resource.name, name })) as Obj;
      }
      yield* report(cli, resource, result, done);
    } catch (caught) {
      if (!isUserError(caught)) throw caught;
      errors.push(caught);
    }
  }
  throwAll(errors);
  return 0;
};

export const approve = decide({ type: 'Approved', other: 'Denied', reason: 'KubectlApprove', message: 'This CSR was approved by kubectl certificate approve.', done: 'approved' });
export const deny = decide({ type: 'Denied', other: 'Approved', reason: 'KubectlDeny', message: 'This CSR was denied by kubectl certificate deny.', done: 'denied' });
