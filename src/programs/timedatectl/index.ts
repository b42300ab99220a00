/** timedatectl: the clock. The node's time cannot be set. */
import { cpu, now, write } from '../../kernel/sys.ts';
import type { Coroutine, Program } from '../../kernel/sys.ts';
import { fullTime } from '../../lib/journal/index.ts';

function* main(argv: readonly string[]): Coroutine<number> {
  yield* cpu(15_000);
  const [verb = 'status'] = argv.slice(1).filter((w) => w !== '--no-pager');
  const at = fullTime(yield* now());
  if (verb === 'show') {
    yield* write(1, `Timezone=Etc/UTC\nLocalRTC=no\nCanNTP=no\nNTP=no\nNTPSynchronized=yes\nTimeUSec=${at}\nRTCTimeUSec=${at}\n`);
    return 0;
  }
  if (verb !== 'status') {
    const known = ['set-time', 'set-timezone', 'list-timezones', 'set-local-rtc', 'set-ntp', 'timesync-status', 'show-timesync'].includes(verb) || verb.startsWith('-');
    yield* write(2, known ? `timedatectl: ${verb} is not available in this lab\n` : `Unknown command verb ${verb}.\n`);
    return 1;
  }
  yield* write(1, `               Local time: ${at}\n           Universal time: ${at}\n                 RTC time: ${at.replace(/ UTC$/, '')}\n                Time zone: Etc/UTC (UTC, +0000)\nSystem clock synchronized: yes\n              NTP service: n/a\n          RTC in local TZ: no\n`);
  return 0;
}

export const program: Program = { name: 'timedatectl', main };
