/** Patches by content type: JSON patch, merge patch, strategic merge patch. Models apiserver pkg/endpoints/handlers/patch.go. */
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import { jsonPatch, mergePatch, PatchError } from '../../base/patch.ts';
import { strategicMergePatch } from '../../base/strategic.ts';
import type { Ctx } from './context.ts';
import { readPatched } from './decode.ts';
import { ApiError, badRequest, unsupportedMediaType } from './status.ts';
import type { Obj } from './store.ts';

const types = ['application/json-patch+json', 'application/merge-patch+json', 'application/strategic-merge-patch+json', 'application/apply-patch+yaml'] as const;

/** The change that a PATCH request asks for, its outcome checked. Throws ApiError for what is no patch. */
export function patcher(ctx: Ctx, contentType: string, body: unknown): (seen: Obj) => Obj {
  const change = changeOf(contentType, body);
  return (seen) => readPatched(ctx, change(seen), body);
}

function changeOf(contentType: string, body: unknown): (seen: Obj) => Obj {
  const type = contentType.split(';')[0]!.trim();
  if (type === 'application/apply-patch+yaml') throw new ApiError(501, 'NotImplemented', 'server-side apply is not available in this lab');
  if (!types.some((known) => known === type)) throw unsupportedMediaType(types);
  if (type === 'application/json-patch+json') {
    if (!Array.isArray(body)) throw badRequest('error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch');
    return (seen) => guarded(() => jsonPatch(seen as JsonObject, body)) as Obj;
  }
  if (!isObject(body as Json)) throw badRequest('invalid patch: expected an object');
  const patch = body as JsonObject;
  return type === 'application/merge-patch+json'
    ? (seen: Obj) => mergePatch(seen as JsonObject, patch) as Obj
    : (seen: Obj) => guarded(() => strategicMergePatch(seen as JsonObject, patch)) as Obj;
}

function guarded(apply: () => unknown): unknown {
  try { return apply(); } catch (caught) {
    if (!(caught instanceof PatchError)) throw caught;
    throw new ApiError(422, 'Invalid', caught.message, { causes: [] });
  }
}
