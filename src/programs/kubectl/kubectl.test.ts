import { describe, expect, test } from 'vitest';
import { boot, call } from '../../testing/apiserver.ts';
import type { Machine } from '../../testing/machine.ts';
import { kill, processes, readFile, writeFile, type Program } from '../../kernel/sys.ts';
import { program } from './index.ts';

/** Changes the edited file as its arguments say: `ed FROM TO FILE`; `_` stands for a blank. */
const ed: Program = { name: 'ed', *main([, from = '', to = '', file = '']) {
  const blank = (text: string) => text.replaceAll('_', ' ');
  yield* writeFile(file, (yield* readFile(file)).split(blank(from)).join(blank(to)));
  return 0;
} };
/** `put FILE TEXT`. */
const put: Program = { name: 'put', *main([, file = '', text = '']) {
  yield* writeFile(file, text);
  return 0;
} };
const killServer: Program = { name: 'killserver', *main() {
  for (const process of yield* processes()) if (process.program === 'kube-apiserver') yield* kill(process.pid, 'KILL');
  return 0;
} };

function cluster(): Machine {
  const { m } = boot([program, ed, put, killServer]);
  call(m, 'super-admin', 'POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
  return m;
}
/** What a command prints, standard error last, and `[exit N]` unless 0. */
function run(m: Machine, command: string, options: { stdin?: string; editor?: string } = {}): string {
  const argv = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
  const { stdout, stderr, code } = m.run(argv, { env: { KUBECONFIG: '/etc/kubernetes/super-admin.conf', KUBE_EDITOR: options.editor ?? '' }, ...(options.stdin === undefined ? {} : { stdin: options.stdin }) });
  return `${stdout}${stderr}${code === 0 ? '' : `[exit ${code}]\n`}`;
}
/** Runs rows of [command, wanted output] one after the other on one cluster. */
function transcript(m: Machine, rows: readonly (readonly [string, string, string?])[]): void {
  for (const [command, wanted, stdin] of rows) expect(`$ ${command}\n${run(m, command, stdin === undefined ? {} : { stdin })}`).toBe(`$ ${command}\n${wanted}`);
}
const pod = (more: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p1\nspec:\n  containers:\n  - name: c\n    ${more}\n`;

describe('kubectl makes objects of what others are', () => {
  test('kustomizations applied, compared and taken away', () => {
    transcript(cluster(), [
      ['put kustomization.yaml \'{"namePrefix": "dev-", "configMapGenerator": [{"name": "c", "literals": ["a=1"]}]}\'', ''],
      ['kubectl apply -k .', 'configmap/dev-c-h29d89cmmt created\n'], ['kubectl apply -k /root', 'configmap/dev-c-h29d89cmmt unchanged\n'],
      ['kubectl get -k . -o jsonpath={.data}', '{"a":"1"}'],
      ['kubectl delete -k .', 'configmap "dev-c-h29d89cmmt" deleted\n'],
      ['kubectl apply -k . -f x.yaml', 'error: only one of -f or -k can be specified\n[exit 1]\n'],
    ]);
  });

  test('debug copies a pod, or makes one on a node', () => {
    const legacy = '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n';
    const m = cluster();
    call(m, 'super-admin', 'POST', '/api/v1/nodes', { metadata: { name: 'n1' } });
    transcript(m, [
      ['kubectl run p1 --image=nginx --labels=app=x', 'pod/p1 created\n'],
      ['kubectl debug p1 --copy-to=c1 --set-image=*=busybox', legacy],
      ['kubectl get pod c1 -o jsonpath={.spec.containers[*].image}/{.metadata.labels}', 'busybox/{"app":"x"}'],
      ['kubectl debug p1 --copy-to=c2 --image=busybox -c dbg --profile=general -- sleep 5', ''],
      ['kubectl get pod c2 -o jsonpath={.spec.containers[*].name}{.metadata.labels}{.spec.containers[1].command}{.spec.containers[1].securityContext}{.spec.shareProcessNamespace}', 'p1 dbg["sleep","5"]{"capabilities":{"add":["SYS_PTRACE"]}}true'],
      ['kubectl debug node/n1 --image=busybox --profile=sysadmin -q', ''],
      ['kubectl get pods -l app.kubernetes.io/managed-by=kubectl-debug -o jsonpath={.items[*].spec.nodeName}{.items[*].spec.volumes[0].hostPath.path}{.items[*].spec.hostPID}{.items[*].spec.containers[0].securityContext}', 'n1/true{"privileged":true}'],
      ['kubectl debug p1 --image=busybox', `${legacy}kubectl debug: ephemeral containers are not available in this lab (--copy-to and node/NAME are)\n[exit 1]\n`],
      ['kubectl debug nosuch --image=busybox --profile=general', 'Error from server (NotFound): pods "nosuch" not found\n[exit 1]\n'],
      ['kubectl debug p1 --image=busybox --profile=x', 'error: unknown profile: x\n[exit 1]\n'], ['kubectl debug p1 --image=busybox --same-node', 'error: --same-node may only be used with --copy-to.\n[exit 1]\n'],
    ]);
  });

  test('what v1.33.1 itself says to the same server', () => {
    const m = cluster();
    call(m, 'super-admin', 'POST', '/api/v1/nodes', { metadata: { name: 'n1' } });
    const found = (group: string, label: string, fields: string) => `Error from server (BadRequest): Unable to find "${group}" that match label selector "${label}", field selector "${fields}": `;
    transcript(m, [
      ['kubectl create deployment dep --image=nginx --replicas=2', 'deployment.apps/dep created\n'], ['kubectl create cm a1 --from-literal=a=b', 'configmap/a1 created\n'],
      ['kubectl get deploy dep --sort-by=.nosuch', 'NAME   READY   UP-TO-DATE   AVAILABLE   AGE\ndep    0/2     0            0           0s\n'],
      ['kubectl get pods --field-selector=foo=bar', `${found('/v1, Resource=pods', '', 'foo=bar')}field label not supported: foo\n[exit 1]\n`],
      ['kubectl set image deploy dep *=nginx:alpine --dry-run=client -o jsonpath={..image}', 'nginx:alpine'], ['kubectl set env deploy/dep A=1 --dry-run=client -o jsonpath={..env}', '[{"name":"A","value":"1"}]'],
      ['kubectl set env deploy/dep --list', '# Deployment dep, container nginx\n'],
      [`kubectl patch deploy dep -p '{"spec":{"replicas":3}}' --dry-run=client -o jsonpath={.spec.replicas}`, '3'], ['kubectl get deploy dep -o jsonpath={.spec.replicas}', '2'],
      [`kubectl patch deploy dep --subresource=scale --type=merge -p '{"spec":{"replicas":2}}'`, 'scale.autoscaling/dep patched (no change)\n'],
      [`kubectl patch deploy dep --type=json -p '[{"op":"test","path":"/spec/replicas","value":9}]'`, 'The request is invalid: testing value /spec/replicas failed: test failed\n[exit 1]\n'],
      ['kubectl label deploy dep app=x app-', 'error: can not both modify and remove a label in the same command\n[exit 1]\n'],
      ['kubectl taint nodes n1 a=b:NoSchedule --dry-run=client', 'node/n1 tainted\n'], ['kubectl taint pods x a=b:NoSchedule', 'error: invalid resource type pods, only node types are supported\n[exit 1]\n'],
      ['kubectl taint nodes n1 a=b:NoSchedule a=c:NoSchedule', "error: duplicated taints with the same key and effect: {a c NoSchedule <nil>}\nSee 'kubectl taint -h' for help and examples\n[exit 1]\n"],
      ['kubectl delete cm a1 --dry-run=server', 'configmap "a1" deleted (server dry run)\n'], ['kubectl get cm a1 -o name', 'configmap/a1\n'],
      ['kubectl delete cm a1 --all', 'error: name cannot be provided when a selector is specified\n[exit 1]\n'], ['kubectl delete cm a1 -o yaml', "error: unexpected -o output mode: yaml. We only support '-o name'\n[exit 1]\n"],
      ['kubectl wait --for=delete deploy/nosuch --timeout=1s', ''],
      ['kubectl run p --image=nginx --expose --port=80 --dry-run=client', 'service/p created (dry run)\npod/p created (dry run)\n'],
      [`kubectl run p --image=nginx --override-type=json '--overrides=[{"op":"add","path":"/metadata/labels/x","value":"y"}]' --dry-run=client -o jsonpath={.metadata.labels}`, '{"run":"p","x":"y"}'],
      ["kubectl run p --image=nginx '--overrides={bad' --dry-run=client", 'error: Invalid JSON Patch\n[exit 1]\n'],
      ['kubectl create role r --verb=foo --resource=pods --dry-run=client -o name', "role.rbac.authorization.k8s.io/r\nWarning: 'foo' is not a standard resource verb\n"],
      ['kubectl create role r --verb=get --resource=nosuch', 'the server doesn\'t have a resource type "nosuch"\n[exit 1]\n'],
      ['kubectl apply view-last-applied deploy dep', ''], ['kubectl describe sc', 'No resources found in default namespace.\n'],
    ]);
  });

  test('set env from a ConfigMap, and what is there already', () => {
    transcript(cluster(), [
      ['kubectl create deployment app --image=nginx', 'deployment.apps/app created\n'], ['kubectl create cm c --from-literal=log-level=debug --from-literal=b=2', 'configmap/c created\n'],
      ['kubectl set env deploy/app --from=cm/c --prefix=X_ --keys=log-level', 'deployment.apps/app env updated\n'], ['kubectl set env deploy/app A=1', 'deployment.apps/app env updated\n'],
      ['kubectl set env deploy/app A=2 --overwrite=false', "error: 'A' already has a value (1), and --overwrite is false\n[exit 1]\n"],
      ['kubectl get deploy app -o jsonpath={.spec.template.spec.containers[0].env}', '[{"name":"X_LOG_LEVEL","valueFrom":{"configMapKeyRef":{"key":"log-level","name":"c"}}},{"name":"A","value":"1"}]'],
    ]);
  });
});

describe('kubectl, as the recordings have it', () => {
  test('objects made, shown, changed and taken away', () => {
    transcript(cluster(), [
      ['kubectl create deployment app --image=nginx:alpine', 'deployment.apps/app created\n'],
      ['kubectl create deployment app --image=nginx', 'error: failed to create deployment: deployments.apps "app" already exists\n[exit 1]\n'],
      ['kubectl get deploy', 'NAME   READY   UP-TO-DATE   AVAILABLE   AGE\napp    0/1     0            0           0s\n'],
      ['kubectl get deploy app -o wide --no-headers', 'app   0/1   0     0     0s    nginx   nginx:alpine   app=app\n'],
      ['kubectl scale deploy app --replicas=3', 'deployment.apps/app scaled\n'],
      ['kubectl scale deploy/app --replicas=2 --current-replicas=9', 'error: Expected replicas to be 9, was 3\n[exit 1]\n'],
      ['kubectl scale deploy nosuch --replicas=3', 'error: no objects passed to scale deployments.apps "nosuch" not found\n[exit 1]\n'],
      ['kubectl label deploy app tier=web', 'deployment.apps/app labeled\n'],
      ['kubectl label deploy app tier=db', "error: 'tier' already has a value (web), and --overwrite is false\n[exit 1]\n"],
      ['kubectl label deploy app zzz-', 'label "zzz" not found.\ndeployment.apps/app not labeled\n'],
      ['kubectl label deploy app tier-', 'deployment.apps/app unlabeled\n'],
      ['kubectl annotate deploy app note=hello', 'deployment.apps/app annotated\n'],
      [`kubectl patch deploy app -p '{"spec":{"replicas":2}}'`, 'deployment.apps/app patched\n'],
      [`kubectl patch deploy app -p '{"spec":{"replicas":2}}'`, 'deployment.apps/app patched (no change)\n'],
      ['kubectl set image deploy/app nginx=nginx:1.27', 'deployment.apps/app image updated\n'], ['kubectl set image deploy/app nginx=nginx:1.27', ''],
      ['kubectl set image deploy/app nosuch=x', 'error: unable to find container named "nosuch"\n[exit 1]\n'],
      ['kubectl get deploy app -o jsonpath={.spec.replicas}/{.spec.template.spec.containers[*].image}', '2/nginx:1.27'],
      ['kubectl expose deploy app --port=80', 'service/app exposed\n'],
      ['kubectl get deploy,svc -o name', 'deployment.apps/app\nservice/app\nservice/kubernetes\n'],
      ['kubectl delete svc app', 'service "app" deleted\n'],
      ['kubectl delete deploy app --wait=false', 'deployment.apps "app" deleted\n'],
      ['kubectl delete cm conf secret/s1', "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n[exit 1]\n"],
      ['kubectl delete pods --all', 'No resources found\n'],
    ]);
  });

  test('files applied', () => {
    transcript(cluster(), [
      ['kubectl apply -f -', 'pod/p1 created\n', pod('image: nginx:alpine')], ['kubectl apply -f -', 'pod/p1 unchanged\n', pod('image: nginx:alpine')], ['kubectl apply -f -', 'pod/p1 configured\n', pod('image: nginx:1.27')],
      ['kubectl create -f -', 'Error from server (AlreadyExists): error when creating "STDIN": pods "p1" already exists\n[exit 1]\n', pod('image: nginx:alpine')],
      ['kubectl apply -f -', 'Error from server (BadRequest): error when creating "STDIN": Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.containers[0].imagee"\n[exit 1]\n', pod('imagee: x').replace('p1', 'p2')],
      ['kubectl apply -f -', 'error: resource mapping not found for name: "p2" namespace: "" from "STDIN": no matches for kind "Pod" in version "v2"\nensure CRDs are installed first\n[exit 1]\n', 'apiVersion: v2\nkind: Pod\nmetadata:\n  name: p2\n'],
      ['kubectl apply -f -', 'error: error validating "STDIN": error validating data: apiVersion not set; if you choose to ignore these errors, turn validation off with --validate=false\n[exit 1]\n', 'kind: Pod\n'],
      ['kubectl apply -f nofile.yaml', 'error: the path "nofile.yaml" does not exist\n[exit 1]\n'],
      ['kubectl delete -f -', 'pod "p1" deleted\n', pod('image: nginx')],
      ['kubectl delete -f -', 'Error from server (NotFound): error when deleting "STDIN": pods "p1" not found\n[exit 1]\n', pod('image: nginx')],
      ['kubectl delete -f - --ignore-not-found', '', pod('image: nginx')],
    ]);
  });

  test('what does not exist, and what was typed wrongly', () => {
    transcript(cluster(), [
      ['kubectl get po', 'No resources found in default namespace.\n'], ['kubectl get po -A -l a=b', 'No resources found\n'], ['kubectl get pv', 'No resources found\n'],
      ['kubectl get po nosuch', 'Error from server (NotFound): pods "nosuch" not found\n[exit 1]\n'], ['kubectl get nosuch', 'error: the server doesn\'t have a resource type "nosuch"\n[exit 1]\n'],
      ['kubectl describe po nosuch', 'Error from server (NotFound): pods "nosuch" not found\n[exit 1]\n'], ['kubectl logs nosuch', 'error: error from server (NotFound): pods "nosuch" not found in namespace "default"\n[exit 1]\n'],
      ['kubectl foo', 'error: unknown command "foo" for "kubectl"\n\nDid you mean this?\n\ttop\n[exit 1]\n'], ['kubectl get po --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n[exit 1]\n"],
      ['kubectl delete pod', 'error: resource(s) were provided, but no name was specified\n[exit 1]\n'], ['kubectl create deployment', 'error: required flag(s) "image" not set\n[exit 1]\n'],
      ['kubectl create serviceaccount', "error: exactly one NAME is required, got 0\nSee 'kubectl create serviceaccount -h' for help and examples\n[exit 1]\n"],
      ['kubectl top nodes', 'error: Metrics API not available\n[exit 1]\n'], ['kubectl apply -k .', "error: unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/root'\n[exit 1]\n"],
      ['kubectl apply --prune -f x.yaml', 'kubectl apply: --prune is not available in this lab\n[exit 1]\n'],
    ]);
  });
});

describe('kubectl and what waits', () => {
  test('a watch prints the list, then each change in its columns', () => {
    const m = cluster();
    const id = m.start(['kubectl', 'get', 'cm', '-w'], { env: { KUBECONFIG: '/etc/kubernetes/super-admin.conf' } });
    m.pass(1e6);
    run(m, 'kubectl create cm a --from-literal=k=v');
    m.restore();
    run(m, `kubectl patch cm a -p '{"data":{"l":"w"}}'`);
    run(m, 'kubectl delete cm a');
    m.pass(1e6);
    expect(m.result(id).stdout).toMatch(/^NAME +DATA +AGE\na +1 +\ds\na +2 +\ds\na +2 +\ds\n$/);
    run(m, 'killserver');
    m.pass(5e6);
    expect(m.result(id)).toMatchObject({ code: 0, stderr: '' });
  });

  test('wait and rollout status end when they may, or when their time is over', () => {
    const m = cluster();
    run(m, 'kubectl create deployment app --image=nginx');
    expect(run(m, 'kubectl wait --for=condition=Available deploy app --timeout=2s')).toBe('error: timed out waiting for the condition on deployments/app\n[exit 1]\n');
    expect(run(m, "kubectl wait --for=jsonpath='{.spec.replicas}'=1 deploy/app --timeout=2s".replaceAll("'", ''))).toBe('deployment.apps/app condition met\n');
    expect(run(m, 'kubectl rollout status deploy/app --timeout=2s')).toBe('Waiting for deployment spec update to be observed...\nerror: timed out waiting for the condition\n[exit 1]\n');
    expect(run(m, 'kubectl rollout status po/x')).toContain('Error from server (NotFound)');
  });

  test('edit', () => {
    const m = cluster();
    run(m, 'kubectl create deployment app --image=nginx:alpine');
    expect(run(m, 'kubectl edit deploy app', { editor: 'ed nginx:alpine nginx:1.27' })).toBe('deployment.apps/app edited\n');
    expect(run(m, 'kubectl get deploy app -o jsonpath={..image}')).toBe('nginx:1.27');
    expect(run(m, 'kubectl edit deploy app', { editor: 'ed zzz yyy' })).toBe('Edit cancelled, no changes made.\n');
    expect(run(m, 'kubectl edit deploy app', { editor: 'ed RollingUpdate Foo' })).toMatch(/^error: deployments.apps "app" is invalid\nA copy of your changes has been stored to "\/tmp\/kubectl-edit-\d+.yaml"\nerror: Edit cancelled, no valid changes were saved.\n\[exit 1\]\n$/);
  });
});

describe('kubectl without a server', () => {
  const refused = 'The connection to the server controlplane:6443 was refused - did you specify the right host or port?\n[exit 1]\n';
  const memcache = (server: string, n: number) => Array.from({ length: n }, () => `"Unhandled Error" err="couldn't get current server API group list: Get \\"${server}/api?timeout=32s\\": dial tcp ${server.replace('https://', '')}: connect: connection refused"\n`).join('');
  const bare = (text: string) => text.replace(/^E\d{4} .*?\] /gm, '');

  test('one line while the cache knows what there is, and a log when it does not', () => {
    const m = cluster();
    run(m, 'kubectl get po');
    run(m, 'killserver');
    for (const command of ['get po', 'describe po x', 'delete po x', 'logs x', 'get po -w']) expect(run(m, `kubectl ${command}`)).toBe(refused);
    expect(bare(run(m, 'kubectl get foo'))).toBe(memcache('https://controlplane:6443', 3).replaceAll('dial tcp controlplane', 'dial tcp 172.30.1.2') + refused);
    expect(run(m, 'kubectl version')).toBe(`Client Version: v1.33.0\nKustomize Version: v5.6.0\n${refused}`);
    expect(run(m, 'kubectl create deploy x --image=y')).toBe('error: failed to create deployment: Post "https://controlplane:6443/apis/apps/v1/namespaces/default/deployments?fieldManager=kubectl-create&fieldValidation=Strict": dial tcp 172.30.1.2:6443: connect: connection refused\n[exit 1]\n');
    expect(run(m, 'kubectl apply -f -', { stdin: pod('image: x') })).toBe('error: error validating "STDIN": error validating data: failed to download openapi: Get "https://controlplane:6443/openapi/v2?timeout=32s": dial tcp 172.30.1.2:6443: connect: connection refused; if you choose to ignore these errors, turn validation off with --validate=false\n[exit 1]\n');
    const other = 'https://127.0.0.1:19999';
    for (const [command, lines] of [['get po', 5], ['drain x', 4], ['explain pod', 2], ['run x --image=y', 1], ['get --raw /healthz', 0]] as const) {
      expect(bare(run(m, `kubectl --server=${other} ${command}`))).toBe(memcache(other, lines) + refused.replace('controlplane:6443', '127.0.0.1:19999'));
    }
    expect(run(m, 'kubectl --kubeconfig=/nope get pods')).toBe('error: stat /nope: no such file or directory\n[exit 1]\n');
    expect(run(m, 'kubectl --context=zz get po')).toBe('Error in configuration: context was not found for specified context: zz\n[exit 1]\n');
  });
});
