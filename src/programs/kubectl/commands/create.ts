/** kubectl create and its kinds. */
import { flag, type Command } from '../cobra/command.ts';
import * as create from '../create/index.ts';
import { createFiles } from '../create/file.ts';
import * as f from './flags.ts';

/** What every kind takes besides its own flags. */
const common = [...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate];
const from = (what: string) => [
  flag('append-hash', '', false, `Append a hash of the ${what} to its name.`, { missing: true }), flag('from-env-file', '', [], `Specify the path to a file to read lines of key=val pairs to create a ${what}.`),
  flag('from-file', '', [], 'Key file can be specified using its file path, in which case file basename will be used as configmap key, or optionally with a key and file path, in which case the given key will be used.  Specifying a directory will iterate each named file in the directory whose basename is a valid configmap key.'),
  flag('from-literal', '', [], 'Specify a key and literal value to insert in configmap (i.e. mykey=somevalue)', { type: 'array' }),
];
const tcp = flag('tcp', '', [], 'Port pairs can be specified as \'<port>:<targetPort>\'.');
const subjects = [
  flag('group', '', [], 'Groups to bind to the role. The flag can be repeated to add multiple groups.', { type: 'array' }), flag('serviceaccount', '', [], 'Service accounts to bind to the role, in the format <namespace>:<name>. The flag can be repeated to add multiple service accounts.', { type: 'array' }),
  flag('user', '', [], 'Usernames to bind to the role. The flag can be repeated to add multiple users.', { type: 'array' }),
];
const ruleFlags = [
  flag('resource', '', [], 'Resource that the rule applies to'), flag('resource-name', '', [], 'Resource in the white list that the rule applies to, repeat this flag for multiple items', { type: 'array' }), flag('verb', '', [], 'Verb that applies to the resources contained in the rule'),
];

