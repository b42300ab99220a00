/** Flags that several commands share, with upstream's words. */
import { flag, type KubectlFlag } from '../cobra/command.ts';

/** `kubectl options`. */
export const globalFlags: readonly KubectlFlag[] = [
  flag('as', '', '', 'Username to impersonate for the operation. User could be a regular user or a service account in a namespace.'),
  flag('as-group', '', [], 'Group to impersonate for the operation, this flag can be repeated to specify multiple groups.', { type: 'array' }),
  flag('as-uid', '', '', 'UID to impersonate for the operation.', { missing: true }),
  flag('cache-dir', '', '', 'Default cache directory', { defaultText: "'/root/.kube/cache'" }),
  flag('certificate-authority', '', '', 'Path to a cert file for the certificate authority'),
  flag('client-certificate', '', '', 'Path to a client certificate file for TLS'),
  flag('client-key', '', '', 'Path to a client key file for TLS'),
  flag('cluster', '', '', 'The name of the kubeconfig cluster to use'),
  flag('context', '', '', 'The name of the kubeconfig context to use'),
  flag('disable-compression', '', false, 'If true, opt-out of response compression for all requests to the server'),
  flag('insecure-skip-tls-verify', '', false, "If true, the server's certificate will not be checked for validity. This will make your HTTPS connections insecure"),
  flag('kubeconfig', '', '', 'Path to the kubeconfig file to use for CLI requests.'),
  flag('log-flush-frequency', '', 5_000_000, 'Maximum number of seconds between log flushes', { type: 'duration' }),
  flag('match-server-version', '', false, 'Require server version to match client version'),
  flag('namespace', 'n', '', 'If present, the namespace scope for this CLI request'),
  flag('password', '', '', 'Password for basic authentication to the API server'),
  flag('profile', '', 'none', 'Name of profile to capture. One of (none|cpu|heap|goroutine|threadcreate|block|mutex)', { missing: true }),
  flag('profile-output', '', 'profile.pprof', 'Name of the file to write the profile to', { missing: true }),
  flag('request-timeout', '', '0', "The length of time to wait before giving up on a single server request. Non-zero values should contain a corresponding time unit (e.g. 1s, 2m, 3h). A value of zero means don't timeout requests."),
  flag('server', 's', '', 'The address and port of the Kubernetes API server'),
  flag('tls-server-name', '', '', 'Server name to use for server certificate validation. If it is not provided, the hostname used to contact the server is used'),
  flag('token', '', '', 'Bearer token for authentication to the API server'),
  flag('user', '', '', 'The name of the kubeconfig user to use'),
  flag('username', '', '', 'Username for basic authentication to the API server'),
  flag('v', 'v', 0, 'number for the log level verbosity'),
  flag('vmodule', '', '', 'comma-separated list of pattern=N settings for file-filtered logging (only works for the default text log format)', { defaultText: '' }),
  flag('warnings-as-errors', '', false, 'Treat warnings received from the server as errors and exit with a non-zero exit code', { missing: true }),
];

/** -f, -k and -R. */
export const filename = (usage: string): readonly KubectlFlag[] => [
  flag('filename', 'f', [], `Filename, directory, or URL to files ${usage}`),
  flag('kustomize', 'k', '', "Process the kustomization directory. This flag can't be used together with -f or -R."),
  flag('recursive', 'R', false,
    'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same ' +
    'directory.'),
];

/** -o of a command that changes something. */
export const output: readonly KubectlFlag[] = [
  flag('allow-missing-template-keys', '', true,
    'If true, ignore any errors in templates when a field or map key is missing in the template. Only applies to golang and jsonpath output ' +
    'formats.'),
  flag('output', 'o', '', 'Output format. One of: (json, yaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file).'),
  flag('show-managed-fields', '', false, 'If true, keep the managedFields when printing objects in JSON or YAML format.'),
  flag('template', '', '',
    'Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is golang templates ' +
    '[http://golang.org/pkg/text/template/#pkg-overview].'),
];

export const all = (usage: string): KubectlFlag => flag('all', '', false, usage);
export const allNamespaces = (usage: string): KubectlFlag => flag('all-namespaces', 'A', false, usage);
export const fieldManager = (name: string): KubectlFlag => flag('field-manager', '', name, 'Name of the manager used to track field ownership.');
export const podRunningTimeout = (us: number): KubectlFlag => flag('pod-running-timeout', '', us,
  'The length of time (like 5s, 2m, or 3h, higher than zero) to wait until at least one pod is running', { type: 'duration' });
export const appendHash = flag('append-hash', '', false, 'Append a hash of the secret to its name.');
export const cascade = flag('cascade', '', 'background',
  'Must be "background", "orphan", or "foreground". Selects the deletion cascading strategy for the dependents (e.g. Pods created by a ' +
  'ReplicationController). Defaults to background.', { noOptDefault: 'background' });
