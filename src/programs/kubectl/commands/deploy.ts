/** The commands that roll workloads out and change their size. */
import { flag, type Command } from '../cobra/command.ts';
import { autoscale } from '../change/autoscale.ts';
import { scale } from '../change/scale.ts';
import { pause, restart, resume } from '../rollout/change.ts';
import { history, undo } from '../rollout/history.ts';
import { status } from '../rollout/status.ts';
import * as f from './flags.ts';

export const deploy: readonly Command[] = [
  {
    name: 'rollout', short: 'Manage the rollout of a resource',
    use: 'SUBCOMMAND',
    children: [
      {
        name: 'history', short: 'View rollout history',
        use: '(TYPE NAME | TYPE/NAME) [flags]', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'), f.selector,
          flag('revision', '', 0, 'See the details, including podTemplate of the revision specified'),
        ],
        run: history,
      },
      {
        name: 'pause', short: 'Mark the provided resource as paused',
        use: 'RESOURCE', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'), f.fieldManager('kubectl-rollout'), f.selector,
        ],
        run: pause,
      },
      {
        name: 'restart', short: 'Restart a resource',
        use: 'RESOURCE', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'), f.fieldManager('kubectl-rollout'), f.selector,
        ],
        run: restart,
      },
      {
        name: 'resume', short: 'Resume a paused resource',
        use: 'RESOURCE', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'), f.fieldManager('kubectl-rollout'), f.selector,
        ],
        run: resume,
      },
      {
        name: 'status', short: 'Show the status of the rollout',
        use: '(TYPE NAME | TYPE/NAME) [flags]', completes: 'workload',
        flags: [
          ...f.filename('identifying the resource to get from a server.'), f.selector,
          flag('revision', '', 0, 'Pin to a specific revision for showing its status. Defaults to 0 (last revision).'),
          flag('timeout', '', 0,
            'The length of time to wait before ending watch, zero means never. Any other values should contain a corresponding time unit (e.g. 1s, 2m, ' +
            '3h).', { type: 'duration' }),
          flag('watch', 'w', true, "Watch the status of the rollout until it's done."),
        ],
        run: status,
      },
      {
        name: 'undo', short: 'Undo a previous rollout',
        use: '(TYPE NAME | TYPE/NAME) [flags]', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'), f.dryRun, f.selector,
          flag('to-revision', '', 0, 'The revision to rollback to. Default to 0 (last revision).'),
        ],
        run: undo,
      },
    ],
  },
  {
    name: 'scale', short: 'Set a new size for a deployment, replica set, or replication controller',
    use: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)', suggestFor: ['resize'], completes: 'workload', required: ['replicas'],
    flags: [
      ...f.output, ...f.filename('identifying the resource to set a new size'), f.all('Select all resources in the namespace of the specified resource types'),
      f.dryRun, f.selector,
      flag('current-replicas', '', -1,
        'Precondition for current size. Requires that the current size of the resource match this value in order to scale. -1 (default) for no ' +
        'condition.'),
      flag('replicas', '', 0, 'The new desired number of replicas. Required.'),
      flag('resource-version', '', '', 'Precondition for resource version. Requires that the current resource version match this value in order to scale.', { missing: true }),
      flag('timeout', '', 0,
        "The length of time to wait before giving up on a scale operation, zero means don't wait. Any other values should contain a corresponding " +
        'time unit (e.g. 1s, 2m, 3h).', { type: 'duration', missing: true }),
    ],
    run: scale,
  },
  {
    name: 'autoscale', short: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
    use: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU]', completes: 'resource', required: ['max'],
    flags: [
      ...f.output, ...f.filename('identifying the resource to autoscale.'), f.dryRun, f.fieldManager('kubectl-autoscale'), f.saveConfig,
      flag('cpu-percent', '', -1,
        "The target average CPU utilization (represented as a percent of requested CPU) over all the pods. If it's not specified or negative, a " +
        'default autoscaling policy will be used.'),
      flag('max', '', -1, 'The upper limit for the number of pods that can be set by the autoscaler. Required.'),
      flag('min', '', -1, "The lower limit for the number of pods that can be set by the autoscaler. If it's not specified or negative, the server will apply a default value."),
      flag('name', '', '', 'The name for the newly created object. If not specified, the name of the input resource will be used.'),
    ],
    run: autoscale,
  },
];
