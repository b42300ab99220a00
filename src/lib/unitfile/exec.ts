/**
 * Command lines of a unit (`ExecStart=` …): prefixes, quoting, `;` between commands, specifiers when the unit is
 * loaded, and `$VAR`/`${VAR}` when it is run. Models systemd's config_parse_exec() and replace_env_argv().
 */

export interface ExecCommand {
  /** The line as `systemctl status` repeats it, without its prefixes. */ readonly line: string;
  readonly path: string;
  /** Words before variables are replaced; argv[0] first. */ readonly words: readonly string[];
  /** `-`: a failure does not matter. */ readonly ignoreFailure: boolean;
  /** `:`: no variables. */ readonly noExpansion: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"', "'": "'", s: ' ' };

/** Splits as extract_first_word() with quotes and C escapes; null for an unbalanced quote. */
export function splitWords(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === '\\' && i + 1 < text.length) {
      const next = text[++i]!;
      word = (word ?? '') + (ESCAPES[next] ?? `\\${next}`);
    } else if (quote !== '') {
      if (c === quote) quote = '';
      else word += c;
    } else if (c === '"' || c === "'") {
      quote = c;
      word ??= '';
    } else if (/\s/.test(c)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + c;
  }
  if (quote !== '') return null;
  if (word !== null) words.push(word);
  return words;
}

/** The commands of one assignment, or the reason why it is skipped. */
export function parseExec(value: string): { readonly commands: readonly ExecCommand[]; readonly error: string | null } {
  const commands: ExecCommand[] = [];
  for (const part of value.split(/\s;(?:\s|$)/)) {
    const text = part.trim();
    if (text === '') continue;
    const flags = /^[-@:+!|]*/.exec(text)![0];
    const line = text.slice(flags.length).trim();
    const words = splitWords(line);
    if (words === null) return { commands, error: `Ignoring unbalanced quoting in command line: ${line}` };
    const path = words[0];
    if (path === undefined) return { commands, error: `Empty path in command line, ignoring: ${value}` };
    if (path.includes('/') && !path.startsWith('/')) return { commands, error: `Neither a valid executable name nor an absolute path: ${path}` };
    const argv = flags.includes('@') ? words.slice(1) : words;
    commands.push({ line, path, words: argv, ignoreFailure: flags.includes('-'), noExpansion: flags.includes(':') });
  }
  return { commands, error: null };
}

type Env = Readonly<Record<string, string>>;

/** Replaces variables: `$NAME` as a word of its own splits at blanks, `${NAME}` anywhere does not. */
export function expandArgv(command: ExecCommand, env: Env): string[] {
  if (command.noExpansion) return [...command.words];
  const argv: string[] = [];
  for (const [index, word] of command.words.entries()) {
    const whole = index > 0 ? /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(word) : null;
    if (whole !== null) {
      argv.push(...(splitWords(env[whole[1]!] ?? '') ?? []));
      continue;
    }
    argv.push(word.replace(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (match, name: string | undefined) => (match === '$$' ? '$' : env[name!] ?? '')));
  }
  return argv;
}

/** Variables the command names that have no value: systemd complains about them once a start. */
export function missingVariables(command: ExecCommand, env: Env): string[] {
  const names = command.words.flatMap((word, index) => {
    const whole = index > 0 ? /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(word) : null;
    if (whole !== null) return [whole[1]!];
    return [...word.matchAll(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].flatMap((m) => (m[1] === undefined ? [] : [m[1]]));
  });
  return [...new Set(names)].filter((name) => env[name] === undefined);
}

/** `Environment=` assignments of one line: `"A=b c" D=e`. */
export function parseEnvironment(value: string): [string, string][] {
  return (splitWords(value) ?? []).flatMap((word): [string, string][] => {
    const match = /^([A-Za-z_][A-Za-z0-9_]*)=([^]*)$/.exec(word);
    return match === null ? [] : [[match[1]!, match[2]!]];
  });
}

/** The contents of an `EnvironmentFile=`: shell-like assignments, `#` and `;` comments, quotes taken off. */
export function parseEnvironmentFile(text: string): [string, string][] {
  const found: [string, string][] = [];
  for (const raw of text.replace(/\\\n/g, '').split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*([^]*)$/.exec(line);
    if (match !== null) found.push([match[1]!, unquote(match[2]!)]);
  }
  return found;
}

function unquote(value: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'/.exec(value);
  if (quoted === null) return value.replace(/\\(.)/g, '$1');
  return quoted[2] ?? quoted[1]!.replace(/\\(["\\$`])/g, '$1');
}
