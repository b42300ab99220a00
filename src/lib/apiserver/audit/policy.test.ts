import { describe, expect, it } from 'vitest';
import type { Attributes } from '../auth/attributes.ts';
import { judge, parsePolicy } from './policy.ts';

const HEAD = 'apiVersion: audit.k8s.io/v1\nkind: Policy\n';

describe('a policy is refused in the reader’s words', () => {
  it.each([
    [`${HEAD}rules:\n\t- level: Metadata\n`, 'failed decoding: yaml: line 4: found character that cannot start any token'],
    [HEAD, 'loaded illegal policy with 0 rules'],
    ['kind: Policy\nrules: [{level: None}]\n', 'unknown group version field /, Kind=Policy in policy'],
    [`${HEAD}rules:\n- users: [a]\n`, 'rules[0].level: Required value'],
    [`${HEAD}omitStages: [Begin]\nrules:\n- level: All\n`, '[omitStages[0]: Invalid value: "Begin": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic, rules[0].level: Unsupported value: "All": supported values: "Metadata", "None", "Request", "RequestResponse"]'],
  ])('%j', (text, message) => expect(() => parsePolicy(text)).toThrow(expect.objectContaining({ message })));
});

describe('the first rule that fits decides', () => {
  const policy = parsePolicy(`${HEAD}omitStages: [RequestReceived]
rules:
- {level: None, users: ["system:kube-proxy"], verbs: [watch]}
- {level: RequestResponse, resources: [{group: "", resources: [pods]}], namespaces: [prod]}
- {level: Request, resources: [{group: apps, resources: ["deployments/*"]}]}
- {level: None, nonResourceURLs: ["/healthz*"]}
- {level: Metadata, omitStages: [ResponseStarted]}
`);
  const asks = (more: Partial<Attributes>): Attributes => ({ user: { name: 'jane', groups: [] }, verb: 'get', isResource: true, group: '', version: 'v1', resource: 'pods', subresource: '', namespace: 'prod', name: 'x', path: '', fieldSelector: '', ...more });
  it.each([
    [{}, 'RequestResponse'],
    [{ namespace: 'test' }, 'Metadata'],
    [{ subresource: 'log' }, 'Metadata'],
    [{ user: { name: 'system:kube-proxy', groups: [] }, verb: 'watch' }, 'None'],
    [{ group: 'apps', resource: 'deployments', subresource: 'scale' }, 'Request'],
    [{ isResource: false, path: '/healthz/etcd' }, 'None'],
    [{ isResource: false, path: '/version' }, 'Metadata'],
  ])('%j: %s', (more, level) => expect(judge(policy, asks(more)).level).toBe(level));
  it('stages left out are the policy’s and the rule’s', () => expect(judge(policy, asks({ namespace: 'test' })).omitted).toEqual(['RequestReceived', 'ResponseStarted']));
});
