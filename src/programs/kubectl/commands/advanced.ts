/** The commands that work on manifests as files. */
import { absent, flag, type Command } from '../cobra/command.ts';
import { apply } from '../apply/apply.ts';
import { diff } from '../apply/diff.ts';
import { viewLastApplied } from '../apply/last.ts';
import { patch } from '../change/patch.ts';
import { kustomize } from '../kustomize/index.ts';
import { missing } from '../cluster/info.ts';
import { replace } from '../create/file.ts';
import { wait } from '../observe/wait.ts';
import * as f from './flags.ts';

export const advanced: readonly Command[] = [
  {
    name: 'diff', short: 'Diff the live version against a would-be applied version',
    use: '-f FILENAME',
    flags: [
      ...f.filename('contains the configuration to diff'), f.fieldManager('kubectl-client-side-apply'), absent(f.forceConflicts), absent(f.pruneAllowlist),
      f.selector, absent(f.serverSide),
      flag('concurrency', '', 1,
        'Number of objects to process in parallel when diffing against the live version. Larger number = faster, but more memory, I/O and CPU over ' +
        'that shorter period of time.', { missing: true }),
      flag('prune', '', false, 'Include resources that would be deleted by pruning. Can be used with -l and default shows all resources would be pruned', { missing: true }),
      flag('show-managed-fields', '', false, 'If true, include managed fields in the diff.', { missing: true }),
    ],
    run: diff,
  },
  {
    name: 'apply', short: 'Apply a configuration to a resource by file name or stdin',
    use: '(-f FILENAME | -k DIRECTORY)', completes: 'none',
    flags: [
      ...f.output, absent(f.all('Select all resources in the namespace of the specified resource types.')), absent(f.cascade), f.dryRun,
      f.fieldManager('kubectl-client-side-apply'), absent(f.force), absent(f.forceConflicts), absent(f.gracePeriod), absent(f.pruneAllowlist), f.selector,
      absent(f.serverSide), absent(f.timeout), f.validate, absent(f.wait),
      flag('filename', 'f', [], 'The files that contain the configurations to apply.'),
      flag('kustomize', 'k', '', "Process a kustomization directory. This flag can't be used together with -f or -R."),
      flag('openapi-patch', '', true,
        'If true, use openapi to calculate diff when the openapi presents and the resource can be found in the openapi spec. Otherwise, fall back to ' +
        'use baked-in types.', { missing: true }),
      flag('overwrite', '', true, 'Automatically resolve conflicts between the modified and live configuration by using values from the modified configuration', { missing: true }),
      flag('prune', '', false,
        'Automatically delete resource objects, that do not appear in the configs and are created by either apply or create --save-config. Should be ' +
        'used with either -l or --all.', { missing: true }),
      flag('recursive', 'R', false,
        'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same ' +
        'directory.'),
      flag('subresource', '', '', 'If specified, apply will operate on the subresource of the requested object.  Only allowed when using --server-side.', { missing: true }),
    ],
    children: [
      {
        name: 'edit-last-applied', short: 'Edit latest last-applied-configuration annotations of a resource/object',
        use: '(RESOURCE/NAME | -f FILENAME)',
        flags: [
          ...f.output, ...f.filename('to use to edit the resource'), f.fieldManager('kubectl-client-side-apply'), absent(f.validate), absent(f.windowsLineEndings),
        ],
        run: missing('apply edit-last-applied'),
      },
      {
        name: 'set-last-applied', short: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
        use: '-f FILENAME',
        flags: [
          ...f.output, absent(f.dryRun),
          flag('create-annotation', '', false, "Will create 'last-applied-configuration' annotations if current objects doesn't have one", { missing: true }),
          flag('filename', 'f', [], 'Filename, directory, or URL to files that contains the last-applied-configuration annotations', { missing: true }),
        ],
        run: missing('apply set-last-applied'),
      },
      {
        name: 'view-last-applied', short: 'View the latest last-applied-configuration annotations of a resource/object',
        use: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
        flags: [
          ...f.filename('that contains the last-applied-configuration annotations'),
          f.all('Select all resources in the namespace of the specified resource types'), f.selector,
          flag('output', 'o', 'yaml', 'Output format. Must be one of (yaml, json)'),
        ],
        run: viewLastApplied,
      },
    ],
    run: apply,
  },
  {
    name: 'patch', short: 'Update fields of a resource',
    use: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]', completes: 'resource',
    flags: [
      ...f.output, ...f.filename('identifying the resource to update'), f.dryRun, f.fieldManager('kubectl-patch'),
      flag('local', '', false, 'If true, patch will operate on the content of the file, not the server-side resource.', { missing: true }),
      flag('patch', 'p', '', 'The patch to be applied to the resource JSON file.'),
      flag('patch-file', '', '', 'A file containing a patch to be applied to the resource.'),
      flag('subresource', '', '', 'If specified, patch will operate on the subresource of the requested object.'),
      flag('type', '', 'strategic', 'The type of patch being provided; one of [json merge strategic]'),
    ],
    run: patch,
  },
  {
    name: 'replace', short: 'Replace a resource by file name or stdin',
    use: '-f FILENAME', completes: 'none',
    flags: [
      ...f.output, absent(f.cascade), f.dryRun, f.fieldManager('kubectl-replace'), f.force, f.gracePeriod, f.saveConfig, f.timeout, f.validate, absent(f.wait),
      flag('filename', 'f', [], 'The files that contain the configurations to replace.'),
      flag('kustomize', 'k', '', "Process a kustomization directory. This flag can't be used together with -f or -R."),
      flag('raw', '', '', 'Raw URI to PUT to the server.  Uses the transport specified by the kubeconfig file.', { missing: true }),
      flag('recursive', 'R', false,
        'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same ' +
        'directory.'),
      flag('subresource', '', '', 'If specified, replace will operate on the subresource of the requested object.', { missing: true }),
    ],
    run: replace,
  },
  {
    name: 'wait', short: 'Experimental: Wait for a specific condition on one or many resources',
    use: "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]", completes: 'resource',
    flags: [
      ...f.output, f.all('Select all resources in the namespace of the specified resource types'),
      f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'),
      f.fieldSelector, absent(f.local),
      flag('filename', 'f', [], 'identifying the resource.'),
      flag('for', '', '',
        "The condition to wait on: [create|delete|condition=condition-name[=condition-value]|jsonpath='{JSONPath expression}'=[JSONPath value]]. The " +
        'default condition-value is true. Condition values are compared after Unicode simple case folding, which is a more general form of ' +
        'case-insensitivity.'),
      flag('recursive', 'R', true,
        'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same ' +
        'directory.'),
      flag('selector', 'l', '', "Selector (label query) to filter on, supports '=', '==', and '!='.(e.g. -l key1=value1,key2=value2)"),
      flag('timeout', '', 30_000_000, "The length of time to wait before giving up. Zero means check once and don't wait, negative means wait for a week.", { type: 'duration' }),
    ],
    run: wait,
  },
  {
    name: 'kustomize', short: 'Build a kustomization target from a directory or URL',
    use: 'DIR [flags]',
    flags: [
      flag('as-current-user', '', false, 'use the uid and gid of the command executor to run the function in the container', { missing: true }),
      flag('enable-alpha-plugins', '', false, 'enable kustomize plugins', { missing: true }),
      flag('enable-helm', '', false, 'Enable use of the Helm chart inflator generator.', { missing: true }),
      flag('env', 'e', [], 'a list of environment variables to be used by functions', { type: 'array', missing: true }),
      flag('helm-api-versions', '', [], 'Kubernetes api versions used by Helm for Capabilities.APIVersions', { missing: true }),
      flag('helm-command', '', 'helm', 'helm command (path to executable)', { missing: true }),
      flag('helm-debug', '', false, 'Enable debug output from the Helm chart inflator generator.', { missing: true }),
      flag('helm-kube-version', '', '', 'Kubernetes version used by Helm for Capabilities.KubeVersion', { missing: true }),
      flag('load-restrictor', '', 'LoadRestrictionsRootOnly',
        "if set to 'LoadRestrictionsNone', local kustomizations may load files from outside their root. This does, however, break the relocatability " +
        'of the kustomization.', { missing: true }),
      flag('mount', '', [], 'a list of storage options read from the filesystem', { type: 'array', missing: true }),
      flag('network', '', false, 'enable network access for functions that declare it', { missing: true }),
      flag('network-name', '', 'bridge', 'the docker network to run the container in', { missing: true }),
      flag('output', 'o', '', 'If specified, write output to this path.'),
    ],
    run: kustomize,
  },
];
