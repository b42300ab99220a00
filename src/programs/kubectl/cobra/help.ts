/** Help texts as kubectl's templates lay them out. Pure. Models kubectl pkg/util/templates. */
import { formatDuration } from '../../../base/duration.ts';
import { texts } from '../texts/index.ts';
import { commandPath, inherited, type Command, type Group, type KubectlFlag } from './command.ts';

const OPTIONS = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

/** Breaks lines at spaces so that none is longer than the limit; 0 leaves them. */
export function wrapLines(text: string, limit: number): string {
  if (limit <= 0) return text;
  return text.split('\n').map((line) => {
    if (line.length <= limit) return line;
    const lines: string[] = [];
    let current = '';
    for (const [, space = '', word = ''] of line.matchAll(/(\s*)(\S+)/g)) {
      if (current !== '' && current.length + space.length + word.length > limit) {
        lines.push(current);
        current = word;
      } else current += space + word;
    }
    return [...lines, current].join('\n');
  }).join('\n');
}

function defaultText(flag: KubectlFlag): string {
  if (flag.defaultText !== undefined) return flag.defaultText;
  const value = flag.default;
  if (flag.type === 'duration') return formatDuration(Number(value));
  if (Array.isArray(value)) return `[${value.join(',')}]`;
  return flag.type === 'string' ? `'${String(value)}'` : String(value);
}

/** The flags, each with its default and its words below. */
export function flagsText(flags: readonly KubectlFlag[], limit: number): string {
  return [...flags].filter((flag) => !flag.hidden).sort((a, b) => (a.name < b.name ? -1 : 1)).map((flag) => {
    const names = flag.shorthand === undefined ? `--${flag.name}` : `-${flag.shorthand}, --${flag.name}`;
    return `    ${names}=${defaultText(flag)}:\n\t${wrapLines(flag.usage, limit === 0 ? 0 : limit - 10).replace(/\n/g, '\n\t')}\n`;
  }).join('\n');
}

const listed = (commands: readonly Command[]) => {
  const width = Math.max(11, ...commands.map(({ name }) => name.length)) + 2;
  return commands.map(({ name, short }) => `  ${name.padEnd(width)} ${short}\n`).join('');
};

/** `kubectl --help`. */
function rootHelp(groups: readonly Group[]): string {
  const rows = groups.map(([heading, commands]) => `${heading}\n${commands.map(({ name, short }) => `  ${name.padEnd(15)} ${short}\n`).join('')}\n`);
  return `kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n${rows.join('')}Usage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\n${OPTIONS}`;
}

/** `kubectl options`. */
export const optionsText = (root: Command, limit: number): string => `The following options can be passed to any command:\n\n${flagsText(inherited([root]), limit)}\n`;

/** Examples as upstream's templates leave them: a blank line between two keeps the indent. */
const examples = (text: string) => text.slice(1).replace(/^$/gm, '  ');

/** `kubectl VERB --help`. */
export function helpText(chain: readonly Command[], limit: number): string {
  const command = chain.at(-1)!;
  if (chain.length === 1) return rootHelp(command.groups ?? []);
  const path = commandPath(chain);
  const { long = `${command.short}.`, example } = texts[path.slice('kubectl '.length)] ?? {};
  const sections = [long];
  if (command.aliases) sections.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}`);
  if (example !== undefined) sections.push(`Examples:\n${examples(example)}`);
  if (command.children) sections.push(`Available Commands:\n${listed([...command.children].sort((a, b) => (a.name < b.name ? -1 : 1))).trimEnd()}`);
  const flags = flagsText(command.flags ?? [], limit);
  if (flags !== '') sections.push(`Options:\n${flags.trimEnd()}`);
  const use = `${path}${command.use ? ` ${command.use}` : ''}`;
  sections.push(`Usage:\n  ${use.includes('[options]') ? use : `${use} [options]`}`);
  const more = command.children ? `Use "${path} <command> --help" for more information about a given command.\n` : '';
  return wrapLines(`${sections.join('\n\n')}\n\n${more}${OPTIONS}`, limit);
}
