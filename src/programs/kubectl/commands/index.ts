/** The tree of kubectl's commands, under the headings `kubectl --help` has for them. */
import type { Command, Group } from '../cobra/command.ts';
import { advanced } from './advanced.ts';
import { basic } from './basic.ts';
import { cluster } from './cluster.ts';
import { create } from './create.ts';
import { deploy } from './deploy.ts';
import { globalFlags } from './flags.ts';
import { other } from './other.ts';
import { settings } from './settings.ts';
import { troubleshoot } from './troubleshoot.ts';

const INTERMEDIATE = ['explain', 'get', 'edit', 'delete'];
const intermediate = ({ name }: Command): boolean => INTERMEDIATE.includes(name);

const groups: readonly Group[] = [
  ['Basic Commands (Beginner):', [...create, ...basic.filter((command) => !intermediate(command))]],
  ['Basic Commands (Intermediate):', basic.filter(intermediate)],
  ['Deploy Commands:', deploy],
  ['Cluster Management Commands:', cluster],
  ['Troubleshooting and Debugging Commands:', troubleshoot],
  ['Advanced Commands:', advanced],
  ['Settings Commands:', settings],
  ['Subcommands provided by plugins:', []],
  ['Other Commands:', other],
];

/** `kubectl` itself. */
export const root: Command = { name: 'kubectl', short: 'kubectl controls the Kubernetes cluster manager', persistent: globalFlags, groups, children: groups.flatMap(([, commands]) => commands) };
