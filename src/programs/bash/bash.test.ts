import { describe, expect, it } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import type { Machine } from '../../testing/machine.ts';
import { read, sleep, write } from '../../kernel/sys.ts';
import type { Program } from '../../kernel/sys.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { program as bash } from './index.ts';

const cat: Program = { name: 'cat', *main() {
  for (;;) {
    const data = yield* read(0);
    if (data === '') return 0;
    yield* write(1, data);
  }
} };
const sleeper: Program = { name: 'sleep', *main(argv) {
  yield* sleep(Number(argv[1]) * 1e6);
  return 0;
} };
const args: Program = { name: 'args', *main(argv) {
  yield* write(1, `${argv.slice(1).map((a) => `<${a}>`).join('')}\n`);
  return argv.length > 5 ? 3 : 0;
} };
/** Speaks cobra's protocol: what it would complete, with descriptions and a directive. */
const kubectl: Program = { name: 'kubectl', *main(argv) {
  if (argv[1] !== '__complete') {
    yield* write(1, `${argv.slice(1).map((a) => `<${a}>`).join('')}\n`);
    return 0;
  }
  const found = ['nodes\tMachines', 'pods\tGroups of containers'].filter((each) => each.startsWith(argv.at(-1)!));
  yield* write(1, `${found.map((each) => `${each}\n`).join('')}:4\n`);
  return 0;
} };
const machine = (files: Record<string, string> = {}): Machine => bootMachine({ programs: [bash, cat, sleeper, args, kubectl], binaries: { '/bin/sh': 'bash' }, files });
const sh = (script: string): string => {
  const { stdout, stderr, code } = machine({ '/tmp/a.txt': 'one\ntwo\n', '/tmp/b.txt': '', '/tmp/.hidden': '' }).run(['/bin/bash', '-c', script], { cwd: '/tmp' });
  return stdout + stderr + (code === 0 ? '' : `[${code}]`);
};

describe('the language', () => {
  it.each([
    ['echo a  "b  c" \'d $x\' $((1+2*3))', 'a b  c d $x 7\n'],
    ['x="a b"; args $x "$x" ${x}c "${x/a/z}" ${#x}', '<a><b><a b><a><bc><z b><3>\n[3]'],
    ['args ${u-def ault} "${u:-x y}" ${u+no}', '<def><ault><x y>\n'],
    ['f() { local y=$1; echo "in $y $#"; return 4; }; f 1 2; echo $?', 'in 1 2\n4\n'],
    ['for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done', '1\n3\n'],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i', '3\n'],
    ['case abc in x|a*) echo yes;; *) echo no;; esac', 'yes\n'],
    ['if false; then echo a; elif true; then echo b; else echo c; fi', 'b\n'],
    ['echo *.txt; echo .h*; echo nope*; echo "*.txt"', 'a.txt b.txt\n.hidden\nnope*\n*.txt\n'],
    ['echo {a,b}{1..3} x{,y}', 'a1 a2 a3 b1 b2 b3 x xy\n'],
    ['echo one | cat | { read x; echo "got $x"; }', 'got one\n'],
    ['echo $(echo a; echo b) "$(printf "c\\n\\n")"', 'a b c\n'],
    ['cat <<EOF\nhi $((1+1))\nEOF\ncat <<"E"\n$x\nE', 'hi 2\n$x\n'],
    ['cat <<< "str $HOME"', 'str /root\n'],
    ['echo err >&2; echo out > f; cat < f', 'out\nerr\n'],
    ['{ echo a; echo b >&2; } > f 2>&1; cat < f', 'a\nb\n'],
    ['a=(x "y z" w); echo ${#a[@]} "${a[1]}" ${a[@]:1:1}; args "${a[@]}"', '3 y z y z\n<x><y z><w>\n'],
    ['declare -A m; m[k]=v; m[j]=u; echo ${m[k]} ${!m[@]}', 'v k j\n'],
    ['x=abc.tar.gz; echo ${x%.*} ${x%%.*} ${x#*.} ${x##*.} ${x^^} ${x:0:3}', 'abc.tar abc tar.gz gz ABC.TAR.GZ abc\n'],
    ['true && echo a || echo b; false || echo c', 'a\nc\n'],
    ['(cd /; exit 3); echo $? $PWD', '3 /tmp\n'],
    ['set -e; false; echo no', '[1]'],
    ['set -o pipefail; false | true; echo $?; echo ${PIPESTATUS[0]}', '1\n0\n'],
    ['nosuch', '/bin/bash: line 1: nosuch: command not found\n[127]'],
    ['[[ abc == a* && 3 -gt 2 && abc =~ b(.) ]] && echo ${BASH_REMATCH[1]}', 'c\n'],
    ['printf "%s-%03d|%5s|%-4s|\\n" a 7 b c d 8', 'a-007|    b|c   |\nd-008|     |    |\n'],
    ['x=5; ((x++)); let x+=2; echo $x; echo $((x**2 % 7)) $((0x1f)) $((x>3?1:0))', '8\n1 31 1\n'],
    ['trap "echo bye" EXIT; echo hi', 'hi\nbye\n'],
    ['echo a | while read l; do echo "[$l]"; done', '[a]\n'],
    ['while read a b; do echo "$b-$a"; done < a.txt', '-one\n-two\n'],
    ['sleep 1 & wait; echo $?', '0\n'],
    ['eval "x=1; echo \\$x"; type echo; command -v cat', '1\necho is a shell builtin\n/usr/bin/cat\n'],
    ['args <(echo hi) > f; read x < <(echo there); echo $x', 'there\n'],
    ['echo "a$(echo "b$(echo c)")"', 'abc\n'],
    ['while true; do echo x; break; done; until false; do break; done; echo $?', 'x\n0\n'],
    ['echo )', "/bin/bash: -c: line 1: syntax error near unexpected token `)'\n/bin/bash: -c: line 1: `echo )'\n[2]"],
  ])('%s', (script, expected) => expect(sh(script)).toBe(expected));
});

