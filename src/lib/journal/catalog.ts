/** The message catalog of `journalctl -x`: explanations of PID 1's messages, by message id. Texts follow systemd's catalog. */
import type { Entry } from './entry.ts';

/** Message ids PID 1 attaches. */
export const MESSAGE_ID = {
  unitStarting: '7d4958e842da4a758f6c1cdc7b36dcc5', unitStarted: '39f53479d3a045ac8e11786248231fbf', unitFailed: 'be02cf6855d2428ba40df7e9d022f03d',
  unitStopping: 'de5b426a63be47a7b6ac3eaac82e2f6f', unitStopped: '9d1aaa27d60140bd96365438aad20286', unitSuccess: '7ad2d189f7e94e70a38c781354912448',
  unitFailureResult: 'd9b373ed55a64feb8242e02dbe79a49c', processExit: '98e322203f7a4ed290d09fe03c09fe15', restartScheduled: '5eb03494b6584870a536b337290809b3',
  unitResources: 'ae8f7b866b0347b9af31fe1c80b127c0', spawnFailed: '641257651c1b4ec9a8624d7a40a9e1e7', startupFinished: 'b07a249cd024414a82dd00cd181378ff',
  journalStart: 'f77379a8490b408bbe5f6940505a777b', journalUsage: 'ec387f577b844b8fa948f33cad9a75e6',
} as const;

type Explain = (unit: string, entry: Entry) => readonly string[];
const job = (what: string, how: string): Explain => (unit) => [`Subject: A ${what} job for unit ${unit} has ${how}`, '', `A ${what} job for unit ${unit} has ${how}.`];

const CATALOG: Readonly<Record<string, Explain>> = {
  [MESSAGE_ID.unitStarting]: job('start', 'begun execution'),
  [MESSAGE_ID.unitStarted]: job('start', 'finished successfully'),
  [MESSAGE_ID.unitFailed]: job('start', 'failed'),
  [MESSAGE_ID.unitStopping]: job('stop', 'begun execution'),
  [MESSAGE_ID.unitStopped]: job('stop', 'finished'),
  [MESSAGE_ID.unitSuccess]: (unit) => ['Subject: Unit succeeded', '', `The unit ${unit} has successfully entered the 'dead' state.`],
  [MESSAGE_ID.unitFailureResult]: (unit, entry) => ['Subject: Unit failed', '', `The unit ${unit} has entered the 'failed' state with result '${/'([^']*)'/.exec(entry.message)?.[1] ?? ''}'.`],
  [MESSAGE_ID.processExit]: (unit, entry) => {
    const found = /code=(\w+), status=(\d+)/.exec(entry.message);
    const kind = /ExecStart|Main/.test(entry.message) ? 'ExecStart=' : 'ExecStart=';
    return ['Subject: Unit process exited', '', `An ${kind} process belonging to unit ${unit} has exited.`, '', `The process' exit code is '${found?.[1] ?? ''}' and its exit status is ${found?.[2] ?? ''}.`];
  },
  [MESSAGE_ID.restartScheduled]: (unit) => ['Subject: Automatic restarting of a unit has been scheduled', '',
    `Automatic restarting of the unit ${unit} has been scheduled, as the result for`, 'the configured Restart= setting for the unit.'],
  [MESSAGE_ID.unitResources]: (unit) => ['Subject: Resources consumed by unit runtime', '', `The unit ${unit} completed and consumed the indicated resources.`],
  [MESSAGE_ID.spawnFailed]: (_unit, entry) => {
    const path = /spawning (\S+):/.exec(entry.message)?.[1] ?? /executable (\S+):/.exec(entry.message)?.[1] ?? '';
    return [`Subject: Process ${path} could not be executed`, '', `The process ${path} could not be executed and failed.`, '', 'The error number returned by this process is ERRNO.'];
  },
  [MESSAGE_ID.startupFinished]: () => ['Subject: System start-up is now complete', '', 'All system services necessary queued for starting at boot have been',
    'started. Note that this does not mean that the machine is now idle as services', 'might still be busy with completing start-up.'],
  [MESSAGE_ID.journalStart]: () => ['Subject: The journal has been started', '', 'The system journal process has started up, opened the journal', 'files for writing and is now ready to process requests.'],
};

/** The explanation under an entry, each line with its `░░ ` mark; empty when there is none. */
export function explanation(entry: Entry): readonly string[] {
  const explain = entry.messageId === undefined ? undefined : CATALOG[entry.messageId];
  if (explain === undefined) return [];
  const [subject, ...body] = explain(entry.unit ?? entry.systemdUnit ?? '', entry);
  return [subject!, 'Defined-By: systemd', 'Support: https://www.debian.org/support', ...body].map((line) => `░░ ${line}`);
}
