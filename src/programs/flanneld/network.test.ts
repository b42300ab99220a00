import { expect, test } from 'vitest';
import { contains } from './network.ts';

test.each([['172.17.0.0/16', '172.17.0.0/24', true], ['10.244.0.0/16', '172.17.0.0/24', false], ['172.17.0.0/24', '172.17.0.0/16', false], ['0.0.0.0/0', '10.0.0.0/8', true], ['10.244.0.0/16', '10.244.255.0/24', true], ['10.244.0.0/17', '10.244.128.0/24', false], ['', '10.0.0.0/8', false]])('%s holds %s: %s', (outer, inner, holds) => {
  expect(contains(outer, inner)).toBe(holds);
});
