/**
 * What `TYPE NAME…`, `TYPE/NAME …` and `TYPE,TYPE` on the command line ask for. Pure. Models cli-runtime's resource.Builder.
 */
import { CliError } from '../errors.ts';

/** Types and names as typed, before the server is asked what they are. */
export interface Asked {
  /** Types to list, or whose `names` to get. */ readonly types: readonly string[];
  readonly names: readonly string[];
  /** `TYPE/NAME` pairs. */ readonly pairs: readonly { readonly type: string; readonly name: string }[];
}

const SLASHES = "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'";

function pair(word: string): { type: string; name: string } {
  const parts = word.split('/');
  if (parts.length !== 2) throw new CliError('arguments in resource/name form may not have more than one slash');
  const [type, name] = parts as [string, string];
  if (type === '' || name === '' || type.includes(',')) throw new CliError('arguments in resource/name form must have a single resource and name');
  return { type, name };
}

/** Throws CliError. */
export function readArguments(args: readonly string[]): Asked {
  const slashed = args.filter((word) => word.includes('/')).length;
  if (slashed > 0 && slashed !== args.length) throw new CliError(SLASHES);
  if (slashed > 0) return { types: [], names: [], pairs: args.map(pair) };
  const types = (args[0] ?? '').split(',').filter((type) => type !== '');
  if (args.length > 0 && types.length === 0) throw new CliError(`there is no resource type in the argument ${JSON.stringify(args[0])}`);
  return { types, names: args.slice(1), pairs: [] };
}

/** `error: You must provide …`, when nothing was asked for. */
export const NOTHING_ASKED = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;
