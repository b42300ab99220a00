/** One line of the audit log: an Event of audit.k8s.io/v1, its fields in the order of the Go type. */
import { rfc3339Micro } from '../../../base/time.ts';
import type { Json, VTime } from '../../../kernel/sys.ts';
import type { Attributes, Decision, User } from '../auth/attributes.ts';
import type { Level, Stage } from './policy.ts';

/** What is known of a request by the time it is noted. */
export interface Noted {
  readonly auditId: string; readonly level: Level; readonly stage: Stage;
  readonly uri: string; readonly sourceIp: string; readonly userAgent: string;
  readonly attributes: Attributes; readonly decision: Decision | null;
  readonly response: { readonly code: number; readonly body: Json | null } | null;
  readonly requestBody: Json | null;
  readonly receivedAt: VTime; readonly at: VTime;
}

const userInfo = ({ name, uid, groups, extra }: User) => ({ username: name, ...(uid === undefined ? {} : { uid }), groups, ...(extra === undefined ? {} : { extra }) });

function objectRef(a: Attributes, body: Json | null) {
  const meta = ((body as { metadata?: { uid?: string; resourceVersion?: string } } | null) ?? {}).metadata;
  const fields = { resource: a.resource, namespace: a.namespace, name: a.name, uid: meta?.uid ?? '', apiGroup: a.group, apiVersion: a.version, resourceVersion: meta?.resourceVersion ?? '', subresource: a.subresource };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function responseStatus(code: number, body: Json | null) {
  const status = body as { kind?: string; status?: string; message?: string; reason?: string } | null;
  return { metadata: {}, ...(code >= 400 && status?.kind === 'Status' ? { status: status.status, message: status.message, reason: status.reason } : {}), code };
}

export function auditEvent(noted: Noted): Json {
  const { level, response, attributes, decision } = noted;
  const bodies = level === 'Request' || level === 'RequestResponse';
  return {
    kind: 'Event', apiVersion: 'audit.k8s.io/v1', level, auditID: noted.auditId, stage: noted.stage, requestURI: noted.uri, verb: attributes.verb, user: userInfo(attributes.user), sourceIPs: [noted.sourceIp], userAgent: noted.userAgent,
    ...(attributes.isResource ? { objectRef: objectRef(attributes, noted.requestBody) } : {}),
    ...(response === null ? {} : { responseStatus: responseStatus(response.code, response.body) }),
    ...(bodies && noted.requestBody !== null ? { requestObject: noted.requestBody } : {}),
    ...(level === 'RequestResponse' && response !== null && response.body !== null ? { responseObject: response.body } : {}),
    requestReceivedTimestamp: rfc3339Micro(noted.receivedAt), stageTimestamp: rfc3339Micro(noted.at),
    ...(decision === null ? {} : { annotations: { 'authorization.k8s.io/decision': decision.allowed ? 'allow' : 'forbid', 'authorization.k8s.io/reason': decision.reason ?? '' } }),
  } as unknown as Json;
}
