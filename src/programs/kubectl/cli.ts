/**
 * One run of a command: what was typed, and what is found out about the cluster on the way. `known` is filled as it is needed
 * and lives no longer than the run.
 */
import type { ParsedFlags } from '../../lib/flags/index.ts';
import type { RestConfig } from '../../lib/kubeconfig/index.ts';
import type { Resource } from './discovery/resource.ts';

export interface Cli {
  /** `kubectl rollout status`. */ readonly path: string;
  readonly flags: ParsedFlags;
  readonly args: readonly string[];
  /** How many arguments stood before `--`; −1 without one. */ readonly dash: number;
  readonly env: Readonly<Record<string, string>>;
  readonly known: { config: RestConfig | null; resources: readonly Resource[] | null; /** The server was asked in this run. */ fresh?: boolean; /** Of a short name with two meanings. */ warned?: boolean };
}
