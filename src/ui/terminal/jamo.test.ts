// The 2-set keyboard's letters, and when a line of them is taken for a command.
import { expect, test } from 'vitest';
import { latinOf, offerFor } from './jamo.ts';

test.each([
  ['ㅏㅕㅠㄷㅊ시', 'kubectl'],
  ['ㅏㅕㅠㄷㅊ시 ㅎㄷㅅ ㅔㅐㅇㄴ -ㅁ', 'kubectl get pods -a'],
  ['뇬ㅅ드ㅊ시', 'systemctl'],
  ['ㅓㅐㅕ구및시', 'journalctl'],
  ['ㅊㄱㅑㅊ시', 'crictl'],
  ['ㅣㄴ', 'ls'],
  ['ㅍㅑ', 'vi'],
  ['ㅊㅁㅅ', 'cat'],
  ['한글', 'gksrmf'],
  ['값 왜 뷁 쀍', 'rkqt dho qnpfr Qnpfr'],
  ['ㄲㅆㅒㅖ', 'RTOP'],
  ['ls -l /etc', 'ls -l /etc'],
])('%s is typed with the keys %s', (typed, keys) => expect(latinOf(typed)).toBe(keys));

test('letters of a decomposed text are the same letters', () => expect(latinOf('시'.normalize('NFD'))).toBe('tl'));

const known = (word: string) => ['kubectl', 'k', 'ls', 'echo'].includes(word);
test.each([
  ['ㅏㅕㅠㄷㅊ시 ㅎㄷㅅ ㅔㅐ', 'kubectl get po'],
  ['kubectl ㅎㄷㅅ ㅔㅐ', 'kubectl get po'],
  ['ㅣㄴ', 'ls'],
  ['ㅏㅕㅠㄷㅊ', null],
  ['echo 안녕하세요', null],
  ['안녕', null],
  ['ls', null],
  ['', null],
])('%s offers %s', (line, offer) => expect(offerFor(line, known)).toBe(offer));