export const chunkSize = flag('chunk-size', '', 500, 'Return large lists in chunks rather than all at once. Pass 0 to disable. This flag is beta and may change in the future.');
export const container = flag('container', 'c', '',
  'Container name. If omitted, use the kubectl.kubernetes.io/default-container annotation for selecting the container to be attached or the ' +
  'first container in the pod will be chosen');
export const dryRun = flag('dry-run', '', 'none',
  'Must be "none", "server", or "client". If client strategy, only print the object that would be sent, without sending it. If server ' +
  'strategy, submit server-side request without persisting the resource.', { noOptDefault: 'unchanged' });
export const env = flag('env', '', [], 'Environment variables to set in the container.', { type: 'array' });
export const fieldSelector = flag('field-selector', '', '',
  "Selector (field query) to filter on, supports '=', '==', and '!='.(e.g. --field-selector key1=value1,key2=value2). The server only supports " +
  'a limited number of field queries per type.');
export const force = flag('force', '', false,
  'If true, immediately remove resources from API and bypass graceful deletion. Note that immediate deletion of some resources may result in ' +
  'inconsistency or data loss and requires confirmation.');
export const forceConflicts = flag('force-conflicts', '', false, 'If true, server-side apply will force the changes against conflicts.');
export const gracePeriod = flag('grace-period', '', -1,
  'Period of time in seconds given to the resource to terminate gracefully. Ignored if negative. Set to 1 for immediate shutdown. Can only be ' +
  'set to 0 when --force is true (force deletion).');
export const image = flag('image', '', '', 'Image name to run.');
export const local = flag('local', '', false, 'If true, annotation will NOT contact api-server but run locally.');
export const noHeaders = flag('no-headers', '', false, "When using the default or custom-column output format, don't print headers (default print headers).");
export const overrideType = flag('override-type', '', 'merge', 'The method used to override the generated object: json, merge, or strategic.');
export const overrides = flag('overrides', '', '',
  'An inline JSON override for the generated object. If this is non-empty, it is used to override the generated object. Requires that the ' +
  'object supply a valid apiVersion field.');
export const pruneAllowlist = flag('prune-allowlist', '', [], 'Overwrite the default allowlist with <group/version/kind> for --prune');
export const quiet = flag('quiet', 'q', false, 'Only print output from the remote session');
export const resource = flag('resource', '', [], 'Resource that the rule applies to');
export const resourceName = flag('resource-name', '', [], 'Resource in the white list that the rule applies to, repeat this flag for multiple items', { type: 'array' });
export const saveConfig = flag('save-config', '', false,
  'If true, the configuration of current object will be saved in its annotation. Otherwise, the annotation will be unchanged. This flag is ' +
  'useful when you want to perform kubectl apply on this object in the future.');
export const selector = flag('selector', 'l', '',
  "Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'.(e.g. -l key1=value1,key2=value2,key3 in (value3)). Matching " +
  'objects must satisfy all of the specified label constraints.');
export const serverSide = flag('server-side', '', false, 'If true, apply runs in the server instead of the client.');
export const stdin = flag('stdin', 'i', false, 'Pass stdin to the container');
export const tcp = flag('tcp', '', [], "Port pairs can be specified as '<port>:<targetPort>'.");
export const timeout = flag('timeout', '', 0, 'The length of time to wait before giving up on a delete, zero means determine a timeout from the size of the object', { type: 'duration' });
export const tty = flag('tty', 't', false, 'Stdin is a TTY');
export const useProtocolBuffers = flag('use-protocol-buffers', '', true, 'Enables using protocol-buffers to access Metrics API.');
export const validate = flag('validate', '', 'strict',
  'Must be one of: strict (or true), warn, ignore (or false). "true" or "strict" will use a schema to validate the input and fail the request ' +
  'if invalid. It will perform server side validation if ServerSideFieldValidation is enabled on the api-server, but will fall back to less ' +
  'reliable client-side validation if not. "warn" will warn about unknown or duplicate fields without blocking the request if server-side ' +
  'field validation is enabled on the API server, and behave as "ignore" otherwise. "false" or "ignore" will not perform any schema ' +
  'validation, silently dropping any unknown or duplicate fields.', { noOptDefault: 'strict' });
export const verb = flag('verb', '', [], 'Verb that applies to the resources contained in the rule');
export const wait = flag('wait', '', false, 'If true, wait for resources to be gone before returning. This waits for finalizers.');
export const windowsLineEndings = flag('windows-line-endings', '', false, 'Defaults to the line ending native to your platform.');
