/** What `-o` means. Models cli-runtime's and kubectl get's print flags. */
import { GoError } from '../net/index.ts';

export type OutputFormat =
  | { readonly kind: 'human'; readonly wide: boolean } | { readonly kind: 'yaml' | 'json' | 'name' }
  | { readonly kind: 'jsonpath'; readonly template: string; readonly asJson: boolean } | { readonly kind: 'go-template'; readonly template: string }
  | { readonly kind: 'custom-columns'; readonly spec: string }
  /** The template is in a file, to be read by the caller and given to `withText`. */
  | { readonly kind: 'file'; readonly path: string; readonly of: 'jsonpath' | 'go-template' | 'custom-columns' };

const FORMATS = ['custom-columns', 'custom-columns-file', 'go-template', 'go-template-file', 'json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'name', 'template', 'templatefile', 'wide', 'yaml'];

function withArgument(name: string, argument: string): OutputFormat {
  if (argument === '') throw new GoError(name.startsWith('custom-columns') ? 'custom-columns format specified but no custom columns given' : 'template format specified but no template given');
  switch (name) {
    case 'jsonpath': case 'jsonpath-as-json': return { kind: 'jsonpath', template: argument, asJson: name === 'jsonpath-as-json' };
    case 'jsonpath-file': return { kind: 'file', path: argument, of: 'jsonpath' };
    case 'go-template': case 'template': return { kind: 'go-template', template: argument };
    case 'go-template-file': case 'templatefile': return { kind: 'file', path: argument, of: 'go-template' };
    case 'custom-columns-file': return { kind: 'file', path: argument, of: 'custom-columns' };
    default: return { kind: 'custom-columns', spec: argument };
  }
}

/** Throws GoError. `template` is the value of `--template`. */
export function outputFormat(output: string, { template }: { readonly template: string }): OutputFormat {
  if (output === '') return template === '' ? { kind: 'human', wide: false } : { kind: 'go-template', template };
  if (output === 'wide') return { kind: 'human', wide: true };
  if (output === 'yaml' || output === 'json' || output === 'name') return { kind: output };
  const eq = output.indexOf('=');
  const name = eq < 0 ? output : output.slice(0, eq);
  if (!FORMATS.includes(name)) throw new GoError(`unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: ${FORMATS.join(',')}`);
  return withArgument(name, eq < 0 ? template : output.slice(eq + 1));
}

/** The format of a file's text. Throws GoError. */
export function withText(of: 'jsonpath' | 'go-template' | 'custom-columns', text: string): OutputFormat {
  if (of !== 'custom-columns') return withArgument(of, text);
  const [header = '', paths = ''] = text.split('\n');
  const names = header.trim().split(/\s+/), values = paths.trim().split(/\s+/);
  return withArgument(of, names.map((name, i) => `${name}:${values[i] ?? ''}`).join(','));
}
