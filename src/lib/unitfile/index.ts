/** Unit files: reading, merging with drop-ins, command lines and time spans. */
export { defineUnit } from './definition.ts';
export type { Definition, KillMode, RestartPolicy, ServiceSettings, ServiceType, UnitDefinition, UnitSource } from './definition.ts';
export { expandArgv, missingVariables, parseEnvironmentFile, parseExec, splitWords } from './exec.ts';
export type { ExecCommand } from './exec.ts';
export { parseUnitText } from './parse.ts';
export type { Specifiers } from './specifier.ts';
export { FOREVER, formatAgo, formatSpan, parseSpan } from './time.ts';
