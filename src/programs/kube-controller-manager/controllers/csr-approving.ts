/**
 * A kubelet's request for a client certificate is approved when a SubjectAccessReview says that its sender may have one: its own
 * anew, or a first one. Models pkg/controller/certificates/approver/sarapprove.go.
 */
import { rfc3339 } from '../../../base/time.ts';
import type { Action, Cache, Controller, KubeObject, Outcome } from '../../../lib/controller/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import { nameValues, OID } from '../../../lib/x509/index.ts';
import { hasCondition, KUBELET_CLIENT, requestOf, signerFault, type Csr } from './csr-request.ts';

const GROUP = 'certificates.k8s.io';
const RESOURCE = 'certificatesigningrequests';

interface Review extends KubeObject { readonly status?: { readonly allowed?: boolean } }

const SELF = { permission: 'selfnodeclient', message: 'Auto approving self kubelet client certificate after SubjectAccessReview.' };
const ANY = { permission: 'nodeclient', message: 'Auto approving kubelet client certificate after SubjectAccessReview.' };

function approve(csr: Csr, message: string, at: string): Action {
  const condition = { type: 'Approved', status: 'True', reason: 'AutoApproved', message, lastUpdateTime: at };
  return { op: 'update', cache: RESOURCE, ref: { group: GROUP, resource: RESOURCE, name: csr.metadata.name, subresource: 'approval' }, object: { ...csr, status: { ...csr.status, conditions: [...(csr.status?.conditions ?? []), condition] } } };
}

/** Asks for one permission after the other; the first that is given approves. */
function ask(csr: Csr, kinds: readonly typeof SELF[], tried: readonly string[], at: string): Action {
  const [kind, ...rest] = kinds;
  if (kind === undefined) throw new GoError(`recognized csr "${csr.metadata.name}" as [${tried.join(' ')}] but subject access review was not approved`);
  const { username: user, uid, groups } = csr.spec;
  const resourceAttributes = { group: GROUP, resource: RESOURCE, verb: 'create', subresource: kind.permission, version: '*' };
  return {
    op: 'create', ref: { group: 'authorization.k8s.io', resource: 'subjectaccessreviews' },
    object: { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', metadata: {}, spec: { user, groups, ...(uid === undefined ? {} : { uid }), resourceAttributes } },
    onSuccess: (review) => ((review as Review).status?.allowed === true ? approve(csr, kind.message, at) : ask(csr, rest, [...tried, kind.permission], at)),
  };
}

export const csrApprovingController: Controller = {
  name: 'certificate-controller', caches: [RESOURCE],
  reconcile(key: string, cache: Cache, nowUs): Outcome {
    const csr = cache.get<Csr>(RESOURCE, key);
    const request = csr ? requestOf(csr) : null;
    if (!csr || request === null || (csr.status?.certificate ?? '') !== '' || hasCondition(csr, 'Approved') || hasCondition(csr, 'Denied')) return { actions: [] };
    if (csr.spec.signerName !== KUBELET_CLIENT || signerFault(csr, request) !== null) return { actions: [] };
    const own = csr.spec.username === nameValues(request.subject, OID.commonName)[0];
    return { actions: [ask(csr, own ? [SELF, ANY] : [ANY], [], rfc3339(nowUs))] };
  },
};
