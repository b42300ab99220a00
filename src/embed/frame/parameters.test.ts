// What is made of the frame's address.
import { describe, expect, test } from 'vitest';
import { readParameters } from './parameters.ts';

const labs = ['first', 'second'];
const read = (query: string) => readParameters(new URLSearchParams(query), labs);

test('nothing said', () => {
  expect(read('')).toEqual({
    parameters: { lab: 'first', layout: 'auto', run: 'click', progress: 'local', hints: 'on', solution: 'on', timer: 0, hide: new Set(), cmd: '', host: null },
    complaints: [],
  });
});

test('all said', () => {
  expect(read('lab=second&task=2&lang=ko&theme=dark&layout=tabs&run=visible&hide=clock,undo&progress=host&hints=off&solution=solved&timer=90&cmd=kubectl%20get%20po&api=1&origin=https://a.example&more=1')).toEqual({
    parameters: {
      lab: 'second', layout: 'tabs', run: 'visible', progress: 'host', hints: 'off', solution: 'solved', timer: 90, hide: new Set(['clock', 'undo']), cmd: 'kubectl get po',
      host: 'https://a.example',
    },
    complaints: [],
  });
});

describe('what means nothing is named and defaulted', () => {
  test.each([
    ['lab=../x', 'lab="../x" is not one of first, second'], ['run=now', 'run="now" is not one of click, visible, load'], ['task=0', 'task="0" is not a number from 1 to 1000'],
    ['timer=1e3', 'timer="1e3" is not a number from 1 to 86400'], ['theme=hc', 'theme="hc" is not one of system, light, dark, contrast'], ['lang=fr', 'lang="fr" is not one of en, ko'],
    ['cmd=rm%0Als', 'cmd="rm\\nls" is not one line of at most 1000 characters'], ['hide=clock,nav', 'hide="nav" is not of header, clock, undo, editor, reset, timer, link'],
    ['api=1', 'origin="" is not the origin of the page around the frame, which api=1 needs'],
    ['api=1&origin=https://a.example/path', 'origin="https://a.example/path" is not the origin of the page around the frame, which api=1 needs'],
  ])('%s', (query, complaint) => {
    const { parameters, complaints } = read(query);
    expect(complaints).toEqual([`crashloop: ${complaint}`]);
    expect({ ...parameters, hide: new Set() }).toEqual(read('').parameters);
  });

  test('what is named is cut short', () => expect(read(`run=${'x'.repeat(1e4)}`).complaints[0]!.length).toBeLessThan(200));
});

test('an origin of its own is an origin', () => expect(read('api=1&origin=null').parameters.host).toBe('null'));
