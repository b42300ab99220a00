/**
 * The rows of any command of a recorded fault, made comparable: all pods, containers and sandboxes, every line of logs, journal,
 * `systemctl status`, `describe` and tables of events. Left out: what ARTEFACTS.md names, and what only dates the recorder's run.
 */
import { normalise } from './normalise.ts';

type Reader = (lines: readonly string[]) => readonly string[];

const columns = (pick: (cells: readonly string[]) => string): Reader => (lines) => lines.slice(1).map((line) => pick(line.split(/ {2,}/)));
/** Lines of tables start with a heading; anything else is an error to be compared as it stands. */
const table = (heading: string, read: Reader): Reader => (lines) => (lines[0]?.startsWith(heading) === true ? read(lines) : lines);

/** Containers that stand in the recorder's stead of the real add-ons have no init containers. */
const STAND_INS = /install-cni/;
/** systemd's counters, paths and addresses of the recorder's machine, and conditions' clocks. */
const OWN = /^\s*(Duration|Annotations|Tasks|Memory|CPU|CGroup|└─|Process:|Docs:|Machine ID|System UUID|Boot ID|Kernel Version|OS Image|Container Runtime Version|Kubelet Version|Kube-Proxy Version|Architecture|cpu:|memory:|ephemeral-storage:|hugepages|Image ID:|Host Port|pods:)/;
const NOISE = /CgroupV1|oom_score_adj|rlimit|nftables|"hash"|container\.hash|127\.0\.0\.53/;

const events: Reader = (lines) => lines.map((line) => line.replace(/^(?:\S+ +)?AGE(?: \(x\d+ over AGE\))? {2}/, '').replace(/AGE \(x\d+ over AGE\)/, 'AGE'));

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/^kubectl get po -A$/, table('NAMESPACE', columns(([, name, ready, status, restarts]) => `${name} ${ready} ${status} ${restarts}`))],
  [/^kubectl get no$/, table('NAME', columns(([name, status]) => `${name} ${status}`))],
  [/^crictl ps/, table('CONTAINER', (lines) => lines.slice(1).filter((line) => !STAND_INS.test(line)).map((line) => line.split(/ {2,}/)).map((cells) => `${cells[3]} ${cells[4]} ${cells[5]}`))],
  [/^crictl pods$/, table('POD ID', columns((cells) => `${cells[2]} ${cells[3]} ${cells[5]}`))],
  [/get events/, (lines) => events(lines).filter((line) => !NOISE.test(line))],
  [/^kubectl .*describe/, (lines) => events(lines).filter((line) => !OWN.test(line) && !NOISE.test(line))],
  [/^systemctl status/, (lines) => lines.filter((line) => !OWN.test(line))],
  [/^(crictl (logs|inspect)|journalctl)/, (lines) => lines.filter((line) => !NOISE.test(line))],
];

/** Row texts of one output; empty for commands the comparison is not about. */
export function recordedRows(command: string, output: string): readonly string[] {
  const read = READERS.find(([pattern]) => pattern.test(command))?.[1];
  if (read === undefined) return [];
  const text = normalise(output).replace(/manifests\/sed\w{6}/g, 'manifests/sedRAND6').replace(/resourceVersion=\d+/g, 'resourceVersion=RV').replace(/\(\d+%\)/g, '(SHARE)')
    .replace(/since [A-Z][a-z]{2} /g, 'since DAY ').replace(/Main PID: \d+/g, 'Main PID: PID').replace(/(podStartSLOduration)=[\w.]+/g, '$1=AGE').replace(/\bpid=\d+/g, 'pid=PID').replace(/(ObjectMeta:\{\S+ {1,2}\S+ {1,2})\d+ 0 /g, '$1RV 0 ');
  return read(text.split('\n')).map((line) => line.trim()).filter((line) => line !== '');
}
