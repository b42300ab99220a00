/** Where the runtime is, how to fail, and how to print: what all commands share. */
import { attempt, environ, isatty, readFile, write } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { criCall, CriError, logrusText } from '../../lib/cri/index.ts';
import type { CriMethod, CriMethods } from '../../lib/cri/index.ts';
import type { Parsed } from './options.ts';

/** A failure that ends crictl: printed as FATA, exit status 1. */
export class Fatal extends Error {}

export interface Context { readonly endpoint: string; readonly imageEndpoint: string; readonly terminal: boolean }

const DEFAULTS = ['unix:///run/containerd/containerd.sock', 'unix:///run/crio/crio.sock', 'unix:///var/run/cri-dockerd.sock'];
const CONFIG = '/etc/crictl.yaml';

function setting(text: string, key: string): string {
  const row = text.split('\n').find((it) => it.startsWith(`${key}:`));
  return row === undefined ? '' : row.slice(key.length + 1).trim().replace(/^["']|["']$/g, '');
}

function* validate(endpoint: string): Coroutine<string | null> {
  try {
    yield* criCall(endpoint, 'Version', null, 2_000_000);
    return null;
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    return `validate service connection: validate CRI v1 runtime API for endpoint "${endpoint}": ${caught.message}`;
  }
}

/** Finds the endpoint: flags, environment, /etc/crictl.yaml, else the first of the defaults that answers. */
export function* connectRuntime(global: Parsed): Coroutine<Context> {
  const terminal = yield* isatty(2);
  const env = yield* environ();
  const path = global.values['config'] ?? env['CRI_CONFIG_FILE'] ?? CONFIG;
  const text = yield* attempt(readFile(path), 'ENOENT', 'ENOTDIR');
  if (typeof text !== 'string') {
    if (global.values['config'] !== undefined) throw new Fatal(`load config file: stat ${path}: no such file or directory`);
    yield* logrusText(terminal, 'warning', `Config "${path}" does not exist, trying next: "/usr/bin/crictl.yaml"`);
  }
  const file = typeof text === 'string' ? text : '';
  const endpoint = global.values['runtime-endpoint'] ?? env['CONTAINER_RUNTIME_ENDPOINT'] ?? setting(file, 'runtime-endpoint');
  const imageEndpoint = global.values['image-endpoint'] ?? env['IMAGE_SERVICE_ENDPOINT'] ?? setting(file, 'image-endpoint');
  if (endpoint !== '') {
    const problem = yield* validate(endpoint);
    if (problem !== null) throw new Fatal(problem);
    return { endpoint, imageEndpoint: imageEndpoint === '' ? endpoint : imageEndpoint, terminal };
  }
  yield* logrusText(terminal, 'warning', `runtime connect using default endpoints: [${DEFAULTS.join(' ')}]. As the default settings are now deprecated, you should set the endpoint instead.`);
  let problem: string | null = null;
  for (const candidate of DEFAULTS) {
    problem = yield* validate(candidate);
    if (problem === null) return { endpoint: candidate, imageEndpoint: candidate, terminal };
    if (candidate !== DEFAULTS[DEFAULTS.length - 1]) yield* logrusText(terminal, 'error', problem);
  }
  throw new Fatal(problem ?? '');
}

/** A call whose failure ends crictl, with `what` before the error's text. */
export function* ask<M extends CriMethod>(context: Context, method: M, request: CriMethods[M][0], what = ''): Coroutine<CriMethods[M][1]> {
  try {
    return yield* criCall(context.endpoint, method, request);
  } catch (caught) {
    if (!(caught instanceof CriError)) throw caught;
    throw new Fatal(`${what === '' ? '' : `${what}: `}${caught.message}`);
  }
}

export const print = (text: string): Coroutine<null> => write(1, text);
