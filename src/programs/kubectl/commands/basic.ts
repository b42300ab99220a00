/** The commands a learner starts with: those that make, show and change single objects. */
import { absent, flag, type Command } from '../cobra/command.ts';
import { remove } from '../change/delete.ts';
import { setSelector, setSubject } from '../change/rewire.ts';
import { expose, run } from '../change/run.ts';
import { setEnv, setImage, setResources, setServiceAccount } from '../change/set.ts';
import { edit } from '../edit/edit.ts';
import { explain } from '../explain/index.ts';
import { get } from '../get/index.ts';
import * as f from './flags.ts';

export const basic: readonly Command[] = [
  {
    name: 'expose', short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
    use: '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]', completes: 'resource',
    flags: [
      ...f.output, ...f.filename('identifying the resource to expose a service'), f.dryRun, f.fieldManager('kubectl-expose'), f.overrideType,
      f.overrides, f.saveConfig,
      flag('cluster-ip', '', '', "ClusterIP to be assigned to the service. Leave empty to auto-allocate, or set to 'None' to create a headless service."),
      flag('external-ip', '', '',
        'Additional external IP address (not managed by Kubernetes) to accept for the service. If this IP is routed to a node, the service can be ' +
        'accessed by this IP in addition to its generated service IP.'),
      flag('labels', 'l', '', 'Labels to apply to the service created by this call.'),
      flag('load-balancer-ip', '', '', 'IP to assign to the LoadBalancer. If empty, an ephemeral IP will be created and used (cloud-provider specific).', { missing: true }),
      flag('name', '', '', 'The name for the newly created object.'),
      flag('port', '', '', 'The port that the service should serve on. Copied from the resource being exposed, if unspecified'),
      flag('protocol', '', '', "The network protocol for the service to be created. Default is 'TCP'."),
      flag('selector', '', '',
        'A label selector to use for this service. Only equality-based selector requirements are supported. If empty (the default) infer the ' +
        'selector from the replication controller or replica set.)'),
      flag('session-affinity', '', '', "If non-empty, set the session affinity for the service to this; legal values: 'None', 'ClientIP'"),
      flag('target-port', '', '', 'Name or number for the port on the container that the service should direct traffic to. Optional.'),
      flag('type', '', '', "Type for this service: ClusterIP, NodePort, LoadBalancer, or ExternalName. Default is 'ClusterIP'."),
    ],
    run: expose,
  },
  {
    name: 'run', short: 'Run a particular image on the cluster',
    use: 'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]', completes: 'none',
    flags: [
      ...f.output, absent(f.cascade), f.dryRun, f.env, f.fieldManager('kubectl-run'), absent(f.force), absent(f.gracePeriod), f.overrideType,
      f.overrides, f.podRunningTimeout(60_000_000), f.saveConfig, absent(f.timeout), absent(f.wait),
      flag('annotations', '', [], 'Annotations to apply to the pod.', { type: 'array' }),
      flag('attach', '', false,
        "If true, wait for the Pod to start running, and then attach to the Pod as if 'kubectl attach ...' were called.  Default false, unless " +
        "'-i/--stdin' is set, in which case the default is true. With '--restart=Never' the exit code of the container process is returned."),
      flag('command', '', false, "If true and extra arguments are present, use them as the 'command' field in the container, rather than the 'args' field which is the default."),
      flag('expose', '', false, 'If true, create a ClusterIP service associated with the pod.  Requires `--port`.'),
      flag('filename', 'f', [], 'to use to replace the resource.', { missing: true }),
      flag('image', '', '', 'The image for the container to run.'),
      flag('image-pull-policy', '', '', 'The image pull policy for the container.  If left empty, this value will not be specified by the client and defaulted by the server.'),
      flag('kustomize', 'k', '', "Process a kustomization directory. This flag can't be used together with -f or -R.", { missing: true }),
      flag('labels', 'l', '', 'Comma separated labels to apply to the pod. Will override previous values.'),
      flag('leave-stdin-open', '', false,
        'If the pod is started in interactive mode or with stdin, leave stdin open after the first attach completes. By default, stdin will be ' +
        'closed after the first attach completes.', { missing: true }),
      flag('port', '', '', 'The port that this container exposes.'),
      flag('privileged', '', false, 'If true, run the container in privileged mode.'),
      flag('quiet', 'q', false, 'If true, suppress prompt messages.'),
      flag('recursive', 'R', false,
        'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same ' +
        'directory.', { missing: true }),
      flag('restart', '', 'Always', 'The restart policy for this Pod.  Legal values [Always, OnFailure, Never].'),
      flag('rm', '', false, "If true, delete the pod after it exits.  Only valid when attaching to the container, e.g. with '--attach' or with '-i/--stdin'."),
      flag('stdin', 'i', false, 'Keep stdin open on the container in the pod, even if nothing is attached.'),
      flag('tty', 't', false, 'Allocate a TTY for the container in the pod.'),
    ],
    run,
  },
  {
    name: 'set', short: 'Set specific features on objects',
    use: 'SUBCOMMAND',
    children: [
      {
        name: 'env', short: 'Update environment variables on a pod template',
        use: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('the resource to update the env'), f.all('If true, select all resources in the namespace of the specified resource types'),
          f.dryRun, f.fieldManager('kubectl-set'), f.selector,
          flag('containers', 'c', '*', 'The names of containers in the selected pod templates to change - may use wildcards'),
          flag('env', 'e', [], 'Specify a key-value pair for an environment variable to set into each container.', { type: 'array' }),
          flag('from', '', '', 'The name of a resource from which to inject environment variables'),
          flag('keys', '', [], 'Comma-separated list of keys to import from specified resource'),
          flag('list', '', false, 'If true, display the environment and any changes in the standard format. this flag will removed when we have kubectl view env.'),
          flag('local', '', false, 'If true, set env will NOT contact api-server but run locally.', { missing: true }),
          flag('overwrite', '', true, 'If true, allow environment to be overwritten, otherwise reject updates that overwrite existing environment.'),
          flag('prefix', '', '', 'Prefix to append to variable names'),
          flag('resolve', '', false, 'If true, show secret or configmap references when listing variables', { missing: true }),
        ],
        run: setEnv,
      },
      {
        name: 'image', short: 'Update the image of a pod template',
        use: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'),
          f.all('Select all resources, in the namespace of the specified resource types'), f.dryRun, f.fieldManager('kubectl-set'), f.selector,
          flag('local', '', false, 'If true, set image will NOT contact api-server but run locally.', { missing: true }),
        ],
        run: setImage,
      },
      {
        name: 'resources', short: 'Update resource requests/limits on objects with pod templates',
        use: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'),
          f.all('Select all resources, in the namespace of the specified resource types'), f.dryRun, f.fieldManager('kubectl-set'), f.selector,
          flag('containers', 'c', '*', 'The names of containers in the selected pod templates to change, all containers are selected by default - may use wildcards'),
          flag('limits', '', '',
            "The resource requirement requests for this container.  For example, 'cpu=100m,memory=256Mi'.  Note that server side components may assign " +
            'requests depending on the server configuration, such as limit ranges.'),
          flag('local', '', false, 'If true, set resources will NOT contact api-server but run locally.', { missing: true }),
          flag('requests', '', '',
            "The resource requirement requests for this container.  For example, 'cpu=100m,memory=256Mi'.  Note that server side components may assign " +
            'requests depending on the server configuration, such as limit ranges.'),
        ],
        run: setResources,
      },
      {
        name: 'selector', short: 'Set the selector on a resource',
        use: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
        flags: [
          ...f.output, f.all('Select all resources in the namespace of the specified resource types'), f.dryRun, f.fieldManager('kubectl-set'), absent(f.local),
          flag('filename', 'f', [], 'identifying the resource.'),
          flag('recursive', 'R', true,
            'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same ' +
            'directory.'),
          flag('resource-version', '', '',
            'If non-empty, the selectors update will only succeed if this is the current resource-version for the object. Only valid when specifying a ' +
            'single resource.', { missing: true }),
        ],
        run: setSelector,
      },
      {
        name: 'serviceaccount', aliases: ['sa'], short: 'Update the service account of a resource',
        use: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT', completes: 'workload',
        flags: [
          ...f.output, ...f.filename('identifying the resource to get from a server.'),
          f.all('Select all resources, in the namespace of the specified resource types'), f.dryRun, f.fieldManager('kubectl-set'),
          flag('local', '', false, 'If true, set serviceaccount will NOT contact api-server but run locally.', { missing: true }),
        ],
        run: setServiceAccount,
      },
      {
        name: 'subject', short: 'Update the user, group, or service account in a role binding or cluster role binding',
        use: '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
        flags: [
          ...f.output, ...f.filename('the resource to update the subjects'), f.all('Select all resources, in the namespace of the specified resource types'),
          f.dryRun, f.fieldManager('kubectl-set'), f.selector,
          flag('group', '', [], 'Groups to bind to the role', { type: 'array' }),
          flag('local', '', false, 'If true, set subject will NOT contact api-server but run locally.', { missing: true }),
          flag('serviceaccount', '', [], 'Service accounts to bind to the role', { type: 'array' }),
          flag('user', '', [], 'Usernames to bind to the role', { type: 'array' }),
        ],
        run: setSubject,
      },
    ],
  },
  {
    name: 'explain', short: 'Get documentation for a resource',
    use: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]', completes: 'type',
    flags: [
      flag('api-version', '', '', 'Get different explanations for particular API version (API group/version)'),
      flag('output', '', 'plaintext', 'Format in which to render the schema (plaintext, plaintext-openapiv2)'),
      flag('recursive', '', false, 'Print the fields of fields (Currently only 1 level deep)'),
    ],
    run: explain,
  },
  {
    name: 'get', short: 'Display one or many resources',
    use: 
      '[(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] ' +
      '(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]', suggestFor: ['list', 'ps'], completes: 'resource',
    flags: [
      ...f.filename('identifying the resource to get from a server.'),
      f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'),
      f.chunkSize, f.fieldSelector, f.noHeaders, f.selector,
      flag('allow-missing-template-keys', '', true,
        'If true, ignore any errors in templates when a field or map key is missing in the template. Only applies to golang and jsonpath output ' +
        'formats.'),
      flag('ignore-not-found', '', false, 'If the requested object does not exist the command will return exit code 0.'),
      flag('label-columns', 'L', [],
        'Accepts a comma separated list of labels that are going to be presented as columns. Names are case-sensitive. You can also use multiple ' +
        'flag options like -L label1 -L label2...'),
      flag('output', 'o', '',
        'Output format. One of: (json, yaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file, ' +
        'custom-columns, custom-columns-file, wide). See custom columns [https://kubernetes.io/docs/reference/kubectl/#custom-columns], golang ' +
        'template [http://golang.org/pkg/text/template/#pkg-overview] and jsonpath template [https://kubernetes.io/docs/reference/kubectl/jsonpath/].'),
      flag('output-watch-events', '', false, 'Output watch event objects when --watch or --watch-only is used. Existing objects are output as initial ADDED events.'),
      flag('raw', '', '', 'Raw URI to request from the server.  Uses the transport specified by the kubeconfig file.'),
      flag('server-print', '', true, 'If true, have the server return the appropriate table output. Supports extension APIs and CRDs.'),
      flag('show-kind', '', false, 'If present, list the resource type for the requested object(s).'),
      flag('show-labels', '', false, 'When printing, show all labels as the last column (default hide labels column)'),
      flag('show-managed-fields', '', false, 'If true, keep the managedFields when printing objects in JSON or YAML format.'),
      flag('sort-by', '', '',
        'If non-empty, sort list types using this field specification.  The field specification is expressed as a JSONPath expression (e.g. ' +
        "'{.metadata.name}'). The field in the API resource specified by this JSONPath expression must be an integer or a string."),
      flag('subresource', '', '', 'If specified, gets the subresource of the requested object.'),
      flag('template', '', '',
        'Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is golang templates ' +
        '[http://golang.org/pkg/text/template/#pkg-overview].'),
      flag('watch', 'w', false, 'After listing/getting the requested object, watch for changes.'),
      flag('watch-only', '', false, 'Watch for changes to the requested object(s), without listing/getting first.'),
    ],
    run: get,
  },
  {
    name: 'edit', short: 'Edit a resource on the server',
    use: '(RESOURCE/NAME | -f FILENAME)', completes: 'resource',
    flags: [
      ...f.output, ...f.filename('to use to edit the resource'), f.fieldManager('kubectl-edit'), absent(f.saveConfig), f.validate,
      absent(f.windowsLineEndings),
      flag('output-patch', '', false, 'Output the patch if the resource is edited.', { missing: true }),
      flag('subresource', '', '', 'If specified, edit will operate on the subresource of the requested object.', { missing: true }),
    ],
    run: edit,
  },
  {
    name: 'delete', short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
    use: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])', suggestFor: ['rm'], completes: 'resource',
    flags: [
      f.all('Delete all resources, in the namespace of the specified resource types.'),
      f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'),
      f.cascade, f.dryRun, f.fieldSelector, f.force, f.gracePeriod, f.selector, f.timeout,
      flag('filename', 'f', [], 'containing the resource to delete.'),
      flag('ignore-not-found', '', false, 'Treat "resource not found" as a successful delete. Defaults to "true" when --all is specified.'),
      flag('interactive', 'i', false, 'If true, delete resource only when user confirms.', { missing: true }),
      flag('kustomize', 'k', '', "Process a kustomization directory. This flag can't be used together with -f or -R."),
      flag('now', '', false, 'If true, resources are signaled for immediate shutdown (same as --grace-period=1).'),
      flag('output', 'o', '', 'Output mode. Use "-o name" for shorter output (resource/name).'),
      flag('raw', '', '', 'Raw URI to DELETE to the server.  Uses the transport specified by the kubeconfig file.', { missing: true }),
      flag('recursive', 'R', false,
        'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same ' +
        'directory.'),
      flag('wait', '', true, 'If true, wait for resources to be gone before returning. This waits for finalizers.'),
    ],
    run: remove,
  },
];
