/**
 * GNU's complaints in BusyBox' words, a row for each that differs. Models what libbb's open_or_warn, fopen_or_warn and
 * bb_perror_msg make of a name: the applets call one or the other, which is why cat and head differ.
 */
type Rule = readonly [tools: string, from: RegExp, to: string];

const RULES: readonly Rule[] = [
  ['cat', /^.*: Is a directory$/s, 'read error: Is a directory'],
  ['cat', /^(.*): (.*?)$/s, "can't open '$1': $2"],
  ['ls', /^cannot access '(.*)': (.*)$/s, '$1: $2'],
  ['ls', /^cannot open directory '(.*)': (.*)$/s, "can't open '$1': $2"],
  ['rm', /^cannot remove '(.*)': Is a directory$/s, "'$1' is a directory"],
  ['rm', /^cannot remove '(.*)': (.*)$/s, "can't remove '$1': $2"],
  ['cp', /^-r not specified; omitting directory '(.*)'$/s, "omitting directory '$1'"],
  ['cp stat', /^cannot (?:stat|statx) '(.*)': (.*)$/s, "can't stat '$1': $2"],
  ['cp', /^cannot create regular file '(.*)': (.*)$/s, "can't create '$1': $2"],
  ['mv', /^cannot stat '(.*)': (.*)$/s, "can't rename '$1': $2"],
  ['mv', /^cannot move '(.*)' to '.*': (.*)$/s, "can't rename '$1': $2"],
  ['mkdir', /^cannot create directory '(.*?)': (.*)$/s, "can't create directory '$1': $2"],
  ['rmdir', /^failed to remove (?:directory )?'(.*)': (.*)$/s, "'$1': $2"],
  ['touch', /^cannot touch '(.*)': (.*)$/s, '$1: $2'],
  ['head tail', /^error reading '.*': (.*)$/s, 'read error: $1'],
  ['head', /^cannot open '(.*)' for reading: (.*)$/s, '$1: $2'],
  ['tail', /^cannot open '(.*)' for reading: (.*)$/s, "can't open '$1': $2"],
  ['tail', /^no files remaining$/, 'no files'],
  ['chmod chown chgrp', /^(?:cannot access|cannot dereference|changing \w+ of) '(.*)': (.*)$/s, '$1: $2'],
  ['chown chgrp', /^invalid (user|group): '(.*?)'$/s, 'unknown $1 $2'],
  ['ln', /^failed to (?:create \w+ link|access) '(.*)': (.*)$/s, '$1: $2'],
  ['find', /^'(.*?)': (.*)$/s, '$1: $2'],
  ['sort', /^cannot read: (.*)$/s, '$1'],
  ['sleep', /^invalid time interval '(.*?)'/s, "invalid number '$1'"],
  ['head tail', /^invalid number of (?:lines|bytes): '(.*?)'$/s, "invalid number '$1'"],
];

/** The message as the applet says it; GNU's curly quotation marks (in UTF-8) become plain ones first. */
export function busyboxWords(tool: string, message: string): string {
  const plain = message.replace(/\xe2\x80[\x98\x99]/g, "'");
  const rule = RULES.find(([tools, from]) => tools.split(' ').includes(tool) && from.test(plain));
  return rule === undefined ? plain : plain.replace(rule[1], rule[2]);
}
