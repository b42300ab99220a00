import { describe, expect, test } from 'vitest';
import { append, beginBoot, ellipsize, emptyJournal, entriesAfter, entriesOf, explanation, formatEntry, fullTime, MESSAGE_ID, parseTimestamp, type Message } from './index.ts';

const AT = 1_755_562_743_250_000;   // 2025-08-19 00:19:03.25 UTC
const message = (text: string, more: Partial<Message> = {}): Message => ({ message: text, priority: 6, transport: 'stdout', identifier: 'kubelet', pid: 412, systemdUnit: 'kubelet.service', unit: null, comm: 'kubelet', exe: '/usr/bin/kubelet', cmdline: '/usr/bin/kubelet', ...more });
const journal = (n: number) => append(beginBoot(emptyJournal('m'.repeat(32)), 'b'.repeat(32), AT - 3_250_000), Array.from({ length: n }, (_, i) => message(`line ${i}`)), AT);

describe('the journal', () => {
  test('appends, keeps order and drops the oldest', () => {
    expect(entriesOf(journal(3)).map((e) => [e.seq, e.message])).toEqual([[1, 'line 0'], [2, 'line 1'], [3, 'line 2']]);
    const full = journal(30_000);
    expect(entriesOf(full).length).toBe(20_464);
    expect(entriesAfter(full, 29_998).map((e) => e.message)).toEqual(['line 29998', 'line 29999']);
  });
  test('an append leaves the old value alone', () => {
    const old = journal(2);
    append(old, [message('new')], AT);
    expect(entriesOf(old).length).toBe(2);
  });
  test('output formats', () => {
    const j = append(journal(0), [message('two\nlines')], AT);
    const [e] = entriesOf(j);
    const show = (output: Parameters<typeof formatEntry>[2]) => formatEntry(j, e!, output, 'controlplane');
    expect(show('short')).toBe(`Aug 19 00:19:03 controlplane kubelet[412]: two\n${' '.repeat(43)}lines`);
    expect(show('cat')).toBe('two\nlines');
    expect(show('short-iso').split(' ')[0]).toBe('2025-08-19T00:19:03+0000');
    expect(show('short-monotonic').slice(0, 16)).toBe('[    3.250000] c');
    expect(JSON.parse(show('json'))).toMatchObject({ MESSAGE: 'two\nlines', _PID: '412', _SYSTEMD_UNIT: 'kubelet.service', PRIORITY: '6' });
  });
  test('times', () => {
    const at = (text: string) => { const us = parseTimestamp(text, AT); return us === null ? null : fullTime(us); };
    expect([at('-60s'), at('5 min ago'), at('today'), at('yesterday'), at('00:10'), at('2025-08-18 12:00:01'), at('2025-08-19'), at('soon')]).toEqual([
      'Tue 2025-08-19 00:18:03 UTC', 'Tue 2025-08-19 00:14:03 UTC', 'Tue 2025-08-19 00:00:00 UTC', 'Mon 2025-08-18 00:00:00 UTC', 'Tue 2025-08-19 00:10:00 UTC', 'Mon 2025-08-18 12:00:01 UTC', 'Tue 2025-08-19 00:00:00 UTC', null]);
  });
  test('explanations and ellipses', () => {
    const [e] = entriesOf(append(journal(0), [message("x.service: Failed with result 'exit-code'.", { unit: 'x.service', messageId: MESSAGE_ID.unitFailureResult })], AT));
    expect(explanation(e!).at(-1)).toBe("░░ The unit x.service has entered the 'failed' state with result 'exit-code'.");
    expect(ellipsize('abcdef', 4)).toBe('abc\xe2\x80\xa6');
  });
});
