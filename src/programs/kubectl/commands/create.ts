/** `kubectl create` and what it makes. */
import { flag, type Command } from '../cobra/command.ts';
import { createFiles } from '../create/file.ts';
import { createClusterRole, createClusterRoleBinding, createConfigMap, createCronJob, createDeployment, createDockerSecret, createIngress, createJob, createNamespace, createPdb, createPriorityClass, createQuota, createRole, createRoleBinding, createSecret, createService, createServiceAccount, createTlsSecret, createToken } from '../create/index.ts';
import * as f from './flags.ts';

export const create: readonly Command[] = [
  {
    name: 'create', short: 'Create a resource from a file or from stdin',
    use: '-f FILENAME', completes: 'none',
    flags: [
      ...f.output, ...f.filename('to use to create the resource'), f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.selector, f.validate,
      flag('edit', '', false, 'Edit the API resource before creating', { missing: true }),
      flag('raw', '', '', 'Raw URI to POST to the server.  Uses the transport specified by the kubeconfig file.', { missing: true }),
      flag('windows-line-endings', '', false, 'Only relevant if --edit=true. Defaults to the line ending native to your platform.', { missing: true }),
    ],
    children: [
      {
        name: 'clusterrole', short: 'Create a cluster role',
        use: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.resource, f.resourceName, f.saveConfig, f.validate, f.verb,
          flag('aggregation-rule', '', {}, 'An aggregation label selector for combining ClusterRoles.', { type: 'map', defaultText: '' }),
          flag('non-resource-url', '', [], 'A partial url that user should have access to.'),
        ],
        run: createClusterRole,
      },
      {
        name: 'clusterrolebinding', short: 'Create a cluster role binding for a particular cluster role',
        use: 'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]', required: ['clusterrole'],
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('clusterrole', '', '', 'ClusterRole this ClusterRoleBinding should reference'),
          flag('group', '', [], 'Groups to bind to the clusterrole. The flag can be repeated to add multiple groups.', { type: 'array' }),
          flag('serviceaccount', '', [],
            'Service accounts to bind to the clusterrole, in the format <namespace>:<name>. The flag can be repeated to add multiple service accounts.', { type: 'array' }),
          flag('user', '', [], 'Usernames to bind to the clusterrole. The flag can be repeated to add multiple users.', { type: 'array' }),
        ],
        run: createClusterRoleBinding,
      },
      {
        name: 'configmap', aliases: ['cm'], short: 'Create a config map from a local file, directory or literal value',
        use: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('append-hash', '', false, 'Append a hash of the configmap to its name.'),
          flag('from-env-file', '', [], 'Specify the path to a file to read lines of key=val pairs to create a configmap.'),
          flag('from-file', '', [],
            'Key file can be specified using its file path, in which case file basename will be used as configmap key, or optionally with a key and file ' +
            'path, in which case the given key will be used.  Specifying a directory will iterate each named file in the directory whose basename is a ' +
            'valid configmap key.'),
          flag('from-literal', '', [], 'Specify a key and literal value to insert in configmap (i.e. mykey=somevalue)', { type: 'array' }),
        ],
        run: createConfigMap,
      },
      {
        name: 'cronjob', aliases: ['cj'], short: 'Create a cron job with the specified name',
        use: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]", required: ['image', 'schedule'],
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.image, f.saveConfig, f.validate,
          flag('restart', '', '', "job's restart policy. supported values: OnFailure, Never"),
          flag('schedule', '', '', 'A schedule in the Cron format the job should be run with.'),
        ],
        run: createCronJob,
      },
      {
        name: 'deployment', aliases: ['deploy'], short: 'Create a deployment with the specified name',
        use: 'NAME --image=image -- [COMMAND] [args...]', completes: 'none', required: ['image'],
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('image', '', [], 'Image names to run. A deployment can have multiple images set for multi-container pod.'),
          flag('port', '', -1, 'The containerPort that this deployment exposes.'),
          flag('replicas', 'r', 1, 'Number of replicas to create. Default is 1.'),
        ],
        run: createDeployment,
      },
      {
        name: 'ingress', aliases: ['ing'], short: 'Create an ingress with the specified name',
        use: 'NAME --rule=host/path=service:port[,tls[=secret]] ',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('annotation', '', [], 'Annotation to insert in the ingress object, in the format annotation=value', { type: 'array' }),
          flag('class', '', '', 'Ingress Class to be used'),
          flag('default-backend', '', '', 'Default service for backend, in format of svcname:port'),
          flag('rule', '', [],
            "Rule in format host/path=service:port[,tls=secretname]. Paths containing the leading character '*' are considered pathType=Prefix. tls " +
            'argument is optional.', { type: 'array' }),
        ],
        run: createIngress,
      },
      {
        name: 'job', short: 'Create a job with the specified name',
        use: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.image, f.saveConfig, f.validate,
          flag('from', '', '', 'The name of the resource to create a Job from (only cronjob is supported).'),
        ],
        run: createJob,
      },
      {
        name: 'namespace', aliases: ['ns'], short: 'Create a namespace with the specified name',
        use: 'NAME [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
        ],
        run: createNamespace,
      },
      {
        name: 'poddisruptionbudget', aliases: ['pdb'], short: 'Create a pod disruption budget with the specified name',
        use: 'NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('max-unavailable', '', '', 'The maximum number or percentage of unavailable pods this budget requires.'),
          flag('min-available', '', '', 'The minimum number or percentage of available pods this budget requires.'),
          flag('selector', '', '', 'A label selector to use for this budget. Only equality-based selector requirements are supported.'),
        ],
        run: createPdb,
      },
      {
        name: 'priorityclass', aliases: ['pc'], short: 'Create a priority class with the specified name',
        use: 'NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('description', '', '', 'description is an arbitrary string that usually provides guidelines on when this priority class should be used.'),
          flag('global-default', '', false, 'global-default specifies whether this PriorityClass should be considered as the default priority.'),
          flag('preemption-policy', '', 'PreemptLowerPriority', 'preemption-policy is the policy for preempting pods with lower priority.'),
          flag('value', '', 0, 'the value of this priority class.'),
        ],
        run: createPriorityClass,
      },
      {
        name: 'quota', aliases: ['resourcequota'], short: 'Create a quota with the specified name',
        use: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('hard', '', '', 'A comma-delimited set of resource=quantity pairs that define a hard limit.'),
          flag('scopes', '', '', 'A comma-delimited set of quota scopes that must all match each object tracked by the quota.'),
        ],
        run: createQuota,
      },
      {
        name: 'role', short: 'Create a role with single rule',
        use: 'NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.resource, f.resourceName, f.saveConfig, f.validate, f.verb,
        ],
        run: createRole,
      },
      {
        name: 'rolebinding', short: 'Create a role binding for a particular role or cluster role',
        use: 'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
          flag('clusterrole', '', '', 'ClusterRole this RoleBinding should reference'),
          flag('group', '', [], 'Groups to bind to the role. The flag can be repeated to add multiple groups.', { type: 'array' }),
          flag('role', '', '', 'Role this RoleBinding should reference'),
          flag('serviceaccount', '', [],
            'Service accounts to bind to the role, in the format <namespace>:<name>. The flag can be repeated to add multiple service accounts.', { type: 'array' }),
          flag('user', '', [], 'Usernames to bind to the role. The flag can be repeated to add multiple users.', { type: 'array' }),
        ],
        run: createRoleBinding,
      },
      {
        name: 'secret', short: 'Create a secret using a specified subcommand',
        use: '(docker-registry | generic | tls)',
        children: [
          {
            name: 'docker-registry', short: 'Create a secret for use with a Docker registry',
            use: 'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
            flags: [
              ...f.output, f.appendHash, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
              flag('docker-email', '', '', 'Email for Docker registry'),
              flag('docker-password', '', '', 'Password for Docker registry authentication'),
              flag('docker-server', '', 'https://index.docker.io/v1/', 'Server location for Docker registry'),
              flag('docker-username', '', '', 'Username for Docker registry authentication'),
              flag('from-file', '', [],
                'Key files can be specified using their file path, in which case a default name of .dockerconfigjson will be given to them, or optionally ' +
                'with a name and file path, in which case the given name will be used. Specifying a directory will iterate each named file in the directory ' +
                'that is a valid secret key. For this command, the key should always be .dockerconfigjson.'),
            ],
            run: createDockerSecret,
          },
          {
            name: 'generic', short: 'Create a secret from a local file, directory, or literal value',
            use: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
            flags: [
              ...f.output, f.appendHash, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
              flag('from-env-file', '', [], 'Specify the path to a file to read lines of key=val pairs to create a secret.'),
              flag('from-file', '', [],
                'Key files can be specified using their file path, in which case a default name will be given to them, or optionally with a name and file ' +
                'path, in which case the given name will be used.  Specifying a directory will iterate each named file in the directory that is a valid ' +
                'secret key.'),
              flag('from-literal', '', [], 'Specify a key and literal value to insert in secret (i.e. mykey=somevalue)', { type: 'array' }),
              flag('type', '', '', 'The type of secret to create'),
            ],
            run: createSecret,
          },
          {
            name: 'tls', short: 'Create a TLS secret',
            use: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
            flags: [
              ...f.output, f.appendHash, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
              flag('cert', '', '', 'Path to PEM encoded public key certificate.'),
              flag('key', '', '', 'Path to private key associated with given certificate.'),
            ],
            run: createTlsSecret,
          },
        ],
      },
      {
        name: 'service', aliases: ['svc'], short: 'Create a service using a specified subcommand',
        use: '[flags]',
        children: [
          {
            name: 'clusterip', short: 'Create a ClusterIP service',
            use: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
            flags: [
              ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.tcp, f.validate,
              flag('clusterip', '', '', "Assign your own ClusterIP or set to 'None' for a 'headless' service (no loadbalancing)."),
            ],
            run: createService('ClusterIP'),
          },
          {
            name: 'externalname', short: 'Create an ExternalName service',
            use: 'NAME --external-name external.name [--dry-run=server|client|none]', required: ['external-name'],
            flags: [
              ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.tcp, f.validate,
              flag('external-name', '', '', 'External name of service'),
            ],
            run: createService('ExternalName'),
          },
          {
            name: 'loadbalancer', short: 'Create a LoadBalancer service',
            use: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
            flags: [
              ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.tcp, f.validate,
            ],
            run: createService('LoadBalancer'),
          },
          {
            name: 'nodeport', short: 'Create a NodePort service',
            use: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
            flags: [
              ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.tcp, f.validate,
              flag('node-port', '', 0, 'Port used to expose the service on each node in a cluster.'),
            ],
            run: createService('NodePort'),
          },
        ],
      },
      {
        name: 'serviceaccount', aliases: ['sa'], short: 'Create a service account with the specified name',
        use: 'NAME [--dry-run=server|client|none]',
        flags: [
          ...f.output, f.dryRun, f.fieldManager('kubectl-create'), f.saveConfig, f.validate,
        ],
        run: createServiceAccount,
      },
      {
        name: 'token', short: 'Request a service account token',
        use: 'SERVICE_ACCOUNT_NAME',
        flags: [
          ...f.output,
          flag('audience', '', [],
            'Audience of the requested token. If unset, defaults to requesting a token for use with the Kubernetes API server. May be repeated to ' +
            'request a token valid for multiple audiences.', { type: 'array' }),
          flag('bound-object-kind', '', '',
            'Kind of an object to bind the token to. Supported kinds are Node, Pod, Secret. If set, --bound-object-name must be provided.', { missing: true }),
          flag('bound-object-name', '', '',
            'Name of an object to bind the token to. The token will expire when the object is deleted. Requires --bound-object-kind.', { missing: true }),
          flag('bound-object-uid', '', '',
            'UID of an object to bind the token to. Requires --bound-object-kind and --bound-object-name. If unset, the UID of the existing object is ' +
            'used.', { missing: true }),
          flag('duration', '', 0,
            'Requested lifetime of the issued token. If not set or if set to 0, the lifetime will be determined by the server automatically. The server ' +
            'may return a token with a longer or shorter lifetime.', { type: 'duration' }),
        ],
        run: createToken,
      },
    ],
    run: createFiles,
  },
];
