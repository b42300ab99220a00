/** BusyBox' applets: those an image has in /bin, and the usage and purpose that --help begins with. The option lists that follow are left out. */

/** What a row of the table is for: `[synopsis, purpose]`. */
const USAGE: Readonly<Record<string, readonly [synopsis: string, purpose: string]>> = {
  cat: ['[-nbvteA] [FILE]...', 'Print FILEs to stdout'], ls: ['[-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...', 'List directory contents'], cp: ['[-arPLHpfinlsTu] SOURCE DEST', 'Copy SOURCEs to DEST'],
  mv: ['[-finT] SOURCE DEST', 'Rename SOURCE to DEST, or move SOURCEs to DIRECTORY'], rm: ['[-irf] FILE...', 'Remove (unlink) FILEs'], mkdir: ['[-m MODE] [-p] DIRECTORY...', 'Create DIRECTORY'], rmdir: ['[-p] DIRECTORY...', 'Remove DIRECTORY if it is empty'],
  touch: ['[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...', 'Update mtime of FILEs'], chmod: ['[-Rcvf] MODE[,MODE]... FILE...', 'MODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]'], chown: ['[-Rhc]... USER[:[GRP]] FILE...', 'Change the owner and/or group of FILEs to USER and/or GRP'],
  ln: ['[-sfnbtv] [-S SUF] TARGET... LINK|DIR', 'Create a link LINK or DIR/TARGET to the specified TARGET(s)'], head: ['[OPTIONS] [FILE]...', 'Print first 10 lines of FILEs (or stdin).\nWith more than one FILE, precede each with a filename header.'],
  tail: ['[OPTIONS] [FILE]...', 'Print last 10 lines of FILEs (or stdin) to.\nWith more than one FILE, precede each with a filename header.'], wc: ['[-clwL] [FILE]...', 'Count lines, words, and bytes for FILEs (or stdin)'], sleep: ['[N]...', 'Pause for a time equal to the total of the args given, where each arg can\nhave an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays'],
  id: ['[-ugGnr] [USER]', 'Print information about USER or the current user'], hostname: ['[-sidf] [HOSTNAME | -F FILE]', 'Show or set hostname or DNS domain name'], date: ['[OPTIONS] [+FMT] [[-s] TIME]', 'Display time (using +FMT), or set time'],
  wget: ['[-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...', 'Retrieve files via HTTP or FTP'],
  nslookup: ['[-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]', 'Query DNS about HOST'], nc: ['[OPTIONS] HOST PORT  - connect\nnc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen', ''], ping: ['[OPTIONS] HOST', 'Send ICMP ECHO_REQUESTs to HOST'], ifconfig: ['[-a] [IFACE] [ADDRESS]', 'Configure a network interface'],
  ps: ['[-o COL1,COL2=HEADER] [-T]', 'Show list of processes'], free: ['[-bkmgh]', 'Display free and used memory'], df: ['[-PkmhTai] [-B SIZE] [-t TYPE] [FILESYSTEM]...', 'Print filesystem usage statistics'], sed: ['[-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...\nor: sed [-i[SFX]] [-nrE] CMD [FILE]...', ''],
  grep: ['[-HhnlLoqvsrRiwFE] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...', 'Search for PATTERN in FILEs (or stdin)'], env: ['[-iu0] [-] [name=value]... [PROG ARGS]', 'Print current environment or run PROG after setting up environment'],
};

/** The applets an image has, in the order of `busybox --list`. */
export const APPLETS: readonly string[] = ['[', 'arch', 'ash', 'awk', 'base64', 'basename', 'busybox', 'cat', 'chgrp', 'chmod', 'chown', 'clear', 'comm', 'cp', 'cut', 'date', 'df', 'diff', 'dirname', 'dmesg', 'du', 'echo', 'egrep', 'env', 'expr', 'false', 'fgrep', 'find', 'free', 'grep', 'groups',
  'head', 'hexdump', 'hostname', 'id', 'ifconfig', 'ip', 'kill', 'less', 'ln', 'ls', 'lsof', 'md5sum', 'mkdir', 'mktemp', 'more', 'mount', 'mv', 'nc', 'netstat', 'nl', 'nohup', 'nproc', 'nslookup', 'od', 'paste', 'pgrep', 'ping', 'pkill', 'printenv', 'printf', 'ps', 'pwd', 'readlink', 'realpath', 'reset', 'rev', 'rm', 'rmdir',
  'sed', 'seq', 'sh', 'sha1sum', 'sha256sum', 'sleep', 'sort', 'stat', 'strings', 'tac', 'tail', 'tee', 'test', 'timeout', 'top', 'touch', 'tr', 'true', 'tty', 'umount', 'uname', 'uniq', 'uptime', 'vi', 'watch', 'wc', 'wget', 'which', 'whoami', 'xargs', 'xxd', 'yes'];

/** `cat [-nbvteA] [FILE]...` and what it is for. */
export function usageOf(applet: string): string {
  const [synopsis, purpose] = USAGE[applet] ?? ['[OPTIONS]', ''];
  return `${applet} ${synopsis}${purpose === '' ? '' : `\n\n${purpose}`}`;
}
