/** A shell in a container, on a terminal of its own behind kubectl, the API server, the kubelet, containerd and a shim. */
import { expect, it } from 'vitest';
import { decodeUtf8 } from '../base/utf8.ts';
import { labs } from '../labs/index.ts';
import { openSession } from '../session/core/index.ts';
import { openingOf } from '../session/core/opening.ts';
import { plainText } from '../session/core/screen.ts';
import { ScriptPlayer } from '../session/core/script.ts';

const script = `kubectl run b --image=busybox -- sleep 3600
~ 5s
kubectl exec -it b -- sh
~ 1s
tty; cd /etc
~ 1s
sleep 100
~ 1s
=> key C-c
~ 1s
nosuch
~ 1s
exit 3
~ 1s
crictl exec -it $(crictl ps --name '^b$' -q) sh -c 'echo pid $$'
~ 1s
stty -a >/dev/null 2>&1; echo "here again"
`;

/** What the script makes appear on the screen, without its first command. */
function played(text: string): string {
  const session = openSession({ lab: 'sandbox', cols: 100, rows: 30, opening: openingOf(labs.get('sandbox')!.definition, 1) });
  const from = session.output(0).at;
  new ScriptPlayer(session).play(text);
  expect(session.world.crashes).toEqual([]);
  return plainText(decodeUtf8(session.output(from).data)).split('\n').slice(2).join('\n');
}

it('exec -it', () => {
  const printed = played(script);
  expect(printed).toContain('/ # tty; cd /etc\n/dev/pts/0\n/etc # sleep 100\n^C\n/etc # nosuch\nsh: nosuch: not found\n/etc # exit 3\ncommand terminated with exit code 3\n');
  expect(printed).toMatch(/\npid \d+\n/);
  expect(printed).toContain('\nhere again\n');
}, 60_000);

it('run -it --rm', () => {
  const printed = played(`echo begin
kubectl run tmp --image=busybox:1.36 -it --rm --restart=Never -- sh
~ 8s
tty; hostname
~ 1s
exit
~ 5s
kubectl get po tmp
`);
  expect(printed).toContain("If you don't see a command prompt, try pressing enter.\n");
  expect(printed).toContain('tty; hostname\n/dev/pts/0\ntmp\n/ # exit\npod "tmp" deleted\n');
  expect(printed).toContain('Error from server (NotFound): pods "tmp" not found');
}, 60_000);
