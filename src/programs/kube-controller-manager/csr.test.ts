/** Certificate requests over a real API server: approved by hand or by themselves, signed, refused. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bootControlPlane, CONTROLLER_MANAGER } from '../../testing/controlplane.ts';
import { createRequest, distinguishedName, parseRsaPrivateKey } from '../../lib/x509/index.ts';
import { PRIVATE_KEYS } from '../../distro/pki/keys.ts';
import { program } from './index.ts';

const plane = bootControlPlane([program]);
plane.m.start(CONTROLLER_MANAGER);
plane.m.pass(10e6);

const PATH = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const requestFor = (commonName: string, ...organizations: string[]) => btoa(createRequest(distinguishedName({ commonName, organizations }), [], parseRsaPrivateKey(PRIVATE_KEYS.scheduler)!));
const send = (name: string, request: string, more: object = {}) => plane.ask('POST', PATH, { apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name }, spec: { request, signerName: 'kubernetes.io/kube-apiserver-client', usages: ['client auth'], ...more } });
const look = (name: string) => { plane.m.pass(2e6); return plane.ask('GET', `${PATH}/${name}`) as unknown as { spec: object; status: { certificate?: string; conditions?: { type: string; reason: string; message: string }[] } }; };
function approve(name: string) {
  const csr = plane.ask('GET', `${PATH}/${name}`);
  plane.ask('PUT', `${PATH}/${name}/approval`, { ...csr, status: { conditions: [{ type: 'Approved', status: 'True', reason: 'KubectlApprove', message: 'x' }] } });
  return look(name).status;
}
const certificate = (status: { certificate?: string }) => new X509Certificate(atob(status.certificate ?? ''));

describe('certificate requests', () => {
  test('an approved one is signed by the cluster authority, for as long as was asked', () => {
    send('jane', requestFor('jane', 'dev', 'ops'), { expirationSeconds: 3600, username: 'nobody' });
    const waiting = look('jane');
    expect(waiting.status).toEqual({});
    expect(waiting.spec).toMatchObject({ username: 'kubernetes-super-admin', groups: ['system:masters', 'system:authenticated'] });
    const made = certificate(approve('jane'));
    expect([made.subject, made.issuer, made.ca]).toEqual(['O=dev + O=ops\nCN=jane', 'CN=kubernetes', false]);
    expect(made.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(Date.parse(made.validTo) - Date.parse(made.validFrom)).toBe(3900_000);
  });

  test('a year at most, and not for other usages', () => {
    send('long', requestFor('long'), { expirationSeconds: 315_360_000, usages: ['digital signature', 'key encipherment', 'client auth'] });
    const made = certificate(approve('long'));
    expect(Date.parse(made.validTo) - Date.parse(made.validFrom)).toBe(365 * 86_400_000);
    send('server', requestFor('server'), { usages: ['server auth'] });
    expect(approve('server')).toMatchObject({ conditions: [{ type: 'Approved' }, { type: 'Failed', reason: 'SignerValidationFailure', message: 'invalid usage for client certificate: server auth' }] });
    send('stranger', requestFor('stranger'), { signerName: 'example.com/mine' });
    expect(approve('stranger').certificate).toBeUndefined();
  });

  test('the server refuses what is no request, no signer, too short, or for masters', () => {
    const says = (...argv: Parameters<typeof send>) => String(send(...argv).message);
    expect(says('bad', btoa('hi'))).toBe('CertificateSigningRequest.certificates.k8s.io "bad" is invalid: spec.request: Invalid value: []byte{0x68, 0x69}: PEM block type must be CERTIFICATE REQUEST');
    expect(says('bad', requestFor('x'), { expirationSeconds: 60 })).toBe('CertificateSigningRequest.certificates.k8s.io "bad" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 600 seconds (10 minutes)');
    expect(says('bad', requestFor('x'), { signerName: 'kubelet' })).toContain("spec.signerName: Invalid value: \"kubelet\": must be a fully qualified domain and path of the form 'example.com/signer-name'");
    expect(says('bad', requestFor('x'), { usages: [] })).toContain('spec.usages: Required value');
    expect(says('root', requestFor('root', 'system:masters'))).toBe('certificatesigningrequests.certificates.k8s.io "root" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed');
  });

  test("a kubelet's own is approved by itself once RBAC says so", () => {
    const node = { signerName: 'kubernetes.io/kube-apiserver-client-kubelet', usages: ['client auth', 'digital signature'] };
    send('other', requestFor('someone', 'system:nodes'), node);
    expect(look('other').status).toEqual({});
    send('kubelet', requestFor('system:node:worker', 'system:nodes'), node);
    expect(look('kubelet').status).toMatchObject({ conditions: [{ type: 'Approved', reason: 'AutoApproved', message: 'Auto approving kubelet client certificate after SubjectAccessReview.' }] });
    expect(certificate(look('kubelet').status).subject).toBe('O=system:nodes\nCN=system:node:worker');
  });
});
