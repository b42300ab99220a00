import { expect, test } from 'vitest';
import { bootMachine } from '../../testing/machine.ts';
import { program as bash } from '../bash/index.ts';
import { program as rm } from '../rm/index.ts';
import { program as sleep } from '../sleep/index.ts';
import { program as tail } from './index.ts';

test('-F waits for a file that is not there, and goes on with one that takes its place', () => {
  const m = bootMachine({ programs: [bash, rm, sleep, tail] });
  const { stdout } = m.run(['bash', '-c', 'tail -F /tmp/log 2>&1 & sleep 3; echo one > /tmp/log; sleep 3; rm /tmp/log; echo two > /tmp/log; sleep 3; kill %1'], { limitUs: 30e6 });
  expect(stdout).toBe("tail: cannot open '/tmp/log' for reading: No such file or directory\ntail: '/tmp/log' has appeared;  following new file\none\ntail: '/tmp/log' has been replaced;  following new file\ntwo\n");
});
