// The pods one can see in the terminal, and how to ask for each.
import type { ClusterView, ObjectView } from '../../session/host/index.ts';

function describe(namespace: string, name: string): string {
  return `kubectl describe po ${name}${namespace === 'default' ? '' : ` -n ${namespace}`}`;
}

/** For each pod's name the command that describes it. */
export function podCommands({ components, objects }: ClusterView): ReadonlyMap<string, string> {
  const commands = new Map<string, string>();
  for (const { id, name, namespace, health } of components) {
    if (id.startsWith('pod/') && namespace !== null && health !== 'absent') commands.set(name, describe(namespace, name));
  }
  const visit = ({ kind, namespace, name, children }: ObjectView) => {
    if (kind === 'Pod') commands.set(name, describe(namespace, name));
    children.forEach(visit);
  };
  objects.roots.forEach(visit);
  return commands;
}
