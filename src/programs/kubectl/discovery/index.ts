/**
 * Finding out what the server serves: from the cache, else by asking. Upstream asks several times over before it gives up, each time
 * with a line in its log; how often depends on how many of its layers want to know, so the count is a row a command.
 */
import { cpu, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { klogError } from '../../../lib/klog/index.ts';
import { request, responseError } from '../../../lib/kube/index.ts';
import type { RestConfig } from '../../../lib/kubeconfig/index.ts';
import { GoError } from '../../../lib/net/index.ts';
import type { Cli } from '../cli.ts';
import { restConfig } from '../config/load.ts';
import { NoResourceMatch } from '../errors.ts';
import { warn } from '../io.ts';
import { cacheDir, readCache, writeCache } from './cache.ts';
import { decodeAggregated, decodeGroups, decodeResources, isAggregated } from './decode.ts';
import { findResource, fullName, preferred, type Resource } from './resource.ts';

export { expandCategories, findKind, fullName, groupVersion, kindName, type Resource } from './resource.ts';

const AGGREGATED = ['v2', 'v2beta1'].map((v) => `application/json;g=apidiscovery.k8s.io;v=${v};as=APIGroupDiscoveryList`).join(',');

/** How often a command asks a server that does not answer; five times unless named here. */
const ATTEMPTS: Readonly<Record<string, number>> = {
  logs: 4, exec: 4, drain: 4, rollout: 4, wait: 4, attach: 4, 'port-forward': 4, explain: 2, auth: 2, 'api-resources': 1, 'api-versions': 1, run: 1, apply: 1, create: 1, replace: 1, certificate: 2,
};
/** And when it only wants to know whether a type it does not find has come into being. */
const ATTEMPTS_STALE = 3;
/** What a failed attempt costs, µs. */
const ATTEMPT_US = 1_400;

/** A refusal's Status is not looked at here, so its words are those for an answer without one. */
function* ask(config: RestConfig, path: string): Coroutine<Json> {
  const response = yield* request(config, { method: 'GET', path, headers: { accept: `${AGGREGATED},application/json` } });
  const { status, body } = response;
  if (status < 200 || status > 299) throw responseError(body !== null && 'json' in body ? { ...response, body: null } : response, 'GET');
  return body === null ? null : 'json' in body ? body.json : body.text;
}

function* fetchOnce(config: RestConfig): Coroutine<Resource[]> {
  const all: Resource[] = [];
  for (const root of ['/api', '/apis']) {
    const answer = yield* ask(config, `${root}?timeout=32s`);
    if (isAggregated(answer)) all.push(...decodeAggregated(answer));
    else for (const gv of decodeGroups(answer)) all.push(...decodeResources(yield* ask(config, `${root}/${gv}?timeout=32s`)));
  }
  return all;
}

/** Asks the server, `attempts` times when it must. Throws GoError or StatusError. */
function* fetchResources(config: RestConfig, attempts: number): Coroutine<Resource[]> {
  for (let left = attempts; ; left--) {
    try {
      return yield* fetchOnce(config);
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* cpu(ATTEMPT_US);
      if (left > 0) yield* klogError('memcache.go:265', `couldn't get current server API group list: ${caught.message}`, 'Unhandled Error');
      if (left <= 1) throw caught;
    }
  }
}

const verbOf = (cli: Cli) => cli.path.split(' ')[1] ?? '';

function* refresh(cli: Cli, config: RestConfig, attempts: number): Coroutine<readonly Resource[]> {
  const fresh = yield* fetchResources(config, attempts);
  yield* writeCache(cacheDir(cli.flags.string('cache-dir'), config.server), fresh);
  cli.known.fresh = true;
  return (cli.known.resources = fresh);
}

/** All the server serves, in its order of preference. */
export function* discover(cli: Cli): Coroutine<readonly Resource[]> {
  if (cli.known.resources !== null) return cli.known.resources;
  const config = yield* restConfig(cli);
  const cached = yield* readCache(cacheDir(cli.flags.string('cache-dir'), config.server));
  return (cli.known.resources = cached ?? (yield* refresh(cli, config, ATTEMPTS[verbOf(cli)] ?? 5)));
}

/** What the server serves, asked anew (api-resources, api-versions). */
export function* discoverAnew(cli: Cli): Coroutine<readonly Resource[]> {
  return yield* refresh(cli, yield* restConfig(cli), ATTEMPTS[verbOf(cli)] ?? 5);
}

/** `ev` is short for events of two groups: the one that is not taken is told of, once. */
function* warnOfOthers(cli: Cli, list: readonly Resource[], found: Resource, word: string): Coroutine<void> {
  const others = list.filter((other) => other.shortNames.includes(word) && fullName(other) !== fullName(found));
  if (others.length === 0 || cli.known.warned === true || !found.shortNames.includes(word)) return;
  cli.known.warned = true;
  for (const other of others) yield* warn(`short name ${JSON.stringify(word)} could also match lower priority resource ${fullName(other)}`);
}

/** The resource a typed word names. A cache that does not know it is asked for anew. Throws NoResourceMatch. */
export function* resolveResource(cli: Cli, word: string): Coroutine<Resource> {
  const list = preferred(yield* discover(cli));
  try {
    const found = findResource(list, word);
    yield* warnOfOthers(cli, list, found, word);
    return found;
  } catch (caught) {
    if (!(caught instanceof NoResourceMatch) || cli.known.fresh) throw caught;
    return findResource(preferred(yield* refresh(cli, yield* restConfig(cli), ATTEMPTS_STALE)), word);
  }
}
