/** The fields of the Go structs in pod-structs.ts, parsed. */
import { podStructs } from './pod-structs.ts';

export interface Field { readonly go: string; readonly json: string; readonly type: string; /** Its JSON fields stand in the parent. */ readonly embedded: boolean }

function parse(text: string): readonly Field[] {
  return text.split(' ').map((field): Field => {
    const colon = field.indexOf(':');
    const [names, type] = [field.slice(0, colon), field.slice(colon + 1)];
    const [go = '', json] = names.replace('+', '').split('=');
    return { go, json: json ?? go[0]!.toLowerCase() + go.slice(1), type, embedded: names.startsWith('+') };
  });
}
const structs: ReadonlyMap<string, readonly Field[]> = new Map(Object.entries(podStructs).map(([name, text]) => [name, parse(text)]));

/** Undefined for a type that is no struct of the table. */
export const fieldsOf = (struct: string): readonly Field[] | undefined => structs.get(struct);
