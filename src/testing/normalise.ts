/**
 * Makes the output of two clusters comparable: replaces only what must differ (ids, hashes of ids, clock times,
 * ages, addresses of pods, ports of clients, process ids, names' random parts). Wording, order, columns stay.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'UUID'],
  // Ids cut short, keys and what is made of them, and the size of a key's file, which goes by the key's leading bits.
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{13}\b/g, 'HEX13'],
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, 'TOKEN'],
  [/\bbootstrap-token-[a-z0-9]{6}\b/g, 'bootstrap-token-RAND6'],
  [/(certificate-authority-data|client-certificate-data|client-key-data): \S{20,}|(client-key-data): (?:<key>|DATA\+OMITTED)/g, '$1$2: KEY'],
  [/sha256:<hash>/g, 'sha256:HEX64'],
  [/\b167[59](?= \S+ \S+ \S+ \S+\.key\b)/g, 'KEYSIZE'],
  [/\b(?:[0-9a-f]{2}:){3,}(?:[0-9a-f]{2})?/gi, 'OCTETS'],
  [/^ +[0-9a-f]{2}(?::[0-9a-f]{2}){0,2}$/gm, 'OCTETS'],
  [/(Serial Number: )\d+ \(0x[0-9a-f]+\)/g, '$1SERIAL'],
  [/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g, 'HEX64'],
  [/(?:(?<![0-9a-f])|(?<=pod))[0-9a-f]{32}(?![0-9a-f])/g, 'HEX32'],
  [/"pid": \d{2,}/g, '"pid": PID'],
  [/\b[0-9a-f]{16}\b/g, 'HEX16'],
  // klog headers first: their date, time, pid and source line.
  [/\b([IWEF])\d{4} \d\d:\d\d:\d\d\.\d{6}\s+\d+ ([\w./]+\.(?:go|s)):\d+\]/g, '$1KLOG $2]'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, 'TIME'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?(?: UTC)?(?: m=[+-][\d.]+)?/g, 'TIME'],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}|\d{4}-\d\d-\d\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d+) \d\d:\d\d:\d\d(?: [+-]\d{4}| UTC)?(?: \d{4})?/g, 'TIME'],
  [/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d(?::\d\d)?(?: \d{4} GMT)?/g, 'TIME'],
  [/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d\d, \d{4} \d\d:\d\d UTC/g, 'TIME'],
  [/\b\d\d:\d\d:\d\d\b/g, 'CLOCK'],
  // Names: what a generator drew.
  [/\b(app|coredns)-([0-9a-f]{8,10})-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1-$2-RAND5'],
  [/\b(kube-proxy|kube-flannel-ds)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1-RAND5'],
  [/\b(kubernetes|app|kube-dns)-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1-RAND5'],
  [/kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}/g, 'kube-api-access-RAND5'],
  [/\bapiserver-[a-z0-9]{26}(?=\b|_)/g, 'apiserver-RAND26'],
  [/\b(controlplane)_UUID/g, '$1_UUID'],
  // Addresses: pods' and clients'.
  [/\b172\.17\.\d+\.\d+\b/g, 'POD-IP'],
  [/\b10\.(?:9[7-9]|1[01]\d)\.\d+\.\d+\b/g, 'CLUSTER-IP'],
  [/(127\.0\.0\.1|172\.30\.1\.2):[3-6]\d{4}\b/g, '$1:PORT'],
  [/(Resource Version:\s+)\d+/g, '$1RV'],
  [/\b(resourceVersion: )"\d+"/g, '$1"RV"'],
  [/"resourceVersion": "\d+"/g, '"resourceVersion": "RV"'],
  [/\[\d+\]:/g, '[PID]:'],
  [/\((\d+)(?:\.\d+)?(?:s|m|h)[\dsmh.]* ago\)/g, '(AGE ago)'],
  [/\b(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?(?:ms|s|m|h|d)\b/g, 'AGE'],
  [/(?:About (?:a|an)|\d+|Less than a) (?:second|minute|hour)s? ago/g, 'AGO'],
];

/** Columns may be padded for longer or shorter ids and ages: runs of blanks count as one column gap. */
export function normalise(output: string): string {
  let text = output;
  for (const [pattern, by] of RULES) text = text.replace(pattern, by);
  return text.split('\n').map((line) => line.replace(/ {2,}|\t+/g, '  ').trimEnd()).join('\n').trimEnd();
}
