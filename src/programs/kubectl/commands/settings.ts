/** The commands for labels, annotations and the shell. */
import { absent, flag, type Command } from '../cobra/command.ts';
import { annotate, label } from '../change/label.ts';
import { completion } from '../cobra/shell.ts';
import * as f from './flags.ts';

export const settings: readonly Command[] = [
  {
    name: 'label', short: 'Update the labels on a resource',
    use: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]', completes: 'resource',
    flags: [
      ...f.output, ...f.filename('identifying the resource to update the labels'),
      f.all('Select all resources, in the namespace of the specified resource types'),
      f.allNamespaces('If true, check the specified action in all namespaces.'), f.dryRun, f.fieldManager('kubectl-label'), f.fieldSelector, f.selector,
      flag('list', '', false, 'If true, display the labels for a given resource.'),
      flag('local', '', false, 'If true, label will NOT contact api-server but run locally.', { missing: true }),
      flag('overwrite', '', false, 'If true, allow labels to be overwritten, otherwise reject label updates that overwrite existing labels.'),
      flag('resource-version', '', '',
        'If non-empty, the labels update will only succeed if this is the current resource-version for the object. Only valid when specifying a ' +
        'single resource.'),
    ],
    run: label,
  },
  {
    name: 'annotate', short: 'Update the annotations on a resource',
    use: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]', completes: 'resource',
    flags: [
      ...f.output, ...f.filename('identifying the resource to update the annotation'),
      f.all('Select all resources, in the namespace of the specified resource types.'),
      f.allNamespaces('If true, check the specified action in all namespaces.'), f.dryRun, f.fieldManager('kubectl-annotate'), f.fieldSelector,
      absent(f.local), f.selector,
      flag('list', '', false, 'If true, display the annotations for a given resource.'),
      flag('overwrite', '', false, 'If true, allow annotations to be overwritten, otherwise reject annotation updates that overwrite existing annotations.'),
      flag('resource-version', '', '',
        'If non-empty, the annotation update will only succeed if this is the current resource-version for the object. Only valid when specifying a ' +
        'single resource.'),
    ],
    run: annotate,
  },
  {
    name: 'completion', short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
    use: 'SHELL',
    run: completion,
  },
];
