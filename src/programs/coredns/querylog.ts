/** The line of CoreDNS's `log` plugin for one answered query, in its common format. Sizes are those of uncompressed DNS messages. */
import { nanosOf } from '../../lib/cri/index.ts';
import { joinHostPort, type DnsAnswer, type DnsQuery, type DnsRecord } from '../../lib/net/index.ts';

export interface Peer { readonly host: string; readonly port: number }

const HEADER = 12;
const RECORD = 10;
/** Zone, SOA fields, name server and mailbox of a zone; goes with every name that is not there. */
const soaSize = (zone: string): number => RECORD + 20 + nameSize(zone) + nameSize(`ns.dns.${zone}`) + nameSize(`hostmaster.${zone}`);

function nameSize(name: string): number {
  return name === '' ? 1 : name.length + 2;
}

function dataSize({ type, data }: DnsRecord): number {
  if (type === 'A') return 4;
  if (type === 'AAAA') return 16;
  if (type === 'SRV') return 6 + nameSize(data.split(' ').at(-1)!.replace(/\.$/, ''));
  return nameSize(data.replace(/\.$/, ''));
}

/** `us`: how long the answer took. */
export function queryLine(peer: Peer, query: DnsQuery, reply: DnsAnswer, zone: string, us: number): string {
  const asked = HEADER + nameSize(query.name) + 4;
  const authority = reply.authoritative && reply.records.length === 0 ? soaSize(zone) : 0;
  const answered = reply.records.reduce((sum, record) => sum + nameSize(record.name) + RECORD + dataSize(record), asked) + authority;
  const flags = reply.authoritative ? 'qr,aa,rd' : 'qr,rd,ra';
  return `[INFO] ${joinHostPort(peer.host, peer.port)} - ${query.id} "${query.type} IN ${query.name}. udp ${asked} false 512" ${reply.rcode} ${flags} ${answered} ${((us + nanosOf(us, query.id) / 1000) / 1e6).toFixed(9)}s`;
}
