/** The text of `kubectl explain`. Models kubectl pkg/explain/v2/templates/plaintext.tmpl. */
import type { Resource } from '../discovery/index.ts';
import { resolve, type Resolved, type Schema, type Schemas } from './schema.ts';

const COLUMNS = 76;

/** Words filled to 76 columns, line by line, and indented; empty lines too. */
function filled(text: string): string {
  const lines = text.split('\n').flatMap((line) => {
    const out: string[] = [];
    for (const word of line.trim().split(/ +/)) {
      const last = out.at(-1);
      if (last === undefined || last.length + 1 + word.length > COLUMNS) out.push(out.length === 0 && line.startsWith(' ') ? ` ${word}` : word);
      else out[out.length - 1] = `${last} ${word}`;
    }
    return out;
  });
  return lines.map((line) => `    ${line}`).join('\n');
}

/** Group, kind and version, before everything else. */
export const header = ({ group, kind, version }: Resource): string => `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${version}\n\n`;

function line(name: string, field: Resolved, required: boolean, indent: string): string {
  const values = field.values.length === 0 ? '' : `${indent}enum: ${field.values.join(', ')}\n`;
  return `${indent}${name}\t<${field.type}>${required ? ' -required-' : ''}\n${values}`;
}

/** All fields below, without descriptions; a type within itself is named only. */
function tree(schemas: Schemas, owner: Resolved, indent: string, above: readonly string[]): string {
  return [...owner.fields].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, schema]) => {
    const field = resolve(schemas, schema);
    const bare = field.type.replace(/^(?:\[\]|map\[string\])+/, '');
    return line(name, field, owner.required.includes(name), indent) + (above.includes(bare) ? '' : tree(schemas, field, `${indent}  `, [...above, bare]));
  }).join('');
}

/** One field of a kind, or the kind itself when `name` is empty. */
export function body(schemas: Schemas, name: string, schema: Schema, recursive: boolean): string {
  const shown = resolve(schemas, schema);
  const title = name === '' ? '' : `FIELD: ${name} <${shown.type}>${shown.values.length === 0 ? '' : `\nENUM:\n${shown.values.map((value) => `    ${value}\n`).join('')}`}\n\n\n`;
  const about = filled(shown.descriptions.length === 0 ? '<empty>' : `${shown.descriptions.join('\n')}\n`);
  if (shown.fields.size === 0) return `${title}DESCRIPTION:\n${about}\n\n`;
  if (recursive) return `${title}DESCRIPTION:\n${about}\nFIELDS:\n${tree(schemas, shown, '  ', [shown.type])}\n`;
  const fields = [...shown.fields].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => {
    const field = resolve(schemas, inner);
    const own = inner.description ?? field.descriptions[0];
    return `${line(key, field, shown.required.includes(key), '  ')}${filled(own ?? '<no description>')}\n\n`;
  });
  return `${title}DESCRIPTION:\n${about}\nFIELDS:\n${fields.join('')}\n`;
}
