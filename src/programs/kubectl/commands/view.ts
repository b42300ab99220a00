/** The commands that show: get, describe, logs, events, explain, version and their like. */
import { flag, type Command } from '../cobra/command.ts';
import { canI, whoAmI } from '../cluster/auth.ts';
import { events } from '../cluster/events.ts';
import { apiResources, apiVersions, clusterInfo, missing, top, version } from '../cluster/info.ts';
import { describe } from '../describe/index.ts';
import { explain } from '../explain/index.ts';
import { get } from '../get/index.ts';
import { wait } from '../observe/wait.ts';
import { logs } from '../pods/logs.ts';
import * as f from './flags.ts';

const RESOURCES = 'Use "kubectl api-resources" for a complete list of supported resources.';

export const view: readonly Command[] = [
  {
    name: 'get', group: 'Basic Commands (Intermediate):', short: 'Display one or many resources', suggestFor: ['list', 'ps'], completes: 'resource',
    use: '[(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file|custom-columns|custom-columns-file|wide] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
    long: `Display one or many resources.\n\n Prints a table of the most important information about the specified resources. You can filter the list using a label selector and the --selector flag. If the desired resource type is namespaced you will only see results in the current namespace if you don't specify any namespace.\n\n By specifying the output as 'template' and providing a Go template as the value of the --template flag, you can filter the attributes of the fetched resources.\n\n${RESOURCES}`,
    example: `  # List all pods in ps output format
  kubectl get pods
  
  # List all pods in ps output format with more information (such as node name)
  kubectl get pods -o wide
  
  # List a single replication controller with specified NAME in ps output format
  kubectl get replicationcontroller web
  
  # List deployments in JSON output format, in the "v1" version of the "apps" API group
  kubectl get deployments.v1.apps -o json
  
  # List a single pod in JSON output format
  kubectl get -o json pod web-pod-13je7
  
  # List a pod identified by type and name specified in "pod.yaml" in JSON output format
  kubectl get -f pod.yaml -o json
  
  # List resources from a directory with kustomization.yaml - e.g. dir/kustomization.yaml
  kubectl get -k dir/
  
  # Return only the phase value of the specified pod
  kubectl get -o template pod/web-pod-13je7 --template={{.status.phase}}
  
  # List resource information in custom columns
  kubectl get pod test-pod -o custom-columns=CONTAINER:.spec.containers[0].name,IMAGE:.spec.containers[0].image
  
  # List all replication controllers and services together in ps output format
  kubectl get rc,services
  
  # List one or more resources by their type and names
  kubectl get rc/web service/frontend pods/web-pod-13je7
  
  # List the 'status' subresource for a single pod
  kubectl get pod web-pod-13je7 --subresource status
  
  # List all deployments in namespace 'backend'
  kubectl get deployments.apps --namespace backend
  
  # List all pods existing in all namespaces
  kubectl get pods --all-namespaces`,
    flags: [
      f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'),
      f.output[0]!, f.chunkSize, f.fieldSelector, ...f.filename('identifying the resource to get from a server.'),
      flag('ignore-not-found', '', false, 'If set to true, suppresses NotFound error for specific objects that do not exist. Using this flag with commands that query for collections of resources has no effect when no resources are found.'),
      f.labelColumns,
      flag('no-headers', '', false, "When using the default or custom-column output format, don't print headers (default print headers)."),
      flag('output', 'o', '', 'Output format. One of: (json, yaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file, custom-columns, custom-columns-file, wide). See custom columns [https://kubernetes.io/docs/reference/kubectl/#custom-columns], golang template [http://golang.org/pkg/text/template/#pkg-overview] and jsonpath template [https://kubernetes.io/docs/reference/kubectl/jsonpath/].'),
      flag('output-watch-events', '', false, 'Output watch event objects when --watch or --watch-only is used. Existing objects are output as initial ADDED events.'),
      flag('raw', '', '', 'Raw URI to request from the server.  Uses the transport specified by the kubeconfig file.'),
      f.selector,
      flag('server-print', '', true, 'If true, have the server return the appropriate table output. Supports extension APIs and CRDs.'),
      flag('show-kind', '', false, 'If present, list the resource type for the requested object(s).'),
      flag('show-labels', '', false, 'When printing, show all labels as the last column (default hide labels column)'),
      f.output[2]!,
      flag('sort-by', '', '', "If non-empty, sort list types using this field specification.  The field specification is expressed as a JSONPath expression (e.g. '{.metadata.name}'). The field in the API resource specified by this JSONPath expression must be an integer or a string."),
      flag('subresource', '', '', 'If specified, gets the subresource of the requested object.'),
      f.output[3]!,
      flag('watch', 'w', false, 'After listing/getting the requested object, watch for changes.'),
      flag('watch-only', '', false, 'Watch for changes to the requested object(s), without listing/getting first.'),
    ],
    run: get,
  },
  {
    name: 'explain', group: 'Basic Commands (Intermediate):', short: 'Get documentation for a resource', use: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]', completes: 'type',
    long: `Describe fields and structure of various resources.\n\n This command describes the fields associated with each supported API resource. Fields are identified via a simple JSONPath identifier:\n\n  <type>.<fieldName>[.<fieldName>]\n\n Information about each field is retrieved from the server in OpenAPI format.\n\n${RESOURCES}`,
    example: `  # Get the documentation of the resource and its fields
  kubectl explain pods
  
  # Get all the fields in the resource
  kubectl explain pods --recursive
  
  # Get the explanation for deployment in supported api versions
  kubectl explain deployments --api-version=apps/v1
  
  # Get the documentation of a specific field of a resource
  kubectl explain pods.spec.containers
  
  # Get the documentation of resources in different format
  kubectl explain deployment --output=plaintext-openapiv2`,
    flags: [
      flag('api-version', '', '', 'Use given api-version (group/version) of the resource.'), flag('output', 'o', 'plaintext', 'Format in which to render the schema. Valid values are: (plaintext, plaintext-openapiv2).'),
      flag('recursive', '', false, 'When true, print the name of all the fields recursively. Otherwise, print the available fields with their description.'),
    ],
    run: explain,
  },
  {
    name: 'describe', group: 'Troubleshooting and Debugging Commands:', short: 'Show details of a specific resource or group of resources', use: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)', completes: 'resource',
    long: `Show details of a specific resource or group of resources.\n\n Print a detailed description of the selected resources, including related resources such as events or controllers. You may select a single object by name, all objects of that type, provide a name prefix, or label selector. For example:\n\n  $ kubectl describe TYPE NAME_PREFIX\n  \n will first check for an exact match on TYPE and NAME_PREFIX. If no such resource exists, it will output details for every resource that has a name prefixed with NAME_PREFIX.\n\n${RESOURCES}`,
    example: `  # Describe a node
  kubectl describe nodes kubernetes-node-emt8.c.myproject.internal
  
  # Describe a pod
  kubectl describe pods/nginx
  
  # Describe a pod identified by type and name in "pod.json"
  kubectl describe -f pod.json
  
  # Describe all pods
  kubectl describe pods
  
  # Describe pods by label name=myLabel
  kubectl describe pods -l name=myLabel
  
  # Describe all pods managed by the 'frontend' replication controller
  # (rc-created pods get the name of the rc as a prefix in the pod name)
  kubectl describe pods frontend`,
    flags: [
      f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'), f.chunkSize,
      ...f.filename('containing the resource to describe'), f.selector, flag('show-events', '', true, 'If true, display events related to the described object.'),
    ],
    run: describe,
  },
  {
    name: 'logs', group: 'Troubleshooting and Debugging Commands:', short: 'Print the logs for a container in a pod', use: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]', completes: 'pod',
    long: 'Print the logs for a container in a pod or specified resource. If the pod has only one container, the container name is optional.',
    example: `  # Return snapshot logs from pod nginx with only one container
  kubectl logs nginx
  
  # Return snapshot logs from pod nginx, prefixing each line with the source pod and container name
  kubectl logs nginx --prefix
  
  # Return snapshot logs from pod nginx, limiting output to 500 bytes
  kubectl logs nginx --limit-bytes=500
  
  # Return snapshot logs from pod nginx, waiting up to 20 seconds for it to start running.
  kubectl logs nginx --pod-running-timeout=20s
  
  # Return snapshot logs from pod nginx with multi containers
  kubectl logs nginx --all-containers=true
  
  # Return snapshot logs from all pods in the deployment nginx
  kubectl logs deployment/nginx --all-pods=true
  
  # Return snapshot logs from all containers in pods defined by label app=nginx
  kubectl logs -l app=nginx --all-containers=true
  
  # Return snapshot logs from all pods defined by label app=nginx, limiting concurrent log requests to 10 pods
  kubectl logs -l app=nginx --max-log-requests=10
  
  # Return snapshot of previous terminated ruby container logs from pod web-1
  kubectl logs -p -c ruby web-1
  
  # Begin streaming the logs from pod nginx, continuing even if errors occur
  kubectl logs nginx -f --ignore-errors=true
  
  # Begin streaming the logs of the ruby container in pod web-1
  kubectl logs -f -c ruby web-1
  
  # Begin streaming the logs from all containers in pods defined by label app=nginx
  kubectl logs -f -l app=nginx --all-containers=true
  
  # Display only the most recent 20 lines of output in pod nginx
  kubectl logs --tail=20 nginx
  
  # Show all logs from pod nginx written in the last hour
  kubectl logs --since=1h nginx`,
    flags: [
      flag('all-containers', '', false, "Get all containers' logs in the pod(s)."), flag('all-pods', '', false, 'Get logs from all pod(s). Sets prefix to true.'),
      flag('container', 'c', '', 'Print the logs of this container'), flag('follow', 'f', false, 'Specify if the logs should be streamed.'),
      flag('ignore-errors', '', false, 'If watching / following pod logs, allow for any errors that occur to be non-fatal'),
      flag('insecure-skip-tls-verify-backend', '', false, "Skip verifying the identity of the kubelet that logs are requested from.  In theory, an attacker could provide invalid log content back. You might want to use this if your kubelet serving certificates have expired.", { missing: true }),
      flag('limit-bytes', '', 0, 'Maximum bytes of logs to return. Defaults to no limit.'),
      flag('max-log-requests', '', 5, 'Specify maximum number of concurrent logs to follow when using by a selector. Defaults to 5.'), f.podRunningTimeout(20_000_000),
      flag('prefix', '', false, 'Prefix each log line with the log source (pod name and container name)'),
      flag('previous', 'p', false, 'If true, print the logs for the previous instance of the container in a pod if it exists.'), f.selector,
      flag('since', '', 0, 'Only return logs newer than a relative duration like 5s, 2m, or 3h. Defaults to all logs. Only one of since-time / since may be used.', { type: 'duration' }),
      flag('since-time', '', '', 'Only return logs after a specific date (RFC3339). Defaults to all logs. Only one of since-time / since may be used.'),
      flag('tail', '', -1, 'Lines of recent log file to display. Defaults to -1 with no selector, showing all log lines otherwise 10, if a selector is provided.'),
      flag('timestamps', '', false, 'Include timestamps on each line in the log output'),
    ],
    run: logs,
  },
  {
    name: 'events', group: 'Troubleshooting and Debugging Commands:', short: 'List events', completes: 'none',
    use: '[(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
    long: 'Display events.\n\n Prints a table of the most important information about events. You can request events for a namespace, for all namespace, or filtered to only those pertaining to a specified resource.',
    example: `  # List recent events in the default namespace
  kubectl events
  
  # List recent events in all namespaces
  kubectl events --all-namespaces
  
  # List recent events for the specified pod, then wait for more events and list them as they arrive
  kubectl events --for pod/web-pod-13je7 --watch
  
  # List recent events in YAML format
  kubectl events -oyaml
  
  # List recent only events of type 'Warning' or 'Normal'
  kubectl events --types=Warning,Normal`,
    flags: [
      ...f.output, f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'), f.chunkSize,
      flag('for', '', '', 'Filter events to only those pertaining to the specified resource.'), flag('no-headers', '', false, "When using the default output format, don't print headers."),
      flag('types', '', [], 'Output only events of given types.'), flag('watch', 'w', false, 'After listing the requested events, watch for more events.'),
    ],
    run: events,
  },
  {
    name: 'top', group: 'Cluster Management Commands:', short: 'Display resource (CPU/memory) usage', use: '', long: 'Display resource (CPU/memory) usage.\n\n This command provides a view of recent resource consumption for nodes and pods. It fetches metrics from the Metrics Server, which aggregates this data from the kubelet on each node. The Metrics Server must be installed and running in the cluster for this command to work.\n\n The metrics shown are specifically optimized for Kubernetes autoscaling decisions, such as those made by the Horizontal Pod Autoscaler (HPA) and Vertical Pod Autoscaler (VPA). Because of this, the values may not match those from standard OS tools like \'top\', as the metrics are designed to provide a stable signal for autoscalers rather than for pinpoint accuracy.',
    children: ['node', 'pod'].map((kind) => ({
      name: kind, aliases: kind === 'node' ? ['nodes', 'no'] : ['pods', 'po'], short: `Display resource (CPU/memory) usage of ${kind}s`, use: '[NAME | -l label]', completes: kind as 'node' | 'pod',
      flags: [f.selector, flag('no-headers', '', false, 'If present, print output without headers'), flag('sort-by', '', '', `If non-empty, sort ${kind}s list using specified field. The field can be either 'cpu' or 'memory'.`), flag('show-capacity', '', false, 'Print node resources based on Capacity instead of Allocatable(default) of the nodes.'), flag('use-protocol-buffers', '', true, 'Enables using protocol-buffers to access Metrics API.'), ...(kind === 'pod' ? [f.allNamespaces('If present, list the requested object(s) across all namespaces.'), flag('containers', '', false, 'If present, print usage of containers within a pod.'), f.fieldSelector, flag('sum', '', false, 'Print the sum of the resource usage')] : [])],
      run: top,
    })),
  },
  {
    name: 'cluster-info', group: 'Cluster Management Commands:', short: 'Display cluster information', use: '', long: "Display addresses of the control plane and services with label kubernetes.io/cluster-service=true. To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.",
    example: '  # Print the address of the control plane and cluster services\n  kubectl cluster-info', run: clusterInfo,
    children: [{ name: 'dump', short: 'Dump relevant information for debugging and diagnosis', use: '', flags: [f.allNamespaces('If true, dump all namespaces.  If true, --namespaces is ignored.'), flag('output-directory', '', '', "Where to output the files.  If empty or '-' uses stdout, otherwise creates a directory hierarchy in that directory"), flag('namespaces', '', [], 'A comma separated list of namespaces to dump.')], run: missing('cluster-info dump') }],
  },
  {
    name: 'wait', group: 'Advanced Commands:', short: 'Wait for a specific condition on one or many resources', completes: 'resource',
    use: '([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath=\'{}\'[=value]]',
    long: 'Wait for a specific condition on one or many resources.\n\n The command takes multiple resources and waits until the specified condition is seen in the Status field of every given resource.\n\n Alternatively, the command can wait for the given set of resources to be created or deleted by providing the "create" or "delete" keyword as the value to the --for flag.\n\n A successful message will be printed to stdout indicating when the specified condition has been met. You can use -o option to change to output destination.',
    example: `  # Wait for the pod "busybox1" to contain the status condition of type "Ready"
  kubectl wait --for=condition=Ready pod/busybox1
  
  # The default value of status condition is true; you can wait for other targets after an equal delimiter (compared after Unicode simple case folding, which is a more general form of case-insensitivity)
  kubectl wait --for=condition=Ready=false pod/busybox1
  
  # Wait for the pod "busybox1" to contain the status phase to be "Running"
  kubectl wait --for=jsonpath='{.status.phase}'=Running pod/busybox1
  
  # Wait for pod "busybox1" to be Ready
  kubectl wait --for='jsonpath={.status.conditions[?(@.type=="Ready")].status}=True' pod/busybox1
  
  # Wait for the service "loadbalancer" to have ingress
  kubectl wait --for=jsonpath='{.status.loadBalancer.ingress}' service/loadbalancer
  
  # Wait for the secret "busybox1" to be created, with a timeout of 30s
  kubectl create secret generic busybox1
  kubectl wait --for=create secret/busybox1 --timeout=30s
  
  # Wait for the pod "busybox1" to be deleted, with a timeout of 60s, after having issued the "delete" command
  kubectl delete pod/busybox1
  kubectl wait --for=delete pod/busybox1 --timeout=60s`,
    flags: [
      ...f.output, f.all('Select all resources in the namespace of the specified resource types'), f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'), f.fieldSelector,
      ...f.filename('identifying the resource.'), flag('for', '', '', "The condition to wait on: [create|delete|condition=condition-name[=condition-value]|jsonpath='{JSONPath expression}'=[JSONPath value]]. The default condition-value is true. Condition values are compared after Unicode simple case folding, which is a more general form of case-insensitivity."),
      f.local, f.selector, flag('timeout', '', 30_000_000, "The length of time to wait before giving up.  Zero means check once and don't wait, negative means wait for a week.", { type: 'duration' }),
    ],
    run: wait,
  },
  {
    name: 'auth', group: 'Troubleshooting and Debugging Commands:', short: 'Inspect authorization', use: '', long: 'Inspect authorization.',
    children: [
      {
        name: 'can-i', short: 'Check whether an action is allowed', use: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]', completes: 'type',
        long: `Check whether an action is allowed.\n\n VERB is a logical Kubernetes API verb like 'get', 'list', 'watch', 'delete', etc. TYPE is a Kubernetes resource. Shortcuts and groups will be resolved. NONRESOURCEURL is a partial URL that starts with "/". NAME is the name of a particular Kubernetes resource. This command pairs nicely with impersonation. See --as global flag.`,
        flags: [f.allNamespaces('If true, check the specified action in all namespaces.'), flag('list', '', false, 'If true, prints all allowed actions.'), flag('no-headers', '', false, 'If true, prints allowed actions without headers'), flag('quiet', 'q', false, 'If true, suppress output and just return the exit code.'), flag('subresource', '', '', 'SubResource such as pod/log or deployment/scale')],
        run: canI,
      },
      { name: 'whoami', short: 'Experimental: Check self subject attributes', use: '', long: 'Experimental: Check who you are and your attributes (groups, extra).\n\n        This command is helpful to get yourself aware of the current user attributes,\n        especially when dynamic authentication, e.g., token webhook, auth proxy, or OIDC provider,\n        is enabled in the Kubernetes cluster.', flags: f.output, run: whoAmI },
      { name: 'reconcile', short: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects', use: '-f FILENAME', flags: f.filename('identifying the resource to reconcile.'), run: missing('auth reconcile') },
    ],
  },
  {
    name: 'api-resources', group: 'Other Commands:', short: 'Print the supported API resources on the server', use: '', long: 'Print the supported API resources on the server.',
    example: `  # Print the supported API resources
  kubectl api-resources
  
  # Print the supported API resources with more information
  kubectl api-resources -o wide
  
  # Print the supported API resources sorted by a column
  kubectl api-resources --sort-by=name
  
  # Print the supported namespaced resources
  kubectl api-resources --namespaced=true
  
  # Print the supported non-namespaced resources
  kubectl api-resources --namespaced=false
  
  # Print the supported API resources with a specific APIGroup
  kubectl api-resources --api-group=rbac.authorization.k8s.io`,
    flags: [
      flag('api-group', '', '', 'Limit to resources in the specified API group.'), flag('cached', '', false, 'Use the cached list of resources if available.'), flag('categories', '', [], 'Limit to resources that belong to the specified categories.'),
      flag('namespaced', '', true, 'If false, non-namespaced resources will be returned, otherwise returning namespaced resources by default.'), flag('no-headers', '', false, "When using the default or custom-column output format, don't print headers (default print headers)."),
      flag('output', 'o', '', 'Output format. One of: (json, yaml, name, wide).'), flag('sort-by', '', '', "If non-empty, sort list of resources using specified field. The field can be either 'name' or 'kind'."), flag('verbs', '', [], 'Limit to resources that support the specified verbs.'),
    ],
    run: apiResources,
  },
  { name: 'api-versions', group: 'Other Commands:', short: 'Print the supported API versions on the server, in the form of "group/version"', use: '', long: 'Print the supported API versions on the server, in the form of "group/version".', example: '  # Print the supported API versions\n  kubectl api-versions', run: apiVersions },
  {
    name: 'version', group: 'Other Commands:', short: 'Print the client and server version information', use: '', long: 'Print the client and server version information for the current context.', example: '  # Print the client and server versions for the current context\n  kubectl version',
    flags: [flag('client', '', false, 'If true, shows client version only (no server required).'), flag('output', 'o', '', "One of 'yaml' or 'json'.")], run: version,
  },
];
