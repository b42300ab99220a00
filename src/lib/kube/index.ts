/** A Kubernetes API client for programs: requests, verbs on objects, watches. */
export { encodeQuery, queryEscape, resourcePath, withQuery, type ResourceRef } from './path.ts';
export { release, request, send, type KubeRequest } from './request.ts';
export { isReason, responseError, StatusError, type StatusObject } from './status.ts';
export {
  create, del, getObject, listObjects, nextEvent, patch, PATCH_TYPES, requestJson, update, updateStatus, watch,
  type DeleteOptions, type KubeList, type KubeObject, type ListOptions, type ObjectMeta, type OwnerReference, type WatchEvent, type WriteOptions,
} from './objects.ts';
