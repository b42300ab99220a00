/**
 * The audit log of the API server: a line for each stage of a request that the policy wants noted, before the answer is
 * sent. Models the log backend in its blocking mode. Not modelled: webhooks, rotation, the end of a watch.
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { close, mkdir, open, stamp, write, type Coroutine, type Json, type VTime } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { auditEvent, type Noted } from '../../lib/apiserver/audit/event.ts';
import { judge, parsePolicy, type Policy, type Stage } from '../../lib/apiserver/audit/policy.ts';
import type { Attributes, Decision } from '../../lib/apiserver/auth/attributes.ts';
import { uuid } from '../../lib/component/index.ts';
import type { HttpRequest, HttpResponse } from '../../lib/http/index.ts';
import { goReadFile } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import type { Options } from './options.ts';

export interface Audit { readonly policy: Policy; /** `-`: standard output. */ readonly path: string }

/** What is found out about a request while it is answered. */
export interface Inquiry { attributes: Attributes | null; decision: Decision | null }
interface Heard { readonly request: HttpRequest; /** `host:port` */ readonly peer: string; readonly inquiry: Inquiry; readonly receivedAt: VTime }

/** Reads the policy and opens the log; null when nothing is to be noted. Errors: GoError in upstream's words. */
export function* openAudit({ auditPolicy, auditLog }: Options): Coroutine<Audit | null> {
  const policy = auditPolicy === '' ? null : yield* readPolicy(auditPolicy);
  if (auditLog !== '' && auditLog !== '-') yield* ensureLog(auditLog);
  return policy === null || auditLog === '' ? null : { policy, path: auditLog };
}

function* readPolicy(path: string): Coroutine<Policy> {
  let text: string;
  try {
    text = decodeUtf8(yield* goReadFile(path));
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new GoError(`loading audit policy file: failed to read file path ${JSON.stringify(path)}: ${caught.message}`);
  }
  try {
    return parsePolicy(text);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    throw new GoError(`loading audit policy file: ${caught.message}: from file ${path}`);
  }
}

function* ensureLog(path: string): Coroutine<void> {
  const parents = path.split('/').slice(1, -1).map((_, i, all) => `/${all.slice(0, i + 1).join('/')}`);
  try {
    for (const parent of parents) yield* makeDirectory(parent);
    yield* close(yield* open(path, 'a', 0o600));
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new GoError(`ensureLogFile: open ${path}: ${goErrno(errno)}`);
  }
}

function* makeDirectory(path: string): Coroutine<void> {
  try {
    yield* mkdir(path, 0o700);
  } catch (caught) {
    if (errnoOf(caught) !== 'EEXIST') throw caught;
  }
}

/** Notes a request at its end or, of one that goes on (`response` is null), at its start. */
export function* note({ policy, path }: Audit, heard: Heard, response: HttpResponse | null): Coroutine<void> {
  const { attributes } = heard.inquiry;
  if (attributes === null) return;
  const { level, omitted } = judge(policy, attributes);
  if (level === 'None') return;
  const auditId = yield* uuid('audit');
  const stages: Stage[] = ['RequestReceived', response === null ? 'ResponseStarted' : 'ResponseComplete'];
  for (const stage of stages) {
    if (omitted.includes(stage)) continue;
    const at = stage === 'RequestReceived' ? heard.receivedAt : yield* stamp();
    yield* append(path, `${JSON.stringify(auditEvent({ ...notedAt(stage, heard, response), auditId, level, attributes, at }))}\n`);
  }
}

/** What is known at a stage: of the answer and the decision nothing when the request has just arrived. */
function notedAt(stage: Stage, { request, peer, inquiry, receivedAt }: Heard, response: HttpResponse | null): Omit<Noted, 'auditId' | 'level' | 'attributes' | 'at'> {
  const begins = stage === 'RequestReceived';
  const answered = response === null ? { code: 200, body: null } : { code: response.status, body: bodyOf(response.body) };
  return {
    stage, uri: request.path, sourceIp: peer.replace(/:\d+$/, ''), userAgent: request.headers['user-agent'] ?? '', receivedAt,
    decision: begins ? null : inquiry.decision, response: begins ? null : answered, requestBody: begins ? null : bodyOf(request.body),
  };
}

const bodyOf = (body: HttpRequest['body']): Json | null => (body !== null && 'json' in body ? (body.json as Json) : null);

function* append(path: string, line: string): Coroutine<void> {
  const fd = path === '-' ? 1 : yield* open(path, 'a', 0o600);
  yield* write(fd, encodeUtf8(line));
  if (fd !== 1) yield* close(fd);
}
