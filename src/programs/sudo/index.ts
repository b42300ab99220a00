/**
 * sudo(8): root may do all, so it only runs the command, as root or as -u says. The environment is reset as sudoers'
 * env_reset does it. Asking for passwords and sudoers rules are not modelled: who is not root is refused plainly.
 */
import { cpu, environ, self, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { names } from '../../lib/passwd/index.ts';
import { quietly } from '../../lib/tool/index.ts';
import { runProgram } from '../../lib/tool/run.ts';

const USAGE = 'usage: sudo -h | -K | -k | -V\nusage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]\nusage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user] [command [arg ...]]\nusage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] [VAR=value] [-i | -s] [command [arg ...]]\nusage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...\n';
const LONG = { user: 'u:', group: 'g:', login: 'i', shell: 's', list: 'l', 'preserve-env': 'E', 'set-home': 'H', 'non-interactive': 'n', validate: 'v', 'reset-timestamp': 'k', background: 'b', edit: 'e', version: 'V', help: 'h', stdin: 'S' };
const SECURE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function* body(argv: readonly string[]): Coroutine<number> {
  yield* cpu(4000);
  const { options, operands, error } = getopt(argv.slice(1), '+u:g:islEHnvkKbeVhS', LONG);
  const on = (letter: string): boolean => options.some((o) => o.name === letter);
  if (error !== null) {
    yield* write(2, `sudo: ${error}\n${USAGE}`);
    return 1;
  }
  if (on('V')) {
    yield* write(1, 'Sudo version 1.9.13p3\nSudoers policy plugin version 1.9.13p3\nSudoers file grammar version 50\nSudoers I/O plugin version 1.9.13p3\nSudoers audit plugin version 1.9.13p3\n');
    return 0;
  }
  const refused = ['e', 'b', 'g'].find(on);
  if (refused !== undefined) {
    yield* write(2, `sudo: -${refused} is not available in this lab\n`);
    return 1;
  }
  const who = yield* names();
  const me = yield* self();
  if (me.uid !== 0) {
    yield* write(2, `sudo: ${who.user(me.uid)} asking for a password is not available in this lab\n`);
    return 1;
  }
  if (on('v') || on('k') || on('K')) return 0;
  if (on('l')) {
    yield* write(1, `Matching Defaults entries for root on ${me.hostname}:\n    env_reset, mail_badpass, secure_path=${SECURE_PATH.replaceAll(':', '\\:')}, use_pty\n\nUser root may run the following commands on ${me.hostname}:\n    (ALL : ALL) ALL\n`);
    return 0;
  }
  const user = options.findLast((o) => o.name === 'u')?.value ?? 'root';
  const uid = who.uid(user) ?? (/^#\d+$/.test(user) ? Number(user.slice(1)) : null);
  if (uid === null) {
    yield* write(2, `sudo: unknown user ${user}\nsudo: error initializing audit plugin sudoers_audit\n`);
    return 1;
  }
  const target = who.user(uid);
  const entry = who.entry(target);
  const home = entry?.home ?? '/';
  const given = yield* environ();
  const kept = on('E') ? given : Object.fromEntries(['TERM', 'LANG', 'LC_ALL', 'DISPLAY', 'COLORTERM'].filter((n) => given[n] !== undefined).map((n) => [n, given[n]!]));
  const words = [...operands];
  const vars: Record<string, string> = {};
  while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(words.shift()!)!;
    vars[name!] = value!;
  }
  const shell = on('i') ? entry?.shell ?? '/bin/bash' : given['SHELL'] ?? '/bin/bash';
  const name = shell.replace(/^.*\//, '');
  const command = on('i') || on('s') ? [shell, ...(words.length > 0 ? ['-c', words.join(' ')] : [])] : words;
  if (command.length === 0) {
    yield* write(2, USAGE);
    return 1;
  }
  const env = { ...kept, PATH: SECURE_PATH, HOME: home, MAIL: `/var/mail/${target}`, LOGNAME: target, USER: target, SHELL: entry?.shell ?? '/bin/bash', SUDO_COMMAND: command.join(' '), SUDO_USER: who.user(me.uid), SUDO_UID: String(me.uid), SUDO_GID: String(me.gid), ...vars };
  return yield* runProgram({ path: command[0]!, argv: on('i') ? [`-${name}`, ...command.slice(1)] : command, env, uid, gid: who.primary(target) ?? uid, ...(on('i') ? { cwd: home } : {}) }, (why) => (why === 'No such file or directory' ? `sudo: ${command[0]}: command not found` : `sudo: unable to execute ${command[0]}: ${why}`));
}

export const program: Program = { name: 'sudo', main: (argv) => quietly(body(argv)) };
