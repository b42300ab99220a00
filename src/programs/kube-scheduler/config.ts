/** KubeSchedulerConfiguration files, as far as they decide anything here: client, leader election, scheduler names. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { isObject, type Json, type JsonObject } from '../../base/json.ts';
import { parseYaml, YamlError } from '../../base/yaml.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { goReadFile } from '../../lib/kubeconfig/index.ts';
import { GoError, goQuote } from '../../lib/net/index.ts';

export interface SchedulerConfig { readonly kubeconfig: string; readonly leaderElect: boolean; readonly names: readonly string[] }

const FIELDS = new Set(['apiVersion', 'kind', 'parallelism', 'leaderElection', 'clientConnection', 'enableProfiling', 'enableContentionProfiling', 'percentageOfNodesToScore', 'podInitialBackoffSeconds', 'podMaxBackoffSeconds', 'profiles', 'extenders', 'delayCacheUntilActive']);
const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** Reads and checks the file. Throws GoError in upstream's words. */
export function* loadConfig(path: string): Coroutine<SchedulerConfig> {
  const text = yield* goReadFile(path);
  let value: Json;
  try {
    value = parseYaml(decodeUtf8(text));
  } catch (caught) {
    if (!(caught instanceof YamlError)) throw caught;
    throw new GoError(`error converting YAML to JSON: ${caught.message}`, 'config');
  }
  const root = object(value);
  const [version, kind] = [String(root.apiVersion ?? ''), String(root.kind ?? '')];
  if (kind === '') throw new GoError(`Object 'Kind' is missing in '${JSON.stringify(value)}'`, 'config');
  if (!version.startsWith('kubescheduler.config.k8s.io/')) throw new GoError(`couldn't decode as KubeSchedulerConfiguration, got ${version.includes('/') ? version : `/${version}`}, Kind=${kind}: `, 'config');
  if (version !== 'kubescheduler.config.k8s.io/v1' || kind !== 'KubeSchedulerConfiguration') throw new GoError(`no kind ${goQuote(kind)} is registered for version ${goQuote(version)} in scheme "pkg/scheduler/apis/config/scheme/scheme.go:30"`, 'config');
  const unknown = Object.keys(root).filter((key) => !FIELDS.has(key)).map((key) => `unknown field ${goQuote(key)}`);
  if (unknown.length > 0) throw new GoError(`strict decoding error: ${unknown.join(', ')}`, 'config');
  const profiles = Array.isArray(root.profiles) ? root.profiles : [];
  const names = profiles.map((profile) => String(object(profile).schedulerName ?? 'default-scheduler'));
  return {
    kubeconfig: String(object(root.clientConnection).kubeconfig ?? ''), leaderElect: object(root.leaderElection).leaderElect !== false, names: names.length > 0 ? names : ['default-scheduler'],
  };
}
