/** A plugin's refusal: Forbidden, with the name as far as it is known. */
import { groupResource, meta, type Ctx } from '../context.ts';
import { forbidden, type ApiError } from '../status.ts';
import type { Obj } from '../store.ts';

export function refuse(ctx: Ctx, object: Obj | null, why: string): ApiError {
  const { name = '', generateName = '' } = object === null ? {} : meta(object);
  return forbidden(groupResource(ctx.resource), ctx.route.name || name || generateName, why);
}
