/** crictl ps, pods and images. */
import { now } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { compilePattern, LABEL } from '../../lib/cri/index.ts';
import type { Container, Image, PodSandbox } from '../../lib/cri/index.ts';
import { ask, Fatal, print } from './context.ts';
import type { Context } from './context.ts';
import { containerJson, imageJson, render, sandboxJson } from './json.ts';
import type { Parsed } from './options.ts';
import { humanDuration, humanSize, shortId, table } from './table.ts';

const STATES: Readonly<Record<string, string>> = { CONTAINER_CREATED: 'Created', CONTAINER_RUNNING: 'Running', CONTAINER_EXITED: 'Exited', CONTAINER_UNKNOWN: 'Unknown', SANDBOX_READY: 'Ready', SANDBOX_NOTREADY: 'NotReady' };

function compileFilter(pattern: string | undefined): (text: string) => boolean {
  const test = pattern === undefined ? () => true : compilePattern(pattern);
  if (test === null) throw new Fatal(`compile regular expression "${pattern}"`);
  return test;
}

function labelsOf(flags: Parsed): Readonly<Record<string, string>> {
  return Object.fromEntries((flags.lists['label'] ?? []).map((text) => {
    const at = text.indexOf('=');
    if (at < 0) throw new Fatal(`incorrectly formatted label: "${text}"`);
    return [text.slice(0, at), text.slice(at + 1)];
  }));
}

function newest<T extends { readonly createdAt: number; readonly id: string }>(items: readonly T[], flags: Parsed): readonly T[] {
  const sorted = [...items].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  const last = flags.switches.has('latest') ? 1 : Number(flags.values['last'] ?? 0);
  return last > 0 ? sorted.slice(0, last) : sorted;
}

const output = (flags: Parsed): string => flags.values['output'] ?? 'table';

function stateWanted(flags: Parsed, states: Readonly<Record<string, string>>): string | undefined {
  const text = flags.values['state'];
  if (text === undefined) return undefined;
  const found = states[text.toLowerCase()];
  if (found === undefined) throw new Fatal(`--state should be one of ${Object.keys(states).join(', ').replace(/, (?=[^,]*$)/, ' or ')}`);
  return found;
}
const CONTAINER_STATES = { created: 'CONTAINER_CREATED', running: 'CONTAINER_RUNNING', exited: 'CONTAINER_EXITED', unknown: 'CONTAINER_UNKNOWN' };
const SANDBOX_STATES = { ready: 'SANDBOX_READY', notready: 'SANDBOX_NOTREADY' };

export function* ps(context: Context, flags: Parsed): Coroutine<number> {
  const state = stateWanted(flags, CONTAINER_STATES) ?? (flags.switches.has('all') || flags.switches.has('latest') || flags.values['last'] !== undefined || flags.args[0] !== undefined ? undefined : 'CONTAINER_RUNNING');
  const id = flags.args[0] ?? flags.values['id'];
  const listed = yield* ask(context, 'ListContainers', { labels: labelsOf(flags), ...(state === undefined ? {} : { state }), ...(id === undefined ? {} : { id }), ...(flags.values['pod'] === undefined ? {} : { podSandboxId: flags.values['pod'] }) }, 'listing containers');
  const byName = compileFilter(flags.values['name']);
  const wantedImage = flags.values['image'];
  const images = wantedImage === undefined && !flags.switches.has('resolve-image-path') ? [] : yield* ask(context, 'ListImages', null);
  const imageId = wantedImage === undefined ? null : images.find((it) => it.id.includes(wantedImage) || it.repoTags.some((tag) => tag.includes(wantedImage)))?.id ?? '';
  const containers = newest(listed.filter((it) => byName(it.metadata.name) && (imageId === null || it.imageRef === imageId) && (flags.values['namespace'] === undefined || it.labels[LABEL.podNamespace] === flags.values['namespace'])), flags);
  if (flags.switches.has('quiet')) return yield* quiet(containers);
  if (output(flags) !== 'table') return yield* render(output(flags), { containers: containers.map(containerJson) });
  const at = yield* now();
  const full = flags.switches.has('no-trunc');
  const row = (it: Container): string[] => [
    full ? it.id : it.id.slice(0, 13), flags.switches.has('resolve-image-path') ? images.find((image) => image.id === it.imageRef)?.repoTags[0] ?? it.imageRef : full ? it.image : shortId(it.image), `${humanDuration(at - it.createdAt)} ago`,
    STATES[it.state]!, it.metadata.name, String(it.metadata.attempt), full ? it.podSandboxId : it.podSandboxId.slice(0, 13), it.labels[LABEL.podName] ?? 'unknown', it.labels[LABEL.podNamespace] ?? 'unknown',
  ];
  yield* print(table([['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'], ...containers.map(row)]));
  return 0;
}

