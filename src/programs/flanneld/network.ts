/** Networks as flannel compares them: does the cluster's network hold the node's? IPv4 only. */

const number = (ip: string): number => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** The first and the last address of `10.244.0.0/16`; null when it is no such thing. */
function bounds(cidr: string): readonly [number, number] | null {
  const [, ip = '', length = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(cidr) ?? [];
  if (ip === '' || Number(length) > 32) return null;
  let size = 1;
  for (let bit = Number(length); bit < 32; bit++) size *= 2;
  const first = number(ip) - (number(ip) % size);
  return [first, first + size - 1];
}

/** Whether every address of `inner` lies in `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [large, small] = [bounds(outer), bounds(inner)];
  return large !== null && small !== null && large[0] <= small[0] && small[1] <= large[1];
}
