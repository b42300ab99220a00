/** The commands that change objects. */
import { flag, type Command } from '../cobra/command.ts';
import { apply } from '../apply/apply.ts';
import { autoscale } from '../change/autoscale.ts';
import { cordon, drain, uncordon } from '../change/drain.ts';
import { remove } from '../change/delete.ts';
import { annotate, label } from '../change/label.ts';
import { patch } from '../change/patch.ts';
import { expose, run } from '../change/run.ts';
import { setSelector, setSubject } from '../change/rewire.ts';
import { scale } from '../change/scale.ts';
import { setEnv, setImage, setResources, setServiceAccount } from '../change/set.ts';
import { taint } from '../change/taint.ts';
import { approve, deny } from '../cluster/certificate.ts';
import { missing } from '../cluster/info.ts';
import { diff } from '../apply/diff.ts';
import { replace } from '../create/file.ts';
import { edit } from '../edit/edit.ts';
import { pause, restart, resume } from '../rollout/change.ts';
import { history, undo } from '../rollout/history.ts';
import { status } from '../rollout/status.ts';
import * as f from './flags.ts';

const RESOURCES = 'Use "kubectl api-resources" for a complete list of supported resources.';
const deletion = [
  flag('cascade', '', 'background', 'Must be "background", "orphan", or "foreground". Selects the deletion cascading strategy for the dependents (e.g. Pods created by a ReplicationController). Defaults to background.', { noOptDefault: 'background' }),
  flag('force', '', false, 'If true, immediately remove resources from API and bypass graceful deletion. Note that immediate deletion of some resources may result in inconsistency or data loss and requires confirmation.'),
  flag('grace-period', '', -1, 'Period of time in seconds given to the resource to terminate gracefully. Ignored if negative. Set to 1 for immediate shutdown. Can only be set to 0 when --force is true (force deletion).'),
  flag('timeout', '', 0, 'The length of time to wait before giving up on a delete, zero means determine a timeout from the size of the object', { type: 'duration' }),
  flag('wait', '', true, 'If true, wait for resources to be gone before returning. This waits for finalizers.'),
];
const marking = [
  ...f.output, f.all('Select all resources, in the namespace of the specified resource types'), f.allNamespaces('If true, check the specified action in all namespaces.'), f.dryRun, f.fieldSelector, f.local,
  flag('overwrite', '', false, 'If true, allow to be overwritten, otherwise reject updates that overwrite existing ones.'), flag('list', '', false, 'If true, display what is there for a given resource.'),
  flag('resource-version', '', '', 'If non-empty, the update will only succeed if this is the current resource-version for the object. Only valid when specifying a single resource.'), f.selector,
];
const nodes = [f.dryRun, f.selector];
const setting = [...f.output, f.all('Select all resources in the namespace of the specified resource types'), f.dryRun, f.fieldManager('kubectl-set'), ...f.filename('identifying the resource to get from a server.'), f.local, f.selector];
const rolling = [...f.output, f.fieldManager('kubectl-rollout'), ...f.filename('identifying the resource to get from a server.'), f.selector];
const WORKLOADS = ' Valid resource types include:\n\n  *  deployments\n  *  daemonsets\n  *  statefulsets';