export const createCommand: Command = {
  name: 'create', group: 'Basic Commands (Beginner):', short: 'Create a resource from a file or from stdin', use: '-f FILENAME', completes: 'none',
  long: 'Create a resource from a file or from stdin.\n\n JSON and YAML formats are accepted.',
  example: `  # Create a pod using the data in pod.json
  kubectl create -f ./pod.json
  
  # Create a pod based on the JSON passed into stdin
  cat pod.json | kubectl create -f -
  
  # Edit the data in registry.yaml in JSON then create the resource using the edited data
  kubectl create -f registry.yaml --edit -o json`,
  flags: [...common, flag('edit', '', false, 'Edit the API resource before creating', { missing: true }), ...f.filename('to use to create the resource'), flag('raw', '', '', 'Raw URI to POST to the server.  Uses the transport specified by the kubeconfig file.', { missing: true }), f.selector, flag('windows-line-endings', '', false, 'Only relevant if --edit=true. Defaults to the line ending native to your platform.', { missing: true })],
  run: createFiles,
  children: [
    {
      name: 'deployment', aliases: ['deploy'], short: 'Create a deployment with the specified name', use: 'NAME --image=image -- [COMMAND] [args...]', long: 'Create a deployment with the specified name.', completes: 'none',
      example: `  # Create a deployment named my-dep that runs the busybox image
  kubectl create deployment my-dep --image=busybox
  
  # Create a deployment with a command
  kubectl create deployment my-dep --image=busybox -- date
  
  # Create a deployment named my-dep that runs the nginx image with 3 replicas
  kubectl create deployment my-dep --image=nginx --replicas=3
  
  # Create a deployment named my-dep that runs the busybox image and expose port 5701
  kubectl create deployment my-dep --image=busybox --port=5701
  
  # Create a deployment named my-dep that runs multiple containers
  kubectl create deployment my-dep --image=busybox:latest --image=ubuntu:latest --image=nginx`,
      flags: [...common, flag('image', '', [], 'Image names to run. A deployment can have multiple images set for multi-container pod.'), flag('port', '', -1, 'The containerPort that this deployment exposes.', { type: 'int32' }), flag('replicas', 'r', 1, 'Number of replicas to create. Default is 1.', { type: 'int32' })],
      required: ['image'], run: create.createDeployment,
    },
    { name: 'namespace', aliases: ['ns'], short: 'Create a namespace with the specified name', use: 'NAME [--dry-run=server|client|none]', long: 'Create a namespace with the specified name.', example: '  # Create a new namespace named my-namespace\n  kubectl create namespace my-namespace', flags: common, run: create.createNamespace },
    {
      name: 'configmap', aliases: ['cm'], short: 'Create a config map from a local file, directory or literal value', use: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
      long: 'Create a config map based on a file, directory, or specified literal value.\n\n A single config map may package one or more key/value pairs.\n\n When creating a config map based on a file, the key will default to the basename of the file, and the value will default to the file content.  If the basename is an invalid key, you may specify an alternate key.\n\n When creating a config map based on a directory, each file whose basename is a valid key in the directory will be packaged into the config map.  Any directory entries except regular files are ignored (e.g. subdirectories, symlinks, devices, pipes, etc).',
      example: `  # Create a new config map named my-config based on folder bar
  kubectl create configmap my-config --from-file=path/to/bar
  
  # Create a new config map named my-config with specified keys instead of file basenames on disk
  kubectl create configmap my-config --from-file=key1=/path/to/bar/file1.txt --from-file=key2=/path/to/bar/file2.txt
  
  # Create a new config map named my-config with key1=config1 and key2=config2
  kubectl create configmap my-config --from-literal=key1=config1 --from-literal=key2=config2
  
  # Create a new config map named my-config from the key=value pairs in the file
  kubectl create configmap my-config --from-file=path/to/bar
  
  # Create a new config map named my-config from an env file
  kubectl create configmap my-config --from-env-file=path/to/foo.env --from-env-file=path/to/bar.env`,
      flags: [...common, ...from('configmap')], run: create.createConfigMap,
    },
    {
      name: 'secret', short: 'Create a secret using a specified subcommand', use: '(docker-registry | generic | tls)', long: 'Create a secret with specified type.\n\n A docker-registry type secret is for accessing a container registry.\n\n A generic type secret indicate an Opaque secret type.\n\n A tls type secret holds TLS certificate and its associated key.',
      children: [
        { name: 'generic', short: 'Create a secret from a local file, directory, or literal value', use: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]', long: 'Create a secret based on a file, directory, or specified literal value.\n\n A single secret may package one or more key/value pairs.\n\n When creating a secret based on a file, the key will default to the basename of the file, and the value will default to the file content. If the basename is an invalid key or you wish to chose your own, you may specify an alternate key.\n\n When creating a secret based on a directory, each file whose basename is a valid key in the directory will be packaged into the secret. Any directory entries except regular files are ignored (e.g. subdirectories, symlinks, devices, pipes, etc).', flags: [...common, ...from('secret'), flag('type', '', '', 'The type of secret to create')], run: create.createSecret },
        { name: 'tls', short: 'Create a TLS secret', use: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]', flags: [...common, flag('cert', '', '', 'Path to PEM encoded public key certificate.'), flag('key', '', '', 'Path to private key associated with given certificate.')], run: create.createTlsSecret },
        { name: 'docker-registry', short: 'Create a secret for use with a Docker registry', use: 'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]', flags: [...common, flag('docker-username', '', '', 'Username for Docker registry authentication'), flag('docker-password', '', '', 'Password for Docker registry authentication'), flag('docker-email', '', '', 'Email for Docker registry'), flag('docker-server', '', 'https://index.docker.io/v1/', 'Server location for Docker registry')], run: create.createDockerSecret },
      ],
    },
    {
      name: 'service', aliases: ['svc'], short: 'Create a service using a specified subcommand', use: '', long: 'Create a service using a specified subcommand.',
      children: [
        { name: 'clusterip', short: 'Create a ClusterIP service', use: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]', long: 'Create a ClusterIP service with the specified name.', flags: [...common, tcp, flag('clusterip', '', '', 'Assign your own ClusterIP or set to \'None\' for a \'headless\' service (no loadbalancing).')], run: create.createService('ClusterIP') },
        { name: 'nodeport', short: 'Create a NodePort service', use: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]', long: 'Create a NodePort service with the specified name.', flags: [...common, tcp, flag('node-port', '', 0, 'Port used to expose the service on each node in a cluster.')], run: create.createService('NodePort') },
        { name: 'loadbalancer', short: 'Create a LoadBalancer service', use: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]', long: 'Create a LoadBalancer service with the specified name.', flags: [...common, tcp], run: create.createService('LoadBalancer') },
        { name: 'externalname', short: 'Create an ExternalName service', use: 'NAME --external-name external.name [--dry-run=server|client|none]', long: 'Create an ExternalName service with the specified name.', flags: [...common, tcp, flag('external-name', '', '', 'External name of service')], required: ['external-name'], run: create.createService('ExternalName') },
      ],
    },
    { name: 'serviceaccount', aliases: ['sa'], short: 'Create a service account with the specified name', use: 'NAME [--dry-run=server|client|none]', long: 'Create a service account with the specified name.', example: '  # Create a new service account named my-service-account\n  kubectl create serviceaccount my-service-account', flags: common, run: create.createServiceAccount },
    { name: 'token', short: 'Request a service account token', use: 'SERVICE_ACCOUNT_NAME', long: 'Request a service account token.', flags: [...f.output, flag('audience', '', [], 'Audience of the requested token. If unset, defaults to requesting a token for use with the Kubernetes API server. May be repeated to request a token valid for multiple audiences.', { type: 'array' }), flag('duration', '', 0, 'Requested lifetime of the issued token. If not set or if set to 0, the lifetime will be determined by the server automatically. The server may return a token with a longer or shorter lifetime.', { type: 'duration' })], run: create.createToken },
    { name: 'role', short: 'Create a role with single rule', use: 'NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]', long: 'Create a role with single rule.', example: '  # Create a role named "pod-reader" that allows user to perform "get", "watch" and "list" on pods\n  kubectl create role pod-reader --verb=get --verb=list --verb=watch --resource=pods', flags: [...common, ...ruleFlags], run: create.createRole },
    { name: 'clusterrole', short: 'Create a cluster role', use: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]', long: 'Create a cluster role.', flags: [...common, ...ruleFlags, flag('aggregation-rule', '', '', 'An aggregation label selector for combining ClusterRoles.', { missing: true }), flag('non-resource-url', '', [], 'A partial url that user should have access to.')], run: create.createClusterRole },
    { name: 'rolebinding', short: 'Create a role binding for a particular role or cluster role', use: 'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]', long: 'Create a role binding for a particular role or cluster role.', flags: [...common, ...subjects, flag('clusterrole', '', '', 'ClusterRole this RoleBinding should reference'), flag('role', '', '', 'Role this RoleBinding should reference')], run: create.createRoleBinding },
    { name: 'clusterrolebinding', short: 'Create a cluster role binding for a particular cluster role', use: 'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]', long: 'Create a cluster role binding for a particular cluster role.', flags: [...common, ...subjects, flag('clusterrole', '', '', 'ClusterRole this ClusterRoleBinding should reference')], required: ['clusterrole'], run: create.createClusterRoleBinding },
    { name: 'job', short: 'Create a job with the specified name', use: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]', long: 'Create a job with the specified name.', flags: [...common, flag('from', '', '', 'The name of the resource to create a Job from (only cronjob is supported).'), flag('image', '', '', 'Image name to run.')], run: create.createJob },
    { name: 'cronjob', aliases: ['cj'], short: 'Create a cron job with the specified name', use: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]", long: 'Create a cron job with the specified name.', flags: [...common, flag('image', '', '', 'Image name to run.'), flag('restart', '', '', "job's restart policy. supported values: OnFailure, Never"), flag('schedule', '', '', 'A schedule in the Cron format the job should be run with.')], required: ['image', 'schedule'], run: create.createCronJob },
    { name: 'ingress', aliases: ['ing'], short: 'Create an ingress with the specified name', use: 'NAME --rule=host/path=service:port[,tls[=secret]]', long: 'Create an ingress with the specified name.', flags: [...common, flag('annotation', '', [], 'Annotation to insert in the ingress object, in the format annotation=value', { type: 'array' }), flag('class', '', '', 'Ingress Class to be used'), flag('default-backend', '', '', 'Default service for backend, in format of svcname:port'), flag('rule', '', [], "Rule in format host/path=service:port[,tls=secretname]. Paths containing the leading character '*' are considered pathType=Prefix. tls argument is optional.", { type: 'array' })], run: create.createIngress },
    { name: 'quota', aliases: ['resourcequota'], short: 'Create a quota with the specified name', use: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]', long: 'Create a resource quota with the specified name, hard limits, and optional scopes.', flags: [...common, flag('hard', '', '', 'A comma-delimited set of resource=quantity pairs that define a hard limit.'), flag('scopes', '', '', 'A comma-delimited set of quota scopes that must all match each object tracked by the quota.')], run: create.createQuota },
    { name: 'priorityclass', aliases: ['pc'], short: 'Create a priority class with the specified name', use: 'NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]', long: 'Create a priority class with the specified name, value, globalDefault and description.', flags: [...common, flag('description', '', '', 'description is an arbitrary string that usually provides guidelines on when this priority class should be used.'), flag('global-default', '', false, 'global-default specifies whether this PriorityClass should be considered as the default priority.'), flag('preemption-policy', '', 'PreemptLowerPriority', 'preemption-policy is the policy for preempting pods with lower priority.'), flag('value', '', 0, 'the value of this priority class.')], required: ['value'], run: create.createPriorityClass },
    { name: 'poddisruptionbudget', aliases: ['pdb'], short: 'Create a pod disruption budget with the specified name', use: 'NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]', long: 'Create a pod disruption budget with the specified name, selector, and desired minimum available pods.', flags: [...common, flag('max-unavailable', '', '', 'The maximum number or percentage of unavailable pods this budget requires.'), flag('min-available', '', '', 'The minimum number or percentage of available pods this budget requires.'), flag('selector', '', '', 'A label selector to use for this budget. Only equality-based selector requirements are supported.')], required: ['selector'], run: create.createPdb },
  ],
};
