/** What a body must be before it is looked at: an object of the right kind and version. */
import type { Json, JsonObject } from '../../base/json.ts';
import { apiVersionOf, type Resource } from '../../api/registry.ts';
import type { Ctx } from './context.ts';
import { param } from './route.ts';
import { badRequest, invalid } from './status.ts';
import { goMap, inspect, pruned } from './strict.ts';
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

/**
 * Reads a body as the kind its path takes. Throws what Go's decoder says about wrong types, and about unknown fields when the
 * client wants strictness; otherwise they become warnings.
 */
export function readBody(ctx: Ctx, body: Obj): Obj {
  const { resource, route } = ctx;
  checkKind(body, { apiVersion: apiVersionOf(resource), kind: resource.kind });
  const { unreadable, unknown } = inspect(apiVersionOf(resource), resource.kind, body as JsonObject);
  const refuse = (why: string) => badRequest(`${resource.kind} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: ${why}`);
  if (unreadable !== null) throw refuse(unreadable);
  if (unknown.length === 0) return body;
  const validation = param(route.query, 'fieldValidation');
  if (validation === 'Strict') throw refuse(`strict decoding error: ${unknown.join(', ')}`);
  if (validation !== 'Ignore') ctx.warnings.push(...unknown);
  return pruned(apiVersionOf(resource), resource.kind, body as JsonObject) as Obj;
}

/** Reads what a patch made of an object. */
export function readPatched(ctx: Ctx, next: Obj, patch: unknown): Obj {
  const { resource } = ctx;
  // Status is not looked into, and nothing else changes on that way.
  if (ctx.route.subresource === 'status') return next;
  const { unreadable, type, unknown } = inspect(apiVersionOf(resource), resource.kind, next as JsonObject);
  if (unreadable !== null) throw invalid({ group: '', kind: '' }, '', [{ field: 'patch', message: `Invalid value: ${JSON.stringify(goMap(patch as Json))}: unrecognized type: ${type}` }]);
  if (unknown.length === 0) return next;
  if (param(ctx.route.query, 'fieldValidation') === 'Strict') throw badRequest(`strict decoding error: ${unknown.join(', ')}`);
  ctx.warnings.push(...unknown.filter((text) => !ctx.warnings.includes(text)));
  return pruned(apiVersionOf(resource), resource.kind, next as JsonObject) as Obj;
}

/** A JSON body, or BadRequest. */
export function objectBody(body: unknown, resource: Resource): Obj {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Obj;
  throw badRequest(`Object 'Kind' is missing in '${body === null || body === undefined ? '' : JSON.stringify(body)}' (must be of type ${resource.kind})`);
}
