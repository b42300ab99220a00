/**
 * The whole way of a new user on a healthy node: key, request, approval, certificate, kubeconfig, RBAC; as a transcript (normalised;
 * `npx vitest -u` rewrites it), and the words that must be in it whatever is rewritten.
 */
import { expect, it } from 'vitest';
import { newWorld } from '../session/core/opening.ts';
import { normalise } from './normalise.ts';
import { shell } from './replay.ts';

const CSR = `cat <<EOF | kubectl apply -f -
apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata:
  name: john
spec:
  request: $(base64 -w0 < john.csr)
  signerName: kubernetes.io/kube-apiserver-client
  expirationSeconds: 86400
  usages:
  - client auth
EOF`;

/** Command, and what its output must contain. */
const STEPS: readonly (readonly [string, ...string[]])[] = [
  ['openssl genrsa -out john.key 2048; ls -l john.key', '-rw-------'],
  ['openssl req -new -key john.key -subj "/CN=john/O=dev" -out john.csr'],
  [CSR, 'certificatesigningrequest.certificates.k8s.io/john created'],
  ['kubectl get csr', 'kubernetes.io/kube-apiserver-client   kubernetes-admin   24h                 Pending'],
  ['kubectl describe csr john', 'Common Name:    john', 'Organization:   dev', 'Requesting User:     kubernetes-admin', 'Requested Duration:  24h'],
  ['kubectl certificate approve john', 'certificatesigningrequest.certificates.k8s.io/john approved'],
  ['sleep 1; kubectl get csr john', 'Approved,Issued'],
  ["kubectl get csr john -o jsonpath='{.status.certificate}' | base64 -d > john.crt; openssl x509 -in john.crt -noout -subject -issuer", 'subject=O = dev, CN = john', 'issuer=CN = kubernetes'],
  ['openssl verify -CAfile /etc/kubernetes/pki/ca.crt john.crt', 'john.crt: OK'],
  ['kubectl create role developer --verb=get,list,create --resource=pods', 'role.rbac.authorization.k8s.io/developer created'],
  ['kubectl create rolebinding developer-john --role=developer --user=john', 'rolebinding.rbac.authorization.k8s.io/developer-john created'],
  ['kubectl config set-credentials john --client-key=john.key --client-certificate=john.crt --embed-certs=true', 'User "john" set.'],
  ['kubectl config set-context john --cluster=kubernetes --user=john', 'Context "john" created.'],
  ['kubectl --context john auth whoami', 'Username', 'john', '[dev system:authenticated]'],
  ['kubectl --context john get pods', 'No resources found in default namespace.'],
  ['kubectl --context john get nodes', 'Error from server (Forbidden): nodes is forbidden: User "john" cannot list resource "nodes" in API group "" at the cluster scope'],
  ['kubectl auth can-i list pods --as john; kubectl auth can-i list secrets --as john', 'yes\nno'],
  ['kubectl certificate deny john', 'certificate signing request "john" is already Approved'],
];

it('a new user gets in, and no further than RBAC lets', async () => {
  const world = newWorld(1);
  world.advance(world.birth + 300_000_000);
  let transcript = '';
  for (const [command, ...words] of STEPS) {
    const { output } = shell(world, `cd /root; ${command}`);
    for (const word of words) expect(`$ ${command}\n${output}`).toContain(word);
    transcript += `$ ${command}\n${normalise(output)}\n`;
  }
  expect(world.crashes).toEqual([]);
  await expect(transcript).toMatchFileSnapshot('transcripts/new-user.txt');
}, 120_000);
