/** What a body must be before it is looked at: an object of the right kind and version. */
import { apiVersionOf, type Resource } from '../../api/registry.ts';
import type { Ctx } from './context.ts';
import { badRequest } from './status.ts';
import type { Obj } from './store.ts';

/** Throws upstream's errors for a body of another kind or version. `expected` is the kind the path takes. */
export function checkKind(body: Obj, expected: { readonly apiVersion: string; readonly kind: string }): void {
  const { apiVersion = '', kind = '' } = body;
  if (kind !== '' && apiVersion !== '' && kind !== expected.kind && apiVersion === expected.apiVersion) {
    throw badRequest(`${kind} in version ${JSON.stringify(apiVersion)} cannot be handled as a ${expected.kind}: converting (${apiVersion}.${kind}) to (${expected.apiVersion}.${expected.kind}): unknown conversion`);
  }
  if (apiVersion !== '' && apiVersion !== expected.apiVersion) throw badRequest(`the API version in the data (${apiVersion}) does not match the expected API version (${expected.apiVersion})`);
  if (kind !== '' && kind !== expected.kind) throw badRequest(`${kind} in version ${JSON.stringify(apiVersion)} cannot be handled as a ${expected.kind}: no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(expected.apiVersion)}`);
}

/** The kind the path takes as body; strict checks of fields are the registry's. */
export function checkStrict(ctx: Ctx, body: Obj): void {
  checkKind(body, { apiVersion: apiVersionOf(ctx.resource), kind: ctx.resource.kind });
}

/** A JSON body, or BadRequest. */
export function objectBody(body: unknown, resource: Resource): Obj {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Obj;
  throw badRequest(`Object 'Kind' is missing in '${body === null || body === undefined ? '' : JSON.stringify(body)}' (must be of type ${resource.kind})`);
}
