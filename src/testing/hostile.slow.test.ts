// What a curious or careless learner types: floods, endless loops, fork bombs, rubbish. ^C must end each, and the shell must answer after it.
import { describe, expect, test } from 'vitest';
import { PLACES } from '../distro/binaries.ts';
import { programs } from '../distro/programs.ts';
import { bootMachine, type Machine } from './machine.ts';

const binaries = Object.fromEntries(Object.entries(PLACES).filter(([name]) => programs.has(name)).flatMap(([name, places]) => places.map(({ path }) => [`/${path}`, name])));
const rubbish = Array.from({ length: 4096 }, (_, i) => String.fromCharCode((i * 197 + (i >> 3)) & 255)).join('');

function terminal(): Machine {
  const m = bootMachine({ programs: [...programs.values()], binaries, files: { '/root/rubbish': rubbish, '/root/numbers': Array.from({ length: 2000 }, (_, i) => `${i}\n`).join('') } });
  m.login(['-bash'], { rows: 24, cols: 80 });
  m.screen();
  return m;
}
/** The shell reads, understands and answers. */
const answers = (m: Machine): void => expect(m.line('echo still $((6 * 7)) here', 60_000_000)).toContain('still 42 here');

describe('^C ends', () => {
  const endless = [
    'yes', 'while :; do :; done', 'while true; do echo x; done', 'until false; do :; done', 'for ((;;)); do :; done', 'cat /dev/zero > /dev/null', 'cat /dev/urandom | tr -d x > /dev/null', 'yes | cat | cat > /dev/null', 'sleep 1000', 'cat',
    'tail -f numbers', 'tail -F nothing', "awk 'BEGIN { while (1) i++ }'", "awk 'BEGIN { for (;;) print i++ }'", 'yes | awk 1 | sed s/y/n/ | grep n', "yes | sed -n ':a;N;$!ba;p'", 'seq 1 100000000', 'watch true', 'f() { f; }; f', 'find / -exec sleep 1 \\;',
    'yes | xargs -n1 echo', "sed ':a;ba' numbers", 'yes | sort', 'while read x; do echo $x; done < <(yes)', 'sleep 100 | sleep 100', '(while :; do sleep 1; done)', 'x=$(yes)', 'sort < /dev/zero', 'ping localhost', 'timeout 1000 yes > /dev/null', 'sudo sleep 1000', 'env sleep 1000', 'while sleep 1; do date; done',
  ];
  test.each(endless)('%s', (command) => {
    const m = terminal();
    m.type(`${command}\r`);
    m.pass(3_000_000);
    m.type('\x03');
    m.pass(2_000_000);
    m.screen();
    answers(m);
  });
});

describe('comes to its own end', () => {
  test.each(['cat /dev/urandom | head -c 1000000 | wc -c', 'yes | head -n 100000 | tail -1', 'head -c 300000 /dev/urandom', 'cat rubbish', 'grep x rubbish', 'sort rubbish | head -c 100', 'awk 1 rubbish | head -c 100', 'sed p rubbish | wc -c', 'base64 rubbish | tail -1', 'bash rubbish', './rubbish', 'diff rubbish numbers | head -3', 'echo $(cat rubbish)', 'source rubbish',
    'cut -c1-3 rubbish | head -3', 'tr -d "\\000" < rubbish | wc -c', 'vi', 'cat nope nope nope', 'printf %1000000s x | wc -c', 'echo {1..20000} | wc -w', 'for i in $(seq 300); do :; done', 'find / 2>/dev/null | wc -l', 'ls -lR / | tail -1', 'seq 20000 | xargs echo | wc -c', 'awk \'BEGIN { f() } function f() { f() }\'', 'cat < /root', '> /root', 'rm -rf /', 'cd /nope; pwd'])('%s', (command) => {
    const m = terminal();
    const shown = m.line(command, 120_000_000);
    expect(shown.length).toBeLessThan(3_000_000);
    answers(m);
  });
});

test('a fork bomb is told that there are no more processes, and ends with ^C', () => {
  const m = terminal();
  m.type(':(){ :|:& };:\r');
  m.pass(2_000_000);
  m.type('\x03');
  m.type("\x03\rkill -9 $(pgrep -x bash | grep -v $$)\r");
  m.pass(30_000_000);
  m.screen();
  answers(m);
});
test('a paste of ten megabytes is taken', () => {
  const m = terminal();
  m.type(`cat > big\r`);
  for (let i = 0; i < 160; i++) m.type('x'.repeat(65_000) + '\r');
  m.type('\x04');
  m.pass(1_000_000);
  m.screen();
  expect(m.line('wc -c < big')).toContain(String(160 * 65_001));
  answers(m);
});
test('rubbish typed at the prompt', () => {
  const m = terminal();
  m.type(rubbish.replaceAll('\x04', ''));
  m.pass(1_000_000);
  m.type('\x03\x03\x15\r');
  m.pass(1_000_000);
  m.type('stty sane 2>/dev/null; reset\r');
  m.pass(1_000_000);
  m.screen();
  answers(m);
});
