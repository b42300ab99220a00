/** The commands for nodes and for the cluster as a whole. */
import { flag, type Command } from '../cobra/command.ts';
import { cordon, drain, uncordon } from '../change/drain.ts';
import { taint } from '../change/taint.ts';
import { approve, deny } from '../cluster/certificate.ts';
import { clusterInfo, missing, top } from '../cluster/info.ts';
import * as f from './flags.ts';

export const cluster: readonly Command[] = [
  {
    name: 'certificate', short: 'Modify certificate resources',
    use: 'SUBCOMMAND',
    children: [
      {
        name: 'approve', short: 'Approve a certificate signing request',
        use: '(-f FILENAME | NAME)',
        flags: [
          ...f.output, ...f.filename('identifying the resource to update'),
          flag('force', '', false, 'Update the CSR even if it is already approved.'),
        ],
        run: approve,
      },
      {
        name: 'deny', short: 'Deny a certificate signing request',
        use: '(-f FILENAME | NAME)',
        flags: [
          ...f.output, ...f.filename('identifying the resource to update'),
          flag('force', '', false, 'Update the CSR even if it is already denied.'),
        ],
        run: deny,
      },
    ],
  },
  {
    name: 'cluster-info', short: 'Display cluster information',
    use: '[flags]',
    children: [
      {
        name: 'dump', short: 'Dump relevant information for debugging and diagnosis',
        use: '[flags]',
        flags: [
          f.allNamespaces('If true, dump all namespaces.  If true, --namespaces is ignored.'), f.podRunningTimeout(20_000_000),
          flag('allow-missing-template-keys', '', true,
            'If true, ignore any errors in templates when a field or map key is missing in the template. Only applies to golang and jsonpath output ' +
            'formats.', { missing: true }),
          flag('namespaces', '', [], 'A comma separated list of namespaces to dump.'),
          flag('output', 'o', 'json',
            'Output format. One of: (json, yaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file).', { missing: true }),
          flag('output-directory', '', '', "Where to output the files.  If empty or '-' uses stdout, otherwise creates a directory hierarchy in that directory"),
          flag('show-managed-fields', '', false, 'If true, keep the managedFields when printing objects in JSON or YAML format.', { missing: true }),
          flag('template', '', '',
            'Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is golang templates ' +
            '[http://golang.org/pkg/text/template/#pkg-overview].', { missing: true }),
        ],
        run: missing('cluster-info dump'),
      },
    ],
    run: clusterInfo,
  },
  {
    name: 'top', short: 'Display resource (CPU/memory) usage',
    use: '[flags]',
    children: [
      {
        name: 'node', aliases: ['nodes', 'no'], short: 'Display resource (CPU/memory) usage of nodes',
        use: '[NAME | -l label]', completes: 'node',
        flags: [
          f.selector, f.useProtocolBuffers,
          flag('no-headers', '', false, 'If present, print output without headers'),
          flag('show-capacity', '', false, 'Print node resources based on Capacity instead of Allocatable(default) of the nodes.'),
          flag('sort-by', '', '', "If non-empty, sort nodes list using specified field. The field can be either 'cpu' or 'memory'."),
        ],
        run: top,
      },
      {
        name: 'pod', aliases: ['pods', 'po'], short: 'Display resource (CPU/memory) usage of pods',
        use: '[NAME | -l label]', completes: 'pod',
        flags: [
          f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'),
          f.fieldSelector, f.selector, f.useProtocolBuffers,
          flag('containers', '', false, 'If present, print usage of containers within a pod.'),
          flag('no-headers', '', false, 'If present, print output without headers.'),
          flag('sort-by', '', '', "If non-empty, sort pods list using specified field. The field can be either 'cpu' or 'memory'."),
          flag('sum', '', false, 'Print the sum of the resource usage'),
        ],
        run: top,
      },
    ],
  },
  {
    name: 'cordon', short: 'Mark node as unschedulable',
    use: 'NODE', completes: 'node',
    flags: [
      f.dryRun, f.selector,
    ],
    run: cordon,
  },
  {
    name: 'uncordon', short: 'Mark node as schedulable',
    use: 'NODE', completes: 'node',
    flags: [
      f.dryRun, f.selector,
    ],
    run: uncordon,
  },
  {
    name: 'drain', short: 'Drain node in preparation for maintenance',
    use: 'NODE', completes: 'node',
    flags: [
      f.chunkSize, f.dryRun, f.selector,
      flag('delete-emptydir-data', '', false, 'Continue even if there are pods using emptyDir (local data that will be deleted when the node is drained).'),
      flag('disable-eviction', '', false, 'Force drain to use delete, even if eviction is supported. This will bypass checking PodDisruptionBudgets, use with caution.'),
      flag('force', '', false, 'Continue even if there are pods that do not declare a controller.'),
      flag('grace-period', '', -1, 'Period of time in seconds given to each pod to terminate gracefully. If negative, the default value specified in the pod will be used.'),
      flag('ignore-daemonsets', '', false, 'Ignore DaemonSet-managed pods.'),
      flag('pod-selector', '', '', 'Label selector to filter pods on the node'),
      flag('skip-wait-for-delete-timeout', '', 0,
        'If pod DeletionTimestamp older than N seconds, skip waiting for the pod.  Seconds must be greater than 0 to skip.', { missing: true }),
      flag('timeout', '', 0, 'The length of time to wait before giving up, zero means infinite', { type: 'duration' }),
    ],
    run: drain,
  },
  {
    name: 'taint', short: 'Update the taints on one or more nodes',
    use: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N', completes: 'node',
    flags: [
      ...f.output, f.all('Select all nodes in the cluster'), f.dryRun, f.fieldManager('kubectl-taint'), f.selector, f.validate,
      flag('overwrite', '', false, 'If true, allow taints to be overwritten, otherwise reject taint updates that overwrite existing taints.'),
    ],
    run: taint,
  },
];
