/**
 * What names, labels and keys may look like. Each check returns what is wrong, in upstream's words; an empty list is good.
 * Models apimachinery pkg/util/validation.
 */

type Check = (text: string) => readonly string[];

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const QUALIFIED = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const longest = (max: number): string => `must be no more than ${max} characters`;
const tooLong = (text: string, max: number): readonly string[] => (text.length > max ? [longest(max)] : []);

/** Names of most objects. */
export const dns1123Subdomain: Check = (text) => [...tooLong(text, 253), ...(SUBDOMAIN.test(text) ? []
  : ["a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"])];
/** Names of namespaces, containers, volumes. */
export const dns1123Label: Check = (text) => [...tooLong(text, 63), ...(LABEL.test(text) ? []
  : [`a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')`])];
/** Names of services. */
export const dns1035Label: Check = (text) => [...tooLong(text, 63), ...(/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text) ? []
  : [`a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`])];

/** Keys of labels and annotations: `[prefix/]name`. */
export const qualifiedName: Check = (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return [`a qualified name ${QUALIFIED} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const name = parts.at(-1)!;
  const prefix = parts.length === 2 ? parts[0]! : null;
  const inPrefix = prefix === null ? [] : prefix === '' ? ['prefix part must be non-empty'] : dns1123Subdomain(prefix).map((problem) => `prefix part ${problem}`);
  const empty = name === '' ? ['name part must be non-empty'] : tooLong(name, 63).map((problem) => `name part ${problem}`);
  return [...inPrefix, ...empty, ...(NAME_PART.test(name) ? [] : [`name part ${QUALIFIED}`])];
};
export const labelValue: Check = (text) => [...tooLong(text, 63), ...(text === '' || NAME_PART.test(text) ? []
  : [`a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`])];

/** Names of ports within a pod. */
export const portName: Check = (text) => [
  ...tooLong(text, 15),
  ...(/^[-a-z0-9]+$/.test(text) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(text) ? [] : ['must contain at least one letter (a-z)']),
  ...(text.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(text.startsWith('-') || text.endsWith('-') ? ['must not begin or end with a hyphen'] : []),
];
/** Keys of config maps and secrets. */
export const configKey: Check = (text) => [
  ...tooLong(text, 253),
  ...(/^[-._a-zA-Z0-9]+$/.test(text) ? [] : ["a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"]),
  ...(text === '.' ? ["must not be '.'"] : text === '..' ? ["must not be '..'"] : text.startsWith('..') ? ["must not start with '..'"] : []),
];
/** Names of environment variables, as v1.33 relaxes them. */
export const envVarName: Check = (text) => (/^[ -<>-~]+$/.test(text) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]);
/** Names of RBAC objects and other path segments. */
export const pathSegment: Check = (text) => (text === '.' || text === '..' ? [`may not be '${text}'`] : ['/', '%'].filter((character) => text.includes(character)).map((character) => `may not contain '${character}'`));

export const portNumber = (port: number): readonly string[] => (Number.isInteger(port) && port >= 1 && port <= 65_535 ? [] : ['must be between 1 and 65535, inclusive']);
/** IPv4 and IPv6 literals. */
export const ipAddress: Check = (text) => {
  const v4 = text.split('.');
  if (v4.length === 4 && v4.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return [];
  return text.includes(':') && /^[0-9A-Fa-f:.]+$/.test(text) ? [] : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
};
