/** kubectl's ways to a pod's ports and to the API, in the sandbox lab: through the API server, the kubelet and the runtime. */
import { expect, it } from 'vitest';
import { labs } from '../labs/index.ts';
import { openWorld } from '../session/core/opening.ts';
import { shell } from './replay.ts';

const world = openWorld(labs.get('sandbox')!.definition, 1);
const run = (command: string): string => shell(world, command).output;

it('port-forward joins a local port to the pod, connection by connection', () => {
  expect(run('kubectl port-forward deploy/app 8080:80 > /tmp/out 2>&1 & sleep 1; curl -s localhost:8080 | grep title; curl -sI 127.0.0.1:8080 | head -1; kill %1; cat /tmp/out'))
    .toBe('<title>Welcome to nginx!</title>\nHTTP/1.1 200 OK\r\nForwarding from 127.0.0.1:8080 -> 80\nHandling connection for 8080\nHandling connection for 8080\n');
  expect(run('kubectl expose deploy app --port=8000 --target-port=80 >/dev/null; kubectl port-forward svc/app :8000 > /tmp/out & sleep 1; sed -n "s/.*:\\([0-9]*\\) -> 80/\\1/p" /tmp/out > /tmp/port; curl -s 127.0.0.1:$(cat /tmp/port) | grep -c nginx; kill %1')).toMatch(/^[1-9]\d*\n/);
});

it('proxy serves the API without credentials', () => {
  expect(run('kubectl proxy > /tmp/out & sleep 1; curl -s localhost:8001/version | grep gitVersion; curl -s localhost:8001/api/v1/namespaces/default/pods/nosuch | grep message; curl -s -o /dev/null -w "%{http_code}\\n" localhost:8001/api/v1/namespaces/default/pods/x/exec; kill %1; cat /tmp/out'))
    .toBe('  "gitVersion": "v1.33.0",\n  "message": "pods \\"nosuch\\" not found",\n403\nStarting to serve on 127.0.0.1:8001\n');
});

it('run joins the pod it makes, tells its end and takes it away', () => {
  expect(shell(world, 'echo hello | kubectl run c --image=busybox:1.36 -i --rm --restart=Never -- cat')).toEqual({ output: 'hello\npod "c" deleted\n', exitCode: 0 });
  expect(shell(world, 'kubectl run d --image=busybox:1.36 --attach --rm --restart=Never -- sh -c "sleep 3; echo more; exit 3"')).toEqual({ output: 'more\npod "d" deleted\npod default/d terminated (Error)\n', exitCode: 3 });
  expect(run('kubectl run e --image=busybox:1.36 --attach --rm --restart=Never -- echo quick')).toBe('quick\npod "e" deleted\n');
  expect(run('kubectl run g --image=busybox:1.36 -- sh -c "while true; do echo tick; sleep 1; done" >/dev/null; sleep 4; timeout 3 kubectl attach g')).toMatch(/^(tick\n){2,3}$/);
});

it('set selector and set subject rewire services and bindings', () => {
  expect(run('kubectl create svc clusterip s1 --tcp=80:80; kubectl set selector svc s1 tier=x; kubectl get svc s1 -o jsonpath={.spec.selector}')).toBe('service/s1 created\nservice/s1 selector updated\n{"tier":"x"}');
  expect(run('kubectl create rolebinding rb --role=x --user=ann; kubectl set subject rolebinding rb --user=bob --serviceaccount=default:sa; kubectl get rolebinding rb -o jsonpath={.subjects[*].name}')).toBe('rolebinding.rbac.authorization.k8s.io/rb created\nrolebinding.rbac.authorization.k8s.io/rb subjects updated\nann bob sa');
  expect(shell(world, 'kubectl set selector deploy app a=b')).toEqual({ output: 'error: setting a selector is only supported for Services\n', exitCode: 1 });
});

it('diff shows what apply would change, and hides the values of secrets', () => {
  run('kubectl create deploy web --image=nginx:alpine --dry-run=client -o yaml > /tmp/w.yaml; kubectl apply -f /tmp/w.yaml');
  expect(shell(world, 'kubectl diff -f /tmp/w.yaml')).toEqual({ output: '', exitCode: 0 });
  expect(run("sed -i 's/replicas: 1/replicas: 3/' /tmp/w.yaml; kubectl diff -f /tmp/w.yaml | grep '^[+-] '; kubectl get deploy web --no-headers -o custom-columns=R:.spec.replicas")).toBe('-  generation: 1\n+  generation: 2\n-  replicas: 1\n+  replicas: 3\n1\n');
  expect(run('kubectl create secret generic s --from-literal=a=b --dry-run=client -o yaml > /tmp/s.yaml; kubectl apply -f /tmp/s.yaml >/dev/null; sed -i "s/a: .*/a: Yw==/" /tmp/s.yaml; kubectl diff -f /tmp/s.yaml | grep "^[+-] "; ls /tmp | grep -c LIVE')).toBe("-  a: '*** (before)'\n+  a: '*** (after)'\n0\n");
});

it('port-forward says what is in its way', () => {
  expect(run('kubectl port-forward deploy/app 8081:81 > /tmp/out 2>&1 & sleep 1; curl -s localhost:8081; sleep 1; cat /tmp/out')).toMatch(/failed to connect to localhost:81 inside namespace .*connect: connection refused .*\nerror: lost connection to pod\n$/s);
  expect(shell(world, 'kubectl port-forward deploy/app 6443:80')).toEqual({ output: 'Unable to listen on port 6443: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:6443: bind: address already in use]\nerror: unable to listen on any of the requested ports: [{6443 80}]\n', exitCode: 1 });
  expect(run('kubectl port-forward svc/app 9')).toBe('error: Service app does not have a service port 9\n');
  expect(run('kubectl run late --image=nosuch.local/x; kubectl port-forward late 80')).toContain('error: unable to forward port because pod is not running. Current status=Pending\n');
  expect(world.crashes).toEqual([]);
});
