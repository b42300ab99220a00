/** Help texts as kubectl's templates lay them out. Pure. Models kubectl pkg/util/templates. */
import { formatDuration } from '../../../base/duration.ts';
import { commandPath, inherited, type Command, type KubectlFlag } from './command.ts';

/** The headings of `kubectl --help` and what stands under each. */
const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ['Basic Commands (Beginner):', ['create', 'expose', 'run', 'set']],
  ['Basic Commands (Intermediate):', ['explain', 'get', 'edit', 'delete']],
  ['Deploy Commands:', ['rollout', 'scale', 'autoscale']],
  ['Cluster Management Commands:', ['certificate', 'cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint']],
  ['Troubleshooting and Debugging Commands:', ['describe', 'logs', 'attach', 'exec', 'port-forward', 'proxy', 'cp', 'auth', 'debug', 'events']],
  ['Advanced Commands:', ['diff', 'apply', 'patch', 'replace', 'wait', 'kustomize']],
  ['Settings Commands:', ['label', 'annotate', 'completion']],
  ['Subcommands provided by plugins:', []],
  ['Other Commands:', ['api-resources', 'api-versions', 'config', 'plugin', 'version']],
];

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
export function rootHelp(root: Command): string {
  const commands = new Map((root.children ?? []).map((command) => [command.name, command]));
  const groups = GROUPS.map(([heading, names]) => `${heading}\n${names.map((name) => `  ${name.padEnd(15)} ${commands.get(name)?.short ?? ''}\n`).join('')}\n`);
  return `kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n${groups.join('')}Usage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\n${OPTIONS}`;
}

/** `kubectl options`. */
export const optionsText = (root: Command, limit: number): string => `The following options can be passed to any command:\n\n${flagsText(inherited([root]), limit)}`;

/** `kubectl VERB --help`. */
export function helpText(chain: readonly Command[], limit: number): string {
  const command = chain.at(-1)!;
  if (chain.length === 1) return rootHelp(command);
  const path = commandPath(chain);
  const sections = [command.long ?? `${command.short}.`];
  if (command.aliases) sections.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}`);
  if (command.example) sections.push(`Examples:\n${command.example}`);
  if (command.children) sections.push(`Available Commands:\n${listed([...command.children].sort((a, b) => (a.name < b.name ? -1 : 1))).trimEnd()}`);
  const flags = flagsText(command.flags ?? [], limit);
  if (flags !== '') sections.push(`Options:\n${flags.trimEnd()}`);
  sections.push(`Usage:\n  ${path}${command.use ? ` ${command.use}` : ''} [options]`);
  const more = command.children ? `Use "${path} <command> --help" for more information about a given command.\n` : '';
  return wrapLines(`${sections.join('\n\n')}\n\n${more}${OPTIONS}`, limit);
}