const files = { '/root/.profile': 'PS1=\'\\h \\w \\$ \'\nalias k=args\n' };
const login = (): Machine => {
  const m = machine(files);
  m.login();
  return m;
};
const screen = (m: Machine, line: string): string => decodeUtf8(m.line(line)).replace(/\x1b\[\?2004[hl]/g, '').replaceAll('\r', '');

describe('the terminal', () => {
  it('prompts, runs, keeps state across prompts', () => {
    const m = login();
    expect(m.screen()).toContain('controlplane ~ # ');
    expect(screen(m, 'x=5; cd /tmp')).toBe('x=5; cd /tmp\ncontrolplane /tmp # ');
    m.restore();
    expect(screen(m, 'echo $x; k a b')).toBe('echo $x; k a b\n5\n<a><b>\ncontrolplane /tmp # ');
    expect(screen(m, '!!')).toBe('!!\necho $x; k a b\n5\n<a><b>\ncontrolplane /tmp # ');
  });
  it('a window that changes just before an Enter interrupts nothing', () => {
    const m = login();
    m.screen();
    m.world.apply({ kind: 'resize', tty: 'pts/0', cols: 100, rows: 30 });
    expect(screen(m, 'echo a | cat | cat')).toContain('a\ncontrolplane ~ # ');
    expect(m.world.crashes).toEqual([]);
  });
  it('asks for more, edits, recalls', () => {
    const m = login();
    m.screen();
    expect(screen(m, 'for i in 1 2; do')).toBe('for i in 1 2; do\n> ');
    expect(screen(m, 'echo $i; done')).toBe('echo $i; done\n1\n2\ncontrolplane ~ # ');
    m.type('echo b\x01\x06\x06\x06\x06\x06a\x05!\x1b[A\x1b[B\r');
    m.pass(100_000);
    expect(m.screen()).toContain('\nab!\r\n');
  });
  it.each(['while true; do sleep 1; done', 'for i in 1 2 3; do sleep 9; echo on; done', 'sleep 9; echo on', 'f() { sleep 9; echo on; }; f'])('^C at a child ends what it stood in: %s', (line) => {
    const m = login();
    m.type(`${line}\r`);
    m.pass(2_500_000);
    m.screen();
    m.type('\x03');
    m.pass(100_000);
    expect(m.screen().replace('\x1b[?2004h', '')).toBe('^C\r\ncontrolplane ~ # ');
    expect(screen(m, 'echo $?')).toContain('130\n');
  });
  it('^C at a child, when there is a trap, ends the child alone', () => {
    const m = login();
    m.type("trap ': caught' INT; sleep 9; echo on\r");
    m.pass(2_500_000);
    m.type('\x03');
    m.pass(100_000);
    expect(m.screen()).toContain('\r\non\r\n');
  });
  it('^C stops the foreground and loops of its own; ^Z and fg', () => {
    const m = login();
    m.type('sleep 100\r');
    m.pass(1_000_000);
    m.type('\x03');
    m.pass(10_000);
    expect(screen(m, 'echo $?')).toContain('130\n');
    m.type('while :; do :; done\r');
    m.pass(40_000_000);
    m.type('\x03');
    m.pass(1_000_000);
    expect(screen(m, 'echo alive')).toContain('alive\n');
    m.type('sleep 5\r');
    m.pass(100_000);
    m.type('\x1a');
    m.pass(10_000);
    expect(m.screen()).toContain('[1]+  Stopped                 sleep 5');
    expect(screen(m, 'jobs')).toContain('[1]+  Stopped                 sleep 5\n');
    expect(screen(m, 'fg')).toContain('sleep 5\n');
  });
});

describe('what is typed', () => {
  it('expands aliases wherever commands are read: substitutions, functions, eval; not in another shell', () => {
    const m = login();
    expect(screen(m, "alias a='args -a'; true")).not.toContain('<');
    expect(screen(m, 'echo "$(a 1)" `a 2`')).toContain('<-a><1> <-a><2>\n');
    expect(screen(m, 'f() { a "$1"; }; f 3; eval a 4; (a 5)')).toContain('<-a><3>\n<-a><4>\n<-a><5>\n');
    expect(screen(m, "bash -c 'a 6'")).toContain('bash: line 1: a: command not found');
  });
  it('completes', () => {
    const m = login();
    m.type('args /tm\t');
    m.type('\r');
    m.pass(10_000);
    expect(m.screen()).toContain('</tmp/>');
  });
  it('completes commands, and what a program with a completion of its own knows', () => {
    const m = login();
    m.type('echo a; ech\t');
    m.type('b\r');
    m.pass(10_000);
    expect(m.screen()).toMatch(/\na\r?\nb\r?\n/);
    m.type('kubectl get po\t');
    m.pass(10_000);
    m.type('-x\r');
    m.pass(10_000);
    expect(m.screen()).toContain('<get><pods><-x>');
    m.type('kubectl get \t\t');
    m.pass(10_000);
    expect(m.screen()).toContain('nodes  (Machines)              pods   (Groups of containers)');
  });
});