export const change: readonly Command[] = [
  {
    name: 'expose', group: 'Basic Commands (Beginner):', short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service', completes: 'resource',
    use: '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
    long: 'Expose a resource as a new Kubernetes service.\n\n Looks up a deployment, service, replica set, replication controller or pod by name and uses the selector for that resource as the selector for a new service on the specified port. A deployment or replica set will be exposed as a service only if its selector is convertible to a selector that service supports, i.e. when the selector contains only the matchLabels component. Note that if no port is specified via --port and the exposed resource has multiple ports, all will be re-used by the new service. Also if no labels are specified, the new service will re-use the labels from the resource it exposes.\n\n Possible resources include (case insensitive):\n\n pod (po), service (svc), replicationcontroller (rc), deployment (deploy), replicaset (rs)',
    flags: [...f.output, flag('cluster-ip', '', '', "ClusterIP to be assigned to the service. Leave empty to auto-allocate, or set to 'None' to create a headless service."), f.dryRun, flag('external-ip', '', [], 'Additional external IP address (not managed by Kubernetes) to accept for the service.'), f.fieldManager('kubectl-expose'), ...f.filename('identifying the resource to expose a service'), flag('labels', 'l', '', 'Labels to apply to the service created by this call.'), flag('load-balancer-ip', '', '', 'IP to assign to the LoadBalancer.', { missing: true }), flag('name', '', '', 'The name for the newly created object.'), flag('overrides', '', '', 'An inline JSON override for the generated object.', { missing: true }), flag('port', '', '', 'The port that the service should serve on. Copied from the resource being exposed, if unspecified'), flag('protocol', '', '', 'The network protocol for the service to be created. Default is \'TCP\'.'), f.saveConfig, flag('selector', '', '', 'A label selector to use for this service. Only equality-based selector requirements are supported. If empty (the default) infer the selector from the replication controller or replica set.)'), flag('session-affinity', '', '', "If non-empty, set the session affinity for the service to this; legal values: 'None', 'ClientIP'"), flag('target-port', '', '', 'Name or number for the port on the container that the service should direct traffic to. Optional.'), flag('type', '', '', 'Type for this service: ClusterIP, NodePort, LoadBalancer, or ExternalName. Default is \'ClusterIP\'.')],
    run: expose,
  },
  {
    name: 'run', group: 'Basic Commands (Beginner):', short: 'Run a particular image on the cluster', completes: 'none',
    use: 'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]', long: 'Create and run a particular image in a pod.',
    example: `  # Start a nginx pod
  kubectl run nginx --image=nginx
  
  # Start a hazelcast pod and let the container expose port 5701
  kubectl run hazelcast --image=hazelcast/hazelcast --port=5701
  
  # Start a hazelcast pod and set environment variables "DNS_DOMAIN=cluster" and "POD_NAMESPACE=default" in the container
  kubectl run hazelcast --image=hazelcast/hazelcast --env="DNS_DOMAIN=cluster" --env="POD_NAMESPACE=default"
  
  # Start a hazelcast pod and set labels "app=hazelcast" and "env=prod" in the container
  kubectl run hazelcast --image=hazelcast/hazelcast --labels="app=hazelcast,env=prod"
  
  # Dry run; print the corresponding API objects without creating them
  kubectl run nginx --image=nginx --dry-run=client
  
  # Start a nginx pod, but overload the spec with a partial set of values parsed from JSON
  kubectl run nginx --image=nginx --overrides='{ "apiVersion": "v1", "spec": { ... } }'
  
  # Start a busybox pod and keep it in the foreground, don't restart it if it exits
  kubectl run -i -t busybox --image=busybox --restart=Never
  
  # Start the nginx pod using the default command, but use custom arguments (arg1 .. argN) for that command
  kubectl run nginx --image=nginx -- <arg1> <arg2> ... <argN>
  
  # Start the nginx pod using a different command and custom arguments
  kubectl run nginx --image=nginx --command -- <cmd> <arg1> ... <argN>`,
    flags: [...f.output, flag('annotations', '', [], 'Annotations to apply to the pod.', { type: 'array' }), flag('attach', '', false, "If true, wait for the Pod to start running, and then attach to the Pod as if 'kubectl attach ...' were called."), flag('command', '', false, "If true and extra arguments are present, use them as the 'command' field in the container, rather than the 'args' field which is the default."), f.dryRun, flag('env', '', [], 'Environment variables to set in the container.', { type: 'array' }), flag('expose', '', false, 'If true, create a ClusterIP service associated with the pod.  Requires `--port`.'), f.fieldManager('kubectl-run'), flag('image', '', '', 'The image for the container to run.'), flag('image-pull-policy', '', '', 'The image pull policy for the container.  If left empty, this value will not be specified by the client and defaulted by the server.'), flag('labels', 'l', '', 'Comma separated labels to apply to the pod. Will override previous values.'), flag('leave-stdin-open', '', false, 'If the pod is started in interactive mode or with stdin, leave stdin open after the first attach completes.', { missing: true }), flag('override-type', '', 'merge', 'The method used to override the generated object: json, merge, or strategic.', { missing: true }), flag('overrides', '', '', 'An inline JSON override for the generated object. If this is non-empty, it is used to override the generated object.', { missing: true }), f.podRunningTimeout(60_000_000), flag('port', '', '', 'The port that this container exposes.'), flag('privileged', '', false, 'If true, run the container in privileged mode.'), flag('quiet', 'q', false, 'If true, suppress prompt messages.'), flag('restart', '', 'Always', 'The restart policy for this Pod.  Legal values [Always, OnFailure, Never].'), flag('rm', '', false, 'If true, delete the pod after it exits.  Only valid when attaching to the container, e.g. with \'--attach\' or with \'-i/--stdin\'.'), f.saveConfig, flag('stdin', 'i', false, 'Keep stdin open on the container in the pod, even if nothing is attached.'), flag('tty', 't', false, 'Allocate a TTY for the container in the pod.')],
    run,
  },
  {
    name: 'set', group: 'Basic Commands (Beginner):', short: 'Set specific features on objects', use: 'SUBCOMMAND', long: 'Configure application resources.\n\n These commands help you make changes to existing application resources.',
    children: [
      { name: 'env', short: 'Update environment variables on a pod template', use: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N', completes: 'workload', flags: [...setting, flag('containers', 'c', '*', 'The names of containers in the selected pod templates to change - may use wildcards'), flag('env', 'e', [], 'Specify a key-value pair for an environment variable to set into each container.', { type: 'array' }), flag('from', '', '', 'The name of a resource from which to inject environment variables', { missing: true }), flag('keys', '', [], 'Comma-separated list of keys to import from specified resource', { missing: true }), flag('list', '', false, 'If true, display the environment and any changes in the standard format. this flag will removed when we have kubectl view env.'), flag('overwrite', '', true, 'If true, allow environment to be overwritten, otherwise reject updates that overwrite existing environment.'), flag('prefix', '', '', 'Prefix to append to variable names', { missing: true }), flag('resolve', '', false, 'If true, show secret or configmap references when listing variables', { missing: true })], run: setEnv },
      {
        name: 'image', short: 'Update the image of a pod template', use: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N', completes: 'workload',
        long: 'Update existing container image(s) of resources.\n\n Possible resources include (case insensitive):\n\n  pod (po), replicationcontroller (rc), deployment (deploy), daemonset (ds), statefulset (sts), cronjob (cj), replicaset (rs)',
        example: "  # Set a deployment's nginx container image to 'nginx:1.9.1', and its busybox container image to 'busybox'\n  kubectl set image deployment/nginx busybox=busybox nginx=nginx:1.9.1\n  \n  # Update all deployments' and rc's nginx container's image to 'nginx:1.9.1'\n  kubectl set image deployments,rc nginx=nginx:1.9.1 --all\n  \n  # Update image of all containers of daemonset abc to 'nginx:1.9.1'\n  kubectl set image daemonset abc *=nginx:1.9.1",
        flags: setting, run: setImage,
      },
      { name: 'resources', short: 'Update resource requests/limits on objects with pod templates', use: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]', completes: 'workload', flags: [...setting, flag('containers', 'c', '*', 'The names of containers in the selected pod templates to change, all containers are selected by default - may use wildcards'), flag('limits', '', '', "The resource requirement requests for this container.  For example, 'cpu=100m,memory=256Mi'.  Note that server side components may assign requests depending on the server configuration, such as limit ranges."), flag('requests', '', '', "The resource requirement requests for this container.  For example, 'cpu=100m,memory=256Mi'.  Note that server side components may assign requests depending on the server configuration, such as limit ranges.")], run: setResources },
      { name: 'serviceaccount', aliases: ['sa'], short: 'Update the service account of a resource', use: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT', completes: 'workload', flags: setting, run: setServiceAccount },
      { name: 'selector', short: 'Set the selector on a resource', use: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]', long: 'Set the selector on a resource. Note that the new selector will overwrite the old selector if the resource had one prior to the invocation of \'set selector\'.\n\n A selector must begin with a letter or number, and may contain letters, numbers, hyphens, dots, and underscores, up to  63 characters. If --resource-version is specified, then updates will use this resource version, otherwise the existing resource-version will be used. Note: currently selectors can only be set on Service objects.', flags: [...setting, flag('resource-version', '', '', 'If non-empty, the selectors update will only succeed if this is the current resource-version for the object. Only valid when specifying a single resource.', { missing: true })], run: setSelector },
      { name: 'subject', short: 'Update the user, group, or service account in a role binding or cluster role binding', use: '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]', flags: [...setting, flag('group', '', [], 'Groups to bind to the role', { type: 'array' }), flag('serviceaccount', '', [], 'Service accounts to bind to the role', { type: 'array' }), flag('user', '', [], 'Usernames to bind to the role', { type: 'array' })], run: setSubject },
    ],
  },
  {
    name: 'edit', group: 'Basic Commands (Intermediate):', short: 'Edit a resource on the server', use: '(RESOURCE/NAME | -f FILENAME)', completes: 'resource',
    long: "Edit a resource from the default editor.\n\n The edit command allows you to directly edit any API resource you can retrieve via the command-line tools. It will open the editor defined by your KUBE_EDITOR, or EDITOR environment variables, or fall back to 'vi' for Linux or 'notepad' for Windows. When attempting to open the editor, it will first attempt to use the shell that has been defined in the 'SHELL' environment variable. If this is not defined, the default shell will be used, which is '/bin/bash' for Linux or 'cmd' for Windows.\n\n You can edit multiple objects, although changes are applied one at a time. The command accepts file names as well as command-line arguments, although the files you point to must be previously saved versions of resources.",
    example: `  # Edit the service named 'registry'
  kubectl edit svc/registry
  
  # Use an alternative editor
  KUBE_EDITOR="nano" kubectl edit svc/registry
  
  # Edit the job 'myjob' in JSON using the v1 API format
  kubectl edit job.v1.batch/myjob -o json
  
  # Edit the deployment 'mydeployment' in YAML and save the modified config in its annotation
  kubectl edit deployment/mydeployment -o yaml --save-config`,
    flags: [...f.output, f.fieldManager('kubectl-edit'), ...f.filename('to use to edit the resource'), flag('output-patch', '', false, 'Output the patch if the resource is edited.', { missing: true }), flag('save-config', '', false, 'If true, the configuration of current object will be saved in its annotation.', { missing: true }), flag('subresource', '', '', 'If specified, edit will operate on the subresource of the requested object.', { missing: true }), f.validate, flag('windows-line-endings', '', false, 'Defaults to the line ending native to your platform.', { missing: true })],
    run: edit,
  },
  {
    name: 'delete', group: 'Basic Commands (Intermediate):', short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector', use: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])', suggestFor: ['rm'], completes: 'resource',
    long: `Delete resources by file names, stdin, resources and names, or by resources and label selector.\n\n JSON and YAML formats are accepted. Only one type of argument may be specified: file names, resources and names, or resources and label selector.\n\n Some resources, such as pods, support graceful deletion. These resources define a default period before they are forcibly terminated (the grace period) but you may override that value with the --grace-period flag, or pass --now to set a grace-period of 1. Because these resources often represent entities in the cluster, deletion may not be acknowledged immediately. If the node hosting a pod is down or cannot reach the API server, termination may take significantly longer than the grace period. To force delete a resource, you must specify the --force flag.`,
    example: `  # Delete a pod using the type and name specified in pod.json
  kubectl delete -f ./pod.json
  
  # Delete pods and services with same names "baz" and "foo"
  kubectl delete pod,service baz foo
  
  # Delete pods and services with label name=myLabel
  kubectl delete pods,services -l name=myLabel
  
  # Delete a pod with minimal delay
  kubectl delete pod foo --now
  
  # Force delete a pod on a dead node
  kubectl delete pod foo --force
  
  # Delete all pods
  kubectl delete pods --all`,
    flags: [f.all('Delete all resources, in the namespace of the specified resource types.'), f.allNamespaces('If present, list the requested object(s) across all namespaces.'), ...deletion, f.dryRun, f.fieldSelector, ...f.filename('containing the resource to delete.'), flag('ignore-not-found', '', false, 'Treat "resource not found" as a successful delete. Defaults to "true" when --all is specified.'), flag('interactive', 'i', false, 'If true, delete resource only when user confirms.', { missing: true }), flag('now', '', false, 'If true, resources are signaled for immediate shutdown (same as --grace-period=1).'), flag('output', 'o', '', 'Output mode. Use "-o name" for shorter output (resource/name).'), flag('raw', '', '', 'Raw URI to DELETE to the server.  Uses the transport specified by the kubeconfig file.', { missing: true }), f.selector],
    run: remove,
  },
  {
    name: 'rollout', group: 'Deploy Commands:', short: 'Manage the rollout of a resource', use: 'SUBCOMMAND', long: `Manage the rollout of one or many resources.\n  \n${WORKLOADS}`,
    example: '  # Rollback to the previous deployment\n  kubectl rollout undo deployment/abc\n  \n  # Check the rollout status of a daemonset\n  kubectl rollout status daemonset/foo\n  \n  # Restart a deployment\n  kubectl rollout restart deployment/abc\n  \n  # Restart deployments with the \'app=nginx\' label\n  kubectl rollout restart deployment --selector=app=nginx',
    children: [
      { name: 'history', short: 'View rollout history', use: '(TYPE NAME | TYPE/NAME) [flags]', long: 'View previous rollout revisions and configurations.', completes: 'workload', flags: [...rolling, flag('revision', '', 0, 'See the details, including podTemplate of the revision specified')], run: history },
      { name: 'pause', short: 'Mark the provided resource as paused', use: 'RESOURCE', long: 'Mark the provided resource as paused.\n\n Paused resources will not be reconciled by a controller. Use "kubectl rollout resume" to resume a paused resource. Currently only deployments support being paused.', completes: 'workload', flags: rolling, run: pause },
      { name: 'restart', short: 'Restart a resource', use: 'RESOURCE', long: 'Restart a resource.\n\n        Resource rollout will be restarted.', completes: 'workload', flags: rolling, run: restart },
      { name: 'resume', short: 'Resume a paused resource', use: 'RESOURCE', long: 'Resume a paused resource.\n\n Paused resources will not be reconciled by a controller. By resuming a resource, we allow it to be reconciled again. Currently only deployments support being resumed.', completes: 'workload', flags: rolling, run: resume },
      { name: 'status', short: 'Show the status of the rollout', use: '(TYPE NAME | TYPE/NAME) [flags]', long: "Show the status of the rollout.\n\n By default 'rollout status' will watch the status of the latest rollout until it's done. If you don't want to wait for the rollout to finish then you can use --watch=false. Note that if a new rollout starts in-between, then 'rollout status' will continue watching the latest revision. If you want to pin to a specific revision and abort if it is rolled over by another revision, use --revision=N where N is the revision you need to watch for.", completes: 'workload', flags: [...f.filename('identifying the resource to get from a server.'), flag('revision', '', 0, 'Pin to a specific revision for showing its status. Defaults to 0 (last revision).'), f.selector, flag('timeout', '', 0, 'The length of time to wait before ending watch, zero means never. Any other values should contain a corresponding time unit (e.g. 1s, 2m, 3h).', { type: 'duration' }), flag('watch', 'w', true, "Watch the status of the rollout until it's done.")], run: status },
      { name: 'undo', short: 'Undo a previous rollout', use: '(TYPE NAME | TYPE/NAME) [flags]', long: 'Roll back to a previous rollout.', completes: 'workload', flags: [...rolling, f.dryRun, flag('to-revision', '', 0, 'The revision to rollback to. Default to 0 (last revision).')], run: undo },
    ],
  },
  {
    name: 'scale', group: 'Deploy Commands:', short: 'Set a new size for a deployment, replica set, or replication controller', use: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)', suggestFor: ['resize'], completes: 'workload',
    long: 'Set a new size for a deployment, replica set, replication controller, or stateful set.\n\n Scale also allows users to specify one or more preconditions for the scale action.\n\n If --current-replicas or --resource-version is specified, it is validated before the scale is attempted, and it is guaranteed that the precondition holds true when the scale is sent to the server.',
    example: `  # Scale a replica set named 'foo' to 3
  kubectl scale --replicas=3 rs/foo
  
  # Scale a resource identified by type and name specified in "foo.yaml" to 3
  kubectl scale --replicas=3 -f foo.yaml
  
  # If the deployment named mysql's current size is 2, scale mysql to 3
  kubectl scale --current-replicas=2 --replicas=3 deployment/mysql
  
  # Scale multiple replication controllers
  kubectl scale --replicas=5 rc/example1 rc/example2 rc/example3
  
  # Scale stateful set named 'web' to 3
  kubectl scale --replicas=3 statefulset/web`,
    flags: [...f.output, f.all('Select all resources in the namespace of the specified resource types'), flag('current-replicas', '', -1, 'Precondition for current size. Requires that the current size of the resource match this value in order to scale. -1 (default) for no condition.'), f.dryRun, ...f.filename('identifying the resource to set a new size'), flag('replicas', '', 0, 'The new desired number of replicas. Required.'), flag('resource-version', '', '', 'Precondition for resource version. Requires that the current resource version match this value in order to scale.', { missing: true }), f.selector, flag('timeout', '', 0, "The length of time to wait before giving up on a scale operation, zero means don't wait. Any other values should contain a corresponding time unit (e.g. 1s, 2m, 3h).", { type: 'duration', missing: true })],
    required: ['replicas'], run: scale,
  },
  {
    name: 'autoscale', group: 'Deploy Commands:', short: 'Auto-scale a deployment, replica set, stateful set, or replication controller', use: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU]', completes: 'resource',
    long: 'Creates an autoscaler that automatically chooses and sets the number of pods that run in a Kubernetes cluster.\n\n Looks up a deployment, replica set, stateful set, or replication controller by name and creates an autoscaler that uses the given resource as a reference. An autoscaler can automatically increase or decrease number of pods deployed within the system as needed.',
    example: `  # Auto scale a deployment "foo", with the number of pods between 2 and 10, no target CPU utilization specified so a default autoscaling policy will be used
  kubectl autoscale deployment foo --min=2 --max=10
  
  # Auto scale a replication controller "foo", with the number of pods between 1 and 5, target CPU utilization at 80%
  kubectl autoscale rc foo --max=5 --cpu-percent=80`,
    flags: [...f.output, flag('cpu-percent', '', -1, 'The target average CPU utilization (represented as a percent of requested CPU) over all the pods. If it\'s not specified or negative, a default autoscaling policy will be used.', { type: 'int32' }), f.dryRun, f.fieldManager('kubectl-autoscale'), ...f.filename('identifying the resource to autoscale.'), flag('max', '', -1, 'The upper limit for the number of pods that can be set by the autoscaler. Required.', { type: 'int32' }), flag('min', '', -1, 'The lower limit for the number of pods that can be set by the autoscaler. If it\'s not specified or negative, the server will apply a default value.', { type: 'int32' }), flag('name', '', '', 'The name for the newly created object. If not specified, the name of the input resource will be used.'), f.saveConfig],
    required: ['max'], run: autoscale,
  },
  { name: 'cordon', group: 'Cluster Management Commands:', short: 'Mark node as unschedulable', use: 'NODE', long: 'Mark node as unschedulable.', example: '  # Mark node "foo" as unschedulable\n  kubectl cordon foo', completes: 'node', flags: nodes, run: cordon },
  { name: 'uncordon', group: 'Cluster Management Commands:', short: 'Mark node as schedulable', use: 'NODE', long: 'Mark node as schedulable.', example: '  # Mark node "foo" as schedulable\n  kubectl uncordon foo', completes: 'node', flags: nodes, run: uncordon },
  {
    name: 'drain', group: 'Cluster Management Commands:', short: 'Drain node in preparation for maintenance', use: 'NODE', completes: 'node',
    long: "Drain node in preparation for maintenance.\n\n The given node will be marked unschedulable to prevent new pods from arriving. 'drain' evicts the pods if the API server supports https://kubernetes.io/docs/concepts/workloads/pods/disruptions/ eviction https://kubernetes.io/docs/concepts/workloads/pods/disruptions/ . Otherwise, it will use normal DELETE to delete the pods. The 'drain' evicts or deletes all pods except mirror pods (which cannot be deleted through the API server).  If there are daemon set-managed pods, drain will not proceed without --ignore-daemonsets, and regardless it will not delete any daemon set-managed pods, because those pods would be immediately replaced by the daemon set controller, which ignores unschedulable markings.  If there are any pods that are neither mirror pods nor managed by a replication controller, replica set, daemon set, stateful set, or job, then drain will not delete any pods unless you use --force.  --force will also allow deletion to proceed if the managing resource of one or more pods is missing.\n\n 'drain' waits for graceful termination. You should not operate on the machine until the command completes.\n\n When you are ready to put the node back into service, use kubectl uncordon, which will make the node schedulable again.",
    example: '  # Drain node "foo", even if there are pods not managed by a replication controller, replica set, job, daemon set, or stateful set on it\n  kubectl drain foo --force\n  \n  # As above, but abort if there are pods not managed by a replication controller, replica set, job, daemon set, or stateful set, and use a grace period of 15 minutes\n  kubectl drain foo --grace-period=900',
    flags: [f.chunkSize, flag('delete-emptydir-data', '', false, 'Continue even if there are pods using emptyDir (local data that will be deleted when the node is drained).'), flag('disable-eviction', '', false, 'Force drain to use delete, even if eviction is supported. This will bypass checking PodDisruptionBudgets, use with caution.'), f.dryRun, flag('force', '', false, 'Continue even if there are pods that do not declare a controller.'), flag('grace-period', '', -1, 'Period of time in seconds given to each pod to terminate gracefully. If negative, the default value specified in the pod will be used.'), flag('ignore-daemonsets', '', false, 'Ignore DaemonSet-managed pods.'), flag('pod-selector', '', '', 'Label selector to filter pods on the node'), f.selector, flag('skip-wait-for-delete-timeout', '', 0, "If pod DeletionTimestamp older than N seconds, skip waiting for the pod.  Seconds must be greater than 0 to skip.", { missing: true }), flag('timeout', '', 0, 'The length of time to wait before giving up, zero means infinite', { type: 'duration' })],
    run: drain,
  },
  {
    name: 'taint', group: 'Cluster Management Commands:', short: 'Update the taints on one or more nodes', use: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N', completes: 'node',
    long: "Update the taints on one or more nodes.\n\n  *  A taint consists of a key, value, and effect. As an argument here, it is expressed as key=value:effect.\n  *  The key must begin with a letter or number, and may contain letters, numbers, hyphens, dots, and underscores, up to 253 characters.\n  *  Optionally, the key can begin with a DNS subdomain prefix and a single '/', like example.com/my-app.\n  *  The value is optional. If given, it must begin with a letter or number, and may contain letters, numbers, hyphens, dots, and underscores, up to 63 characters.\n  *  The effect must be NoSchedule, PreferNoSchedule or NoExecute.\n  *  Currently taint can only apply to node.",
    example: "  # Update node 'foo' with a taint with key 'dedicated' and value 'special-user' and effect 'NoSchedule'\n  # If a taint with that key and effect already exists, its value is replaced as specified\n  kubectl taint nodes foo dedicated=special-user:NoSchedule\n  \n  # Remove from node 'foo' the taint with key 'dedicated' and effect 'NoSchedule' if one exists\n  kubectl taint nodes foo dedicated:NoSchedule-\n  \n  # Remove from node 'foo' all the taints with key 'dedicated'\n  kubectl taint nodes foo dedicated-",
    flags: [...f.output, f.all('Select all nodes in the cluster'), f.dryRun, f.fieldManager('kubectl-taint'), flag('overwrite', '', false, 'If true, allow taints to be overwritten, otherwise reject taint updates that overwrite existing taints.'), f.selector, f.validate], run: taint,
  },
  {
    name: 'apply', group: 'Advanced Commands:', short: 'Apply a configuration to a resource by file name or stdin', use: '(-f FILENAME | -k DIRECTORY)', completes: 'none',
    long: 'Apply a configuration to a resource by file name or stdin. The resource name must be specified. This resource will be created if it doesn\'t exist yet. To use \'apply\', always create the resource initially with either \'apply\' or \'create --save-config\'.\n\n JSON and YAML formats are accepted.\n\n Alpha Disclaimer: the --prune functionality is not yet complete. Do not use unless you are aware of what the current state is. See https://issues.k8s.io/34274.',
    example: '  # Apply the configuration in pod.json to a pod\n  kubectl apply -f ./pod.json\n  \n  # Apply resources from a directory containing kustomization.yaml - e.g. dir/kustomization.yaml\n  kubectl apply -k dir/\n  \n  # Apply the JSON passed into stdin to a pod\n  cat pod.json | kubectl apply -f -',
    flags: [...f.output, f.all('Select all resources in the namespace of the specified resource types.'), ...deletion.filter(({ name }) => name !== 'force'), f.dryRun, f.fieldManager('kubectl-client-side-apply'), ...f.filename('The files that contain the configurations to apply.'), flag('force', '', false, 'If true, immediately remove resources from API and bypass graceful deletion. Note that immediate deletion of some resources may result in inconsistency or data loss and requires confirmation.', { missing: true }), flag('force-conflicts', '', false, 'If true, server-side apply will force the changes against conflicts.', { missing: true }), flag('openapi-patch', '', true, 'If true, use openapi to calculate diff when the openapi presents and the resource can be found in the openapi spec. Otherwise, fall back to use baked-in types.'), flag('overwrite', '', true, 'Automatically resolve conflicts between the modified and live configuration by using values from the modified configuration'), flag('prune', '', false, 'Automatically delete resource objects, that do not appear in the configs and are created by either apply or create --save-config.', { missing: true }), f.selector, flag('server-side', '', false, 'If true, apply runs in the server instead of the client.', { missing: true }), f.validate],
    run: apply,
  },
  {
    name: 'patch', group: 'Advanced Commands:', short: 'Update fields of a resource', use: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]', completes: 'resource',
    long: `Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.\n\n JSON and YAML formats are accepted.\n\n Note: Strategic merge patch is not supported for custom resources.`,
    example: '  # Partially update a node using a strategic merge patch, specifying the patch as JSON\n  kubectl patch node k8s-node-1 -p \'{"spec":{"unschedulable":true}}\'\n  \n  # Partially update a node using a strategic merge patch, specifying the patch as YAML\n  kubectl patch node k8s-node-1 -p $\'spec:\\n unschedulable: true\'\n  \n  # Update a container\'s image; spec.containers[*].name is required because it\'s a merge key\n  kubectl patch pod valid-pod -p \'{"spec":{"containers":[{"name":"kubernetes-serve-hostname","image":"new image"}]}}\'\n  \n  # Update a container\'s image using a JSON patch with positional arrays\n  kubectl patch pod valid-pod --type=\'json\' -p=\'[{"op": "replace", "path": "/spec/containers/0/image", "value":"new image"}]\'',
    flags: [...f.output, f.dryRun, f.fieldManager('kubectl-patch'), ...f.filename('identifying the resource to update'), f.local, flag('patch', 'p', '', 'The patch to be applied to the resource JSON file.'), flag('patch-file', '', '', 'A file containing a patch to be applied to the resource.'), f.subresource, flag('type', '', 'strategic', 'The type of patch being provided; one of [json merge strategic]')], run: patch,
  },
  {
    name: 'replace', group: 'Advanced Commands:', short: 'Replace a resource by file name or stdin', use: '-f FILENAME', completes: 'none',
    long: 'Replace a resource by file name or stdin.\n\n JSON and YAML formats are accepted. If replacing an existing resource, the complete resource spec must be provided. This can be obtained by\n\n  $ kubectl get TYPE NAME -o yaml',
    example: '  # Replace a pod using the data in pod.json\n  kubectl replace -f ./pod.json\n  \n  # Replace a pod based on the JSON passed into stdin\n  cat pod.json | kubectl replace -f -\n  \n  # Update a single-container pod\'s image version (tag) to v4\n  kubectl get pod mypod -o yaml | sed \'s/\\(image: myimage\\):.*$/\\1:v4/\' | kubectl replace -f -\n  \n  # Force replace, delete and then re-create the resource\n  kubectl replace --force -f ./pod.json',
    flags: [...f.output, ...deletion, f.dryRun, f.fieldManager('kubectl-replace'), ...f.filename('The files that contain the configurations to replace.'), flag('raw', '', '', 'Raw URI to PUT to the server.  Uses the transport specified by the kubeconfig file.', { missing: true }), f.saveConfig, flag('subresource', '', '', 'If specified, replace will operate on the subresource of the requested object.', { missing: true }), f.validate], run: replace,
  },
  {
    name: 'label', group: 'Settings Commands:', short: 'Update the labels on a resource', use: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]', completes: 'resource',
    long: `Update the labels on a resource.\n\n  *  A label key and value must begin with a letter or number, and may contain letters, numbers, hyphens, dots, and underscores, up to 63 characters each.\n  *  Optionally, the key can begin with a DNS subdomain prefix and a single '/', like example.com/my-app.\n  *  If --overwrite is true, then existing labels can be overwritten, otherwise attempting to overwrite a label will result in an error.\n  *  If --resource-version is specified, then updates will use this resource version, otherwise the existing resource-version will be used.`,
    example: "  # Update pod 'foo' with the label 'unhealthy' and the value 'true'\n  kubectl label pods foo unhealthy=true\n  \n  # Update pod 'foo' with the label 'status' and the value 'unhealthy', overwriting any existing value\n  kubectl label --overwrite pods foo status=unhealthy\n  \n  # Update all pods in the namespace\n  kubectl label pods --all status=unhealthy\n  \n  # Update pod 'foo' by removing a label named 'bar' if it exists\n  # Does not require the --overwrite flag\n  kubectl label pods foo bar-",
    flags: [...marking, f.fieldManager('kubectl-label'), ...f.filename('identifying the resource to update the labels')], run: label,
  },
  {
    name: 'annotate', group: 'Settings Commands:', short: 'Update the annotations on a resource', use: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]', completes: 'resource',
    long: `Update the annotations on one or more resources.\n\n All Kubernetes objects support the ability to store additional data with the object as annotations. Annotations are key/value pairs that can be larger than labels and include arbitrary string values such as structured JSON. Tools and system extensions may use annotations to store their own data.\n\n Attempting to set an annotation that already exists will fail unless --overwrite is set. If --resource-version is specified and does not match the current resource version on the server the command will fail.\n\n${RESOURCES}`,
    example: "  # Update pod 'foo' with the annotation 'description' and the value 'my frontend'\n  # If the same annotation is set multiple times, only the last value will be applied\n  kubectl annotate pods foo description='my frontend'\n  \n  # Update pod 'foo' by removing an annotation named 'description' if it exists\n  # Does not require the --overwrite flag\n  kubectl annotate pods foo description-",
    flags: [...marking, f.fieldManager('kubectl-annotate'), ...f.filename('identifying the resource to update the annotation')], run: annotate,
  },
  { name: 'diff', group: 'Advanced Commands:', short: 'Diff the live version against a would-be applied version', use: '-f FILENAME', flags: [...f.filename('contains the configuration to diff'), f.selector, flag('server-side', '', false, 'If true, apply runs in the server instead of the client.')], run: diff },
  { name: 'kustomize', group: 'Advanced Commands:', short: 'Build a kustomization target from a directory or URL', use: 'DIR', run: missing('kustomize') },
  {
    name: 'certificate', group: 'Cluster Management Commands:', short: 'Modify certificate resources', use: 'SUBCOMMAND', long: 'Modify certificate resources.',
    children: ['approve', 'deny'].map((name) => ({ name, short: name === 'approve' ? 'Approve a certificate signing request' : 'Deny a certificate signing request', use: '(-f FILENAME | NAME)', flags: [...f.output, flag('force', '', false, 'Update the CSR even if it is already approved.'), ...f.filename('identifying the resource to update')], run: name === 'approve' ? approve : deny })),
  },
];
