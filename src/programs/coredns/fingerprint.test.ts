import { expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

// The Corefile that kubeadm wrote for years, and the line that every such cluster logs.
const USUAL = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

it('is the one real servers log', () => {
  expect(fingerprint(USUAL)).toBe('591cf328cccc12bc490481273e738df59329c62c0b729d94e8b61db9961c2fa5f046dd37f1cf888b953814040d180f52594972691cd6ff41be96639138a43908');
});
