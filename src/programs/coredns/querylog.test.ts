import { expect, it } from 'vitest';
import { queryLine } from './querylog.ts';

const peer = { host: '172.17.0.5', port: 41234 };

it('is the common log format, with the sizes of the messages', () => {
  const name = 'kubernetes.default.svc.cluster.local';
  const query = { dns: 'query', id: 7, name, type: 'A' } as const;
  const found = { dns: 'answer', id: 7, name, type: 'A', rcode: 'NOERROR', authoritative: true, records: [{ name, type: 'A', ttl: 5, data: '10.96.0.1' }] } as const;
  expect(queryLine(peer, query, found, 'cluster.local', 123)).toBe(
    '[INFO] 172.17.0.5:41234 - 7 "A IN kubernetes.default.svc.cluster.local. udp 54 false 512" NOERROR qr,aa,rd 106 0.000123441s');
  expect(queryLine(peer, query, { ...found, rcode: 'NXDOMAIN', records: [] }, 'cluster.local', 80)).toMatch(/NXDOMAIN qr,aa,rd 147 /);
});
