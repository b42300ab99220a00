/** Server-side Tables: rows of cells instead of objects. Models apiserver pkg/endpoints/handlers/response.go. */
import type { VTime } from '../../kernel/sys.ts';
import { printerOf } from '../../api/columns/index.ts';
import type { Resource } from '../../api/registry.ts';
import type { Obj } from './store.ts';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Whether the client asked for a Table. */
export const wantsTable = (accept: string): boolean => accept.split(',').some((part) => /;\s*as=Table/.test(part) && /g=meta\.k8s\.io/.test(part));

function rowOf(resource: Resource, object: Obj, now: VTime, include: IncludeObject) {
  const cells = printerOf(resource.kind).row(object as never, now);
  if (include === 'None') return { cells };
  return { cells, object: include === 'Object' ? object : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata ?? {} } };
}

const precedence = (schema: Obj): number => (schema.spec as { readonly matchingPrecedence?: number } | undefined)?.matchingPrecedence ?? 0;
/** Flow schemas are shown in the order in which they are tried, as printFlowSchemaList has them; other kinds as listed. */
const inTurn = (resource: Resource, objects: readonly Obj[]): readonly Obj[] => (resource.kind === 'FlowSchema' ? [...objects].sort((a, b) => precedence(a) - precedence(b)) : objects);

/** `definitions` false: a later event of a watch repeats no columns. */
export function tableOf(resource: Resource, objects: readonly Obj[], metadata: unknown, now: VTime, include: IncludeObject, definitions = true) {
  const columns = printerOf(resource.kind).columns;
  return {
    kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata,
    columnDefinitions: definitions ? columns.map(({ name, type, format, priority }) => ({ name, type, format, description: '', priority })) : null,
    rows: inTurn(resource, objects).map((object) => rowOf(resource, object, now, include)),
  };
}
