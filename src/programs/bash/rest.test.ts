/** Loops that go round more often than a journal has rows: the shell rests in them and goes on as if it had not. */
import { describe, expect, it } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import type { Machine } from '../../testing/machine.ts';
import { write } from '../../kernel/sys.ts';
import type { Program } from '../../kernel/sys.ts';
import { program as bash } from './index.ts';

const seq: Program = { name: 'seq', *main(argv) {
  yield* write(1, Array.from({ length: Number(argv[1]) }, (_, i) => `${i + 1}\n`).join(''));
  return 0;
} };
const machine = (): Machine => bootMachine({ programs: [bash, seq] });

describe.each([
  ['for ((i=0;i<8000;i++)); do echo $i >> a; done; read x < a; echo $i $x', '8000 0'],
  ['n=0; while ((n < 3000)); do n=$((n+1)); :; done; echo $n $?', '3000 0'],
  [`n=0; for x in {1..1500} "it's a  b" '$x'; do n=$((n+1)); last=$x; done; echo "$n $last"`, '1502 $x'],
  ['seq 3000 | while read x; do s=$((s+x)); [ $x = 3000 ] && echo $s; done', '4501500'],
  ['for i in {1..2000}; do [ $i = 1700 ] && break; done; echo $i', '1700'],
  ['until [ ${#y} -gt 700 ]; do y=x$y; done; echo ${#y}', '701'],
  ['for i in {1..900}; do for j in 1 2; do f() { echo $1; }; done; done; f $i', '900'],
])('%s', (script, answer) => {
  it('in a script', () => {
    const m = machine();
    expect(m.run(['/bin/bash', '-c', script]).stdout).toBe(`${answer}\n`);
  });
  it('at the prompt', () => {
    const m = machine();
    m.login();
    expect(m.line(script)).toContain(`\r\n${answer}\r\n`);
    expect(m.line('echo $?; history').match(/^ +\d+ /gm)).toHaveLength(2);
  });
});

it('a comment ends with its line', () => {
  expect(machine().run(['/bin/bash', '-c', 'for i in {1..900}; do : # nothing\ndone; echo $i']).stdout).toBe('900\n');
});
it('an error keeps its line', () => {
  expect(machine().run(['/bin/bash', '-c', '\nfor i in {1..900}; do :; done\n\nnope']).stderr).toContain('line 4: nope: command not found');
});
it('^C ends a loop that has rested, and the shell is the same', () => {
  const m = machine();
  m.login();
  m.type('while :; do n=$((n+1)); echo $n > a; done\r');
  m.pass(60_000_000);
  m.type('\x03');
  m.pass(1_000_000);
  m.screen();
  expect(m.line('echo $? $$ $((n > 20000))')).toContain('130 1 1');
});
it.each([['f() { f; }; f', 'function'], ['e=\'eval "$e"\'; eval "$e"', 'eval'], ['echo "source s" > s; source ./s', 'source']])('%s is ended', (script, what) => {
  const ran = machine().run(['/bin/bash', '-c', `${script}; echo after`]);
  expect(ran.stderr).toContain(`maximum ${what} nesting level exceeded (200)`);
});