function* quiet(items: readonly { readonly id: string }[]): Coroutine<number> {
  yield* print(items.map(({ id }) => `${id}\n`).join(''));
  return 0;
}

export function* pods(context: Context, flags: Parsed): Coroutine<number> {
  const state = stateWanted(flags, SANDBOX_STATES);
  const id = flags.args[0] ?? flags.values['id'];
  const listed = yield* ask(context, 'ListPodSandbox', { labels: labelsOf(flags), ...(state === undefined ? {} : { state }), ...(id === undefined ? {} : { id }) }, 'listing pod sandboxes');
  const [byName, byNamespace] = [compileFilter(flags.values['name']), compileFilter(flags.values['namespace'])];
  const sandboxes = newest(listed.filter((it) => byName(it.metadata.name) && byNamespace(it.metadata.namespace)), flags);
  if (flags.switches.has('quiet')) return yield* quiet(sandboxes);
  if (output(flags) !== 'table') return yield* render(output(flags), { items: sandboxes.map(sandboxJson) });
  const at = yield* now();
  const full = flags.switches.has('no-trunc');
  const row = (it: PodSandbox): string[] => [full ? it.id : it.id.slice(0, 13), `${humanDuration(at - it.createdAt)} ago`, STATES[it.state]!, it.metadata.name, it.metadata.namespace, String(it.metadata.attempt), '(default)'];
  yield* print(table([['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'], ...sandboxes.map(row)]));
  return 0;
}

/** `docker.io/library/nginx:alpine` → repository and tag. */
function splitTag(tag: string): readonly [string, string] {
  const at = tag.lastIndexOf(':');
  return [tag.slice(0, at), tag.slice(at + 1)];
}

export function* images(context: Context, flags: Parsed): Coroutine<number> {
  const wanted = flags.args[0];
  const all = yield* ask(context, 'ListImages', null, 'listing images');
  const found = [...all].filter((it) => wanted === undefined || it.repoTags.some((tag) => tag === wanted || tag.includes(`/${wanted}`) || tag.startsWith(wanted)))
    .sort((a, b) => ((a.repoTags[0] ?? '') < (b.repoTags[0] ?? '') ? -1 : 1));
  if (flags.switches.has('quiet')) return yield* quiet(found);
  if (output(flags) !== 'table') return yield* render(output(flags), { images: found.map(imageJson) });
  const [full, digests, pinned] = [flags.switches.has('no-trunc'), flags.switches.has('digests'), flags.switches.has('pinned')];
  const rows = (it: Image): string[][] => (it.repoTags.length > 0 ? it.repoTags : [`${it.repoDigests[0]?.split('@')[0] ?? '<none>'}:<none>`]).map((tag) => {
    const digest = it.repoDigests[0]?.split('@')[1] ?? '<none>';
    return [...splitTag(tag), ...(digests ? [full ? digest : shortId(digest)] : []), full ? it.id : shortId(it.id), ...(pinned ? [String(it.pinned)] : []), humanSize(it.size)];
  });
  yield* print(table([['IMAGE', 'TAG', ...(digests ? ['DIGEST'] : []), 'IMAGE ID', ...(pinned ? ['PINNED'] : []), 'SIZE'], ...found.flatMap(rows)]));
  return 0;
}
