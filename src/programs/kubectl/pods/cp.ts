/**
 * kubectl cp, as far as it goes here: which side is a pod's and which is this machine's. Models kubectl pkg/cmd/cp. Not modelled: the
 * copying itself, which is tar's work in the container.
 */
import { access, type Coroutine } from '../../../kernel/sys.ts';
import type { Cli } from '../cli.ts';
import { namespaceOf } from '../config/load.ts';
import { builtIn } from '../create/submit.ts';
import { CliError, Exit } from '../errors.ts';
import { getOne } from '../rest.ts';

interface Place { /** '' for this machine. */ readonly pod: string; readonly namespace: string; readonly path: string }

/** `[[NAMESPACE/]POD:]PATH`. Throws CliError. */
export function readPlace(text: string): Place {
  const colon = text.indexOf(':');
  if (colon < 0) return { pod: '', namespace: '', path: text };
  const [pod, path] = [text.slice(0, colon), text.slice(colon + 1)];
  const parts = pod.split('/');
  if (pod === '' || parts.length > 2) throw new CliError("filespec must match the canonical format: [[namespace/]pod:]file/path");
  return { pod: parts.at(-1)!, namespace: parts.length === 2 ? parts[0]! : '', path };
}

export function* cp(cli: Cli): Coroutine<number> {
  if (cli.args.length !== 2) throw new CliError('source and destination are required');
  const [from, to] = cli.args.map(readPlace) as [Place, Place];
  if (from.pod !== '' && to.pod !== '') throw new CliError('one of src or dest must be a local file specification');
  if (from.pod === '' && to.pod === '') throw new CliError('one of src or dest must be a remote file specification');
  if (from.path === '' || to.path === '') throw new CliError('filepath can not be empty');
  if (from.pod === '' && !(yield* access(from.path, 'f'))) throw new CliError(`${from.path} doesn't exist in local filesystem`);
  const remote = from.pod === '' ? to : from;
  yield* getOne(cli, builtIn('v1', 'Pod'), remote.namespace === '' ? (yield* namespaceOf(cli)).namespace : remote.namespace, remote.pod);
  throw new Exit(1, `kubectl cp: containers of this lab have no tar, which cp needs: copying is not available in this lab`);
}
