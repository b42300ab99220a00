/** All builtins by name. */
import type { Builtin } from './builtin.ts';
import { everyday } from './output.ts';
import { flow } from './flow.ts';
import { lookups } from './lookup.ts';
import { reading } from './read.ts';
import { variables } from './variables.ts';

export const builtins: Readonly<Record<string, Builtin>> = { ...everyday, ...flow, ...variables, ...lookups, ...reading };
