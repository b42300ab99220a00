/** `-o`, with the templates that are kept in files. */
import { readFile, type Coroutine } from '../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../kernel/errno.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { outputFormat, withText, type OutputFormat } from '../../lib/printers/index.ts';
import { CliError } from './errors.ts';

/** The format asked for. `template` is the value of `--template`. Throws GoError, CliError. */
export function* formatFor(output: string, template: string): Coroutine<Exclude<OutputFormat, { readonly kind: 'file' }>> {
  const format = outputFormat(output, { template });
  if (format.kind !== 'file') return format;
  try {
    return withText(format.of, decodeUtf8(yield* readFile(format.path))) as Exclude<OutputFormat, { readonly kind: 'file' }>;
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`error reading ${format.of === 'custom-columns' ? 'template' : '--template'} ${format.path}, open ${format.path}: ${goErrno(errno)}\n`);
  }
}
