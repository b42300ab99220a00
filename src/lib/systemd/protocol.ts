/**
 * What systemctl and PID 1 say to each other over /run/systemd/private, one frame a request and one a reply
 * (in place of D-Bus), and the state of a unit as both see it.
 */
import type { VTime } from '../../kernel/sys.ts';
import type { UnitDefinition } from '../unitfile/index.ts';

export const CONTROL_SOCKET = '/run/systemd/private';
export const NOTIFY_SOCKET = '/run/systemd/notify';
export const VERSION = '252.39-1~deb12u1';
export const FEATURES = '+PAM +AUDIT +SELINUX +APPARMOR +IMA +SMACK +SECCOMP +GCRYPT -GNUTLS +OPENSSL +ACL +BLKID +CURL +ELFUTILS +FIDO2 +IDN2 -IDN +IPTC +KMOD +LIBCRYPTSETUP +LIBFDISK +PCRE2 -PWQUALITY +P11KIT +QRENCODE +TPM2 +BZIP2 +LZ4 +XZ +ZLIB +ZSTD -BPF_FRAMEWORK -XKBCOMMON +UTMP +SYSVINIT default-hierarchy=unified';

export type ActiveState = 'active' | 'reloading' | 'inactive' | 'failed' | 'activating' | 'deactivating';
export type UnitResult = 'success' | 'exit-code' | 'signal' | 'timeout' | 'resources' | 'start-limit-hit' | 'protocol';
export type CommandKind = 'ExecStartPre' | 'ExecStart' | 'ExecStartPost' | 'ExecReload' | 'ExecStop' | 'ExecStopPost';

/** One run of a command of the unit. */
export interface ExecRun {
  readonly kind: CommandKind; readonly index: number; readonly line: string; readonly pid: number; readonly startedAt: VTime;
  /** Null while it runs. */ readonly exitedAt: VTime | null;
  readonly code: 'exited' | 'killed' | null;
  /** Exit code, or signal number. */ readonly status: number;
  readonly ignoreFailure: boolean;
}

export interface UnitRecord {
  readonly name: string; readonly def: UnitDefinition;
  /** What was read, to notice changes on disk. */ readonly files: readonly { readonly path: string; readonly mtime: VTime }[];
  readonly active: ActiveState; readonly sub: string; readonly result: UnitResult;
  readonly mainPid: number | null; readonly controlPid: number | null;
  /** Commands of the current or last activation, in the order they ran. */ readonly runs: readonly ExecRun[];
  readonly activeEnter: VTime | null; readonly activeExit: VTime | null; readonly inactiveEnter: VTime | null; readonly inactiveExit: VTime | null; readonly stateChange: VTime | null;
  readonly restarts: number; readonly restartAt: VTime | null; readonly deadline: VTime | null;
  /** Recent starts, for the rate limit. */ readonly starts: readonly VTime[];
  readonly invocation: string; readonly statusText: string | null;
  readonly unmet: { readonly text: string; readonly at: VTime } | null;
  /** µs used by processes that are gone, in this activation. */ readonly cpuGone: number;
  /** A stop was asked for: no automatic restart. */ readonly stopping: boolean;
  /** µs to be told in a `Consumed … CPU time` line once the job's own line is out. */ readonly unreported: number | null;
}

export type JobVerb = 'start' | 'stop' | 'restart' | 'try-restart' | 'reload' | 'reload-or-restart';
export type JobResult = 'done' | 'failed' | 'dependency' | 'canceled' | 'timeout' | 'skipped';

export type ManagerRequest =
  | { readonly method: 'job'; readonly verb: JobVerb; readonly units: readonly string[]; readonly block: boolean }
  | { readonly method: 'units'; /** Null: all that are loaded. */ readonly names: readonly string[] | null }
  | { readonly method: 'daemon-reload' }
  | { readonly method: 'reset-failed'; /** Empty: all. */ readonly units: readonly string[] }
  | { readonly method: 'kill'; readonly unit: string; readonly signal: string; readonly whom: 'main' | 'control' | 'all' }
  | { readonly method: 'manager' };

/** A unit and whether its files changed since they were read. */
export interface UnitView extends UnitRecord { readonly needReload: boolean }
export interface JobOutcome { readonly unit: string; readonly result: JobResult | null; /** Why no job was made, as D-Bus words it. */ readonly error: string | null }
export interface ManagerInfo { readonly bootedAt: VTime; readonly userspaceAt: VTime; readonly finishedAt: VTime | null; readonly state: 'starting' | 'running' | 'degraded'; readonly jobs: number; readonly failed: number; readonly units: number }

export type ManagerReply =
  | { readonly outcomes: readonly JobOutcome[] }
  | { readonly units: readonly UnitView[] }
  | { readonly manager: ManagerInfo }
  | { readonly error: string }
  | { readonly ok: true };
