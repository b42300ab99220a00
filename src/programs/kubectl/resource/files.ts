/**
 * Objects from `-f`: files, directories, standard input; YAML documents or JSON; Lists flattened. Models cli-runtime's visitors.
 * Not modelled: URLs, globs the shell did not expand.
 */
import { read, readDir, readFile, stat, type Coroutine, type Json } from '../../../kernel/sys.ts';
import { errnoOf, goErrno } from '../../../kernel/errno.ts';
import { decodeUtf8 } from '../../../base/utf8.ts';
import { formatYaml, parseYaml, YamlError } from '../../../base/yaml.ts';
import type { ParsedFlags } from '../../../lib/flags/index.ts';
import { CliError } from '../errors.ts';
import { kustomized } from '../kustomize/build.ts';
import type { Obj } from '../rest.ts';

/** One object of a file. `source` is how messages name the file. */
export interface FileObject { readonly source: string; readonly object: Obj }
interface Text { readonly source: string; readonly text: string }

/** What `-f` names, or the directory of `-k`. */
export type FileName = string | { readonly kustomization: string };

/** `-f` and `-k` of a command. Throws CliError. */
export function filesOf(flags: ParsedFlags): readonly FileName[] {
  const files = flags.list('filename');
  const directory = flags.values.has('kustomize') ? flags.string('kustomize') : '';
  if (directory === '') return files;
  if (files.length > 0) throw new CliError('only one of -f or -k can be specified');
  if (flags.bool('recursive')) throw new CliError("the -k flag can't be used with -f or -R");
  return [{ kustomization: directory }];
}

const EXTENSIONS = ['.json', '.yaml', '.yml'];

/** All of a descriptor. */
export function* readAll(fd: number): Coroutine<string> {
  let bytes = '';
  for (let part = yield* read(fd); part !== ''; part = yield* read(fd)) bytes += part;
  return decodeUtf8(bytes);
}

function* readText(path: string): Coroutine<string> {
  try {
    return decodeUtf8(yield* readFile(path));
  } catch (caught) {
    const errno = errnoOf(caught);
    if (errno === null) throw caught;
    throw new CliError(`open ${path}: ${goErrno(errno)}`);
  }
}

function* directory(path: string, recursive: boolean): Coroutine<string[]> {
  const found: string[] = [];
  const entries = [...(yield* readDir(path))].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, type } of entries) {
    const full = `${path.replace(/\/$/, '')}/${name}`;
    if (type === 'dir') {
      if (recursive) found.push(...(yield* directory(full, true)));
    } else if (EXTENSIONS.some((extension) => name.endsWith(extension))) found.push(full);
  }
  return found;
}

/** The texts behind `-f` arguments. Throws CliError. */
export function* readTexts(names: readonly FileName[], recursive: boolean): Coroutine<Text[]> {
  const texts: Text[] = [];
  for (const name of names) {
    if (typeof name !== 'string') {
      texts.push({ source: name.kustomization, text: (yield* kustomized(name.kustomization)).map((object) => formatYaml(object as Json)).join('---\n') });
      continue;
    }
    if (name === '-') {
      texts.push({ source: 'STDIN', text: yield* readAll(0) });
      continue;
    }
    if (/^https?:\/\//.test(name)) throw new CliError(`unable to read URL "${name}": the internet is not available in this lab`);
    let isDirectory: boolean;
    try {
      isDirectory = (yield* stat(name)).type === 'dir';
    } catch (caught) {
      const errno = errnoOf(caught);
      if (errno === null) throw caught;
      throw new CliError(errno === 'ENOENT' ? `the path ${JSON.stringify(name)} does not exist` : `the path ${JSON.stringify(name)} cannot be accessed: stat ${name}: ${goErrno(errno)}`);
    }
    const paths = isDirectory ? yield* directory(name, recursive) : [name];
    if (paths.length === 0) throw new CliError(`error reading [${name}]: recognized file extensions are [${EXTENSIONS.join(' ')}]`);
    for (const path of paths) texts.push({ source: path, text: yield* readText(path) });
  }
  return texts;
}

/** The documents of a stream, cut at lines of three dashes. */
export function splitDocuments(text: string): string[] {
  const documents: string[][] = [[]];
  for (const line of text.split('\n')) {
    if (/^---\s*$/.test(line) || /^---\s+#/.test(line)) documents.push([]);
    else documents.at(-1)!.push(line);
  }
  return documents.map((lines) => lines.join('\n')).filter((document) => document.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('#')));
}

/** The values of a text's documents; empty documents are left out. Throws CliError. */
export function parseDocuments({ source, text }: Text): Json[] {
  return splitDocuments(text).flatMap((document) => {
    try {
      const value = parseYaml(document);
      return value === null ? [] : [value];
    } catch (caught) {
      if (!(caught instanceof YamlError)) throw caught;
      throw new CliError(`error parsing ${source}: error converting YAML to JSON: ${caught.message}`);
    }
  });
}

/** A List's objects, or the object itself. */
export function flatten(value: Obj): Obj[] {
  const kind = typeof value.kind === 'string' ? value.kind : '';
  return kind.endsWith('List') && Array.isArray(value.items) ? (value.items as readonly Obj[]).flatMap(flatten) : [value];
}
