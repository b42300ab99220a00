/** PodSecurity's refusals and warnings, word for word. */
import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../../../api/types.ts';
import { write, type Coroutine, type Program } from '../../../../kernel/sys.ts';
import { bootMachine } from '../../../../testing/machine.ts';
import { clientOf, type Client } from '../../memory-client.ts';
import { CHECKS } from './checks.ts';
import { warningsOf } from './index.ts';

const found = (level: keyof typeof CHECKS, spec: PodSpec): string[] => CHECKS[level].map((check) => check(spec)).filter((it) => it !== null).map(({ reason, detail }) => `${reason} (${detail})`);
const plain: PodSpec = { containers: [{ name: 'c', image: 'nginx' }] };
const safe = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const RESTRICTED = 'allowPrivilegeEscalation != false (container "c" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "c" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "c" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "c" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")';

describe('checks', () => {
  it.each<[keyof typeof CHECKS, PodSpec, string]>([
    ['baseline', plain, ''],
    ['restricted', plain, RESTRICTED],
    ['restricted', { containers: [{ name: 'c', securityContext: safe }] }, ''],
    ['privileged', { ...plain, hostNetwork: true }, ''],
    ['baseline', { ...plain, hostNetwork: true, hostPID: true }, 'host namespaces (hostNetwork=true, hostPID=true)'],
    ['baseline', { ...plain, volumes: [{ name: 'a', hostPath: { path: '/' } }, { name: 'b', hostPath: { path: '/' } }] }, 'hostPath volumes (volumes "a", "b")'],
    ['restricted', { containers: [{ name: 'c', securityContext: safe }], volumes: [{ name: 'a', hostPath: { path: '/' } }] }, 'restricted volume types (volume "a" uses restricted volume type "hostPath")'],
    ['baseline', { containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 80 }], securityContext: { privileged: true, capabilities: { add: ['NET_ADMIN'] } } }] },
      'non-default capabilities (container "c" must not include "NET_ADMIN" in securityContext.capabilities.add), hostPort (container "c" uses hostPort 80), privileged (container "c" must not set securityContext.privileged=true)'],
    ['restricted', { containers: [{ name: 'c', securityContext: safe }], securityContext: { runAsNonRoot: false, runAsUser: 0 } }, 'runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false), runAsUser=0 (pod must not set runAsUser=0)'],
    ['baseline', { ...plain, securityContext: { seccompProfile: { type: 'Unconfined' } } }, 'seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")'],
  ])('%s: %j', (level, spec, says) => expect(found(level, spec).join(', ')).toBe(says));
});

function talk<T>(body: (client: Client) => Coroutine<T>): T {
  const program: Program = { name: 'talk', *main() {
    yield* write(1, JSON.stringify(yield* body(clientOf())));
    return 0;
  } };
  return JSON.parse(bootMachine({ programs: [program] }).run(['talk']).stdout) as T;
}

it('refuses pods where it is enforced, lets their workloads be, and refuses labels that are no levels', () => {
  const seen = talk(function* (c) {
    yield* c.seed();
    const label = (value: string) => c.call('PATCH', '/api/v1/namespaces/default', { metadata: { labels: { 'pod-security.kubernetes.io/enforce': value } } }, 'application/merge-patch+json');
    const wrong = yield* label('strict');
    const right = yield* label('restricted');
    const pod = yield* c.call('POST', '/api/v1/namespaces/default/pods', { metadata: { name: 'x' }, spec: plain });
    const template = { metadata: { labels: { app: 'd' } }, spec: plain };
    const workload = yield* c.call('POST', '/apis/apps/v1/namespaces/default/deployments', { metadata: { name: 'd' }, spec: { selector: { matchLabels: { app: 'd' } }, template } });
    return { wrong, right, pod, workload };
  });
  expect(seen.wrong.body.message).toBe('Namespace "default" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted');
  expect(seen.right.status).toBe(200);
  expect(seen.pod.body.message).toBe(`pods "x" is forbidden: violates PodSecurity "restricted:latest": ${RESTRICTED}`);
  expect(seen.workload.status).toBe(201);
});

it('warns of the pods that a stricter level finds, each reason once', () => {
  const pod = (name: string, spec: PodSpec) => ({ metadata: { name }, spec });
  const pods = [pod('b', { ...plain, hostNetwork: true }), pod('a', { ...plain, hostNetwork: true }), pod('c', { ...plain, hostPID: true, volumes: [{ name: 'v', hostPath: { path: '/' } }] }), pod('d', plain)];
  expect(warningsOf('x', pods as never, { level: 'baseline', version: 'latest' })).toEqual([
    'existing pods in namespace "x" violate the new PodSecurity enforce level "baseline:latest"', 'a (and 1 other pod): host namespaces', 'c: host namespaces, hostPath volumes']);
  expect(warningsOf('x', [pod('d', plain)] as never, { level: 'baseline', version: 'latest' })).toEqual([]);
});
