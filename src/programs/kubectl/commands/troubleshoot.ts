/** The commands that look into what runs, and reach into pods. */
import { absent, flag, type Command } from '../cobra/command.ts';
import { canI, whoAmI } from '../cluster/auth.ts';
import { events } from '../cluster/events.ts';
import { missing } from '../cluster/info.ts';
import { proxy } from '../cluster/proxy.ts';
import { debug } from '../debug/index.ts';
import { describe } from '../describe/index.ts';
import { attach } from '../pods/attach.ts';
import { cp } from '../pods/cp.ts';
import { exec } from '../pods/exec.ts';
import { logs } from '../pods/logs.ts';
import { portForward } from '../pods/portforward.ts';
import * as f from './flags.ts';

export const troubleshoot: readonly Command[] = [
  {
    name: 'describe', short: 'Show details of a specific resource or group of resources',
    use: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)', completes: 'resource',
    flags: [
      ...f.filename('containing the resource to describe'),
      f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'),
      f.chunkSize, f.selector,
      flag('show-events', '', true, 'If true, display events related to the described object.'),
    ],
    run: describe,
  },
  {
    name: 'logs', short: 'Print the logs for a container in a pod',
    use: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]', completes: 'pod',
    flags: [
      f.podRunningTimeout(20_000_000), f.selector,
      flag('all-containers', '', false, "Get all containers' logs in the pod(s)."),
      flag('all-pods', '', false, 'Get logs from all pod(s). Sets prefix to true.'),
      flag('container', 'c', '', 'Print the logs of this container'),
      flag('follow', 'f', false, 'Specify if the logs should be streamed.'),
      flag('ignore-errors', '', false, 'If watching / following pod logs, allow for any errors that occur to be non-fatal'),
      flag('insecure-skip-tls-verify-backend', '', false,
        'Skip verifying the identity of the kubelet that logs are requested from.  In theory, an attacker could provide invalid log content back. ' +
        'You might want to use this if your kubelet serving certificates have expired.', { missing: true }),
      flag('limit-bytes', '', 0, 'Maximum bytes of logs to return. Defaults to no limit.'),
      flag('max-log-requests', '', 5, 'Specify maximum number of concurrent logs to follow when using by a selector. Defaults to 5.'),
      flag('prefix', '', false, 'Prefix each log line with the log source (pod name and container name)'),
      flag('previous', 'p', false, 'If true, print the logs for the previous instance of the container in a pod if it exists.'),
      flag('since', '', 0,
        'Only return logs newer than a relative duration like 5s, 2m, or 3h. Defaults to all logs. Only one of since-time / since may be used.', { type: 'duration' }),
      flag('since-time', '', '', 'Only return logs after a specific date (RFC3339). Defaults to all logs. Only one of since-time / since may be used.'),
      flag('tail', '', -1, 'Lines of recent log file to display. Defaults to -1 with no selector, showing all log lines otherwise 10, if a selector is provided.'),
      flag('timestamps', '', false, 'Include timestamps on each line in the log output'),
    ],
    run: logs,
  },
  {
    name: 'attach', short: 'Attach to a running container',
    use: '(POD | TYPE/NAME) -c CONTAINER', completes: 'pod',
    flags: [
      f.container, f.podRunningTimeout(60_000_000), f.quiet, f.stdin, f.tty,
    ],
    run: attach,
  },
  {
    name: 'exec', short: 'Execute a command in a container',
    use: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]', completes: 'pod',
    flags: [
      f.container, f.podRunningTimeout(60_000_000), f.quiet, f.stdin, f.tty,
      flag('filename', 'f', [], 'to use to exec into the resource'),
    ],
    run: exec,
  },
  {
    name: 'port-forward', short: 'Forward one or more local ports to a pod',
    use: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]', completes: 'pod',
    flags: [
      f.podRunningTimeout(60_000_000),
      flag('address', '', ['localhost'],
        'Addresses to listen on (comma separated). Only accepts IP addresses or localhost as a value. When localhost is supplied, kubectl will try ' +
        'to bind on both 127.0.0.1 and ::1 and will fail if neither of these addresses are available to bind.', { missing: true }),
    ],
    run: portForward,
  },
  {
    name: 'proxy', short: 'Run a proxy to the Kubernetes API server',
    use: '[--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]', completes: 'none',
    flags: [
      flag('accept-hosts', '', '^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$', 'Regular expression for hosts that the proxy should accept.', { missing: true }),
      flag('accept-paths', '', '^.*', 'Regular expression for paths that the proxy should accept.', { missing: true }),
      flag('address', '', '127.0.0.1', 'The IP address on which to serve on.', { missing: true }),
      flag('api-prefix', '', '/', 'Prefix to serve the proxied API under.', { missing: true }),
      flag('append-server-path', '', false, 'If true, enables automatic path appending of the kube context server path to each request.', { missing: true }),
      flag('disable-filter', '', false,
        'If true, disable request filtering in the proxy. This is dangerous, and can leave you vulnerable to XSRF attacks, when used with an ' +
        'accessible port.', { missing: true }),
      flag('keepalive', '', 0,
        'keepalive specifies the keep-alive period for an active network connection. Set to 0 to disable keepalive.', { type: 'duration', missing: true }),
      flag('port', 'p', 8001, 'The port on which to run the proxy. Set to 0 to pick a random port.'),
      flag('reject-methods', '', '^$', "Regular expression for HTTP methods that the proxy should reject (example --reject-methods='POST,PUT,PATCH'). ", { missing: true }),
      flag('reject-paths', '', '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach',
        'Regular expression for paths that the proxy should reject. Paths specified here will be rejected even accepted by --accept-paths.', { missing: true }),
      flag('unix-socket', 'u', '', 'Unix socket on which to run the proxy.', { missing: true }),
      flag('www', 'w', '', 'Also serve static files from the given directory under the specified prefix.', { missing: true }),
      flag('www-prefix', 'P', '/static/', 'Prefix to serve static files under, if static file directory is specified.', { missing: true }),
    ],
    run: proxy,
  },
  {
    name: 'cp', short: 'Copy files and directories to and from containers',
    use: '<file-spec-src> <file-spec-dest>',
    flags: [
      f.container,
      flag('no-preserve', '', false, "The copied file/directory's ownership and permissions will not be preserved in the container"),
      flag('retries', '', 0,
        'Set number of retries to complete a copy operation from a container. Specify 0 to disable or any negative value for infinite retrying. The ' +
        'default is 0 (no retry).'),
    ],
    run: cp,
  },
  {
    name: 'auth', short: 'Inspect authorization',
    use: '[flags]',
    children: [
      {
        name: 'can-i', short: 'Check whether an action is allowed',
        use: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]', completes: 'type',
        flags: [
          f.allNamespaces('If true, check the specified action in all namespaces.'),
          flag('list', '', false, 'If true, prints all allowed actions.'),
          flag('no-headers', '', false, 'If true, prints allowed actions without headers'),
          flag('quiet', 'q', false, 'If true, suppress output and just return the exit code.'),
          flag('subresource', '', '', 'SubResource such as pod/log or deployment/scale'),
        ],
        run: canI,
      },
      {
        name: 'reconcile', short: 'Reconciles rules for RBAC role, role binding, cluster role, and cluster role binding objects',
        use: '-f FILENAME',
        flags: [
          ...f.output, ...f.filename('identifying the resource to reconcile.'), absent(f.dryRun),
          flag('remove-extra-permissions', '', false, 'If true, removes extra permissions added to roles', { missing: true }),
          flag('remove-extra-subjects', '', false, 'If true, removes extra subjects added to rolebindings', { missing: true }),
        ],
        run: missing('auth reconcile'),
      },
      {
        name: 'whoami', short: 'Experimental: Check self subject attributes',
        flags: [
          ...f.output,
        ],
        run: whoAmI,
      },
    ],
  },
  {
    name: 'debug', short: 'Create debugging sessions for troubleshooting workloads and nodes',
    use: '(POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]', completes: 'pod',
    flags: [
      flag('env', '', {}, 'Environment variables to set in the container.', { type: 'map', defaultText: '[]' }),
      flag('arguments-only', '', false, 'If specified, everything after -- will be passed to the new container as Args instead of Command.'),
      flag('attach', '', false,
        "If true, wait for the container to start running, and then attach as if 'kubectl attach ...' were called.  Default false, unless " +
        "'-i/--stdin' is set, in which case the default is true."),
      flag('container', 'c', '', 'Container name to use for debug container.'),
      flag('copy-to', '', '', 'Create a copy of the target Pod with this name.'),
      flag('custom', '', '', 'Path to a JSON or YAML file containing a partial container spec to customize built-in debug profiles.', { missing: true }),
      flag('filename', 'f', [], 'identifying the resource to debug'),
      flag('image', '', '', 'Container image to use for debug container.'),
      flag('image-pull-policy', '', '',
        'The image pull policy for the container. If left empty, this value will not be specified by the client and defaulted by the server.'),
      flag('keep-annotations', '', false, "If true, keep the original pod annotations.(This flag only works when used with '--copy-to')"),
      flag('keep-init-containers', '', true, "Run the init containers for the pod. Defaults to true.(This flag only works when used with '--copy-to')"),
      flag('keep-labels', '', false, "If true, keep the original pod labels.(This flag only works when used with '--copy-to')"),
      flag('keep-liveness', '', false, "If true, keep the original pod liveness probes.(This flag only works when used with '--copy-to')"),
      flag('keep-readiness', '', false, "If true, keep the original pod readiness probes.(This flag only works when used with '--copy-to')"),
      flag('keep-startup', '', false, "If true, keep the original startup probes.(This flag only works when used with '--copy-to')"),
      flag('profile', '', 'legacy', 'Options are "legacy", "general", "baseline", "netadmin", "restricted" or "sysadmin".'),
      flag('quiet', 'q', false, 'If true, suppress informational messages.'),
      flag('replace', '', false, "When used with '--copy-to', delete the original Pod."),
      flag('same-node', '', false, "When used with '--copy-to', schedule the copy of target Pod on the same node."),
      flag('set-image', '', {},
        "When used with '--copy-to', a list of name=image pairs for changing container images, similar to how 'kubectl set image' works.", { type: 'map', defaultText: '[]' }),
      flag('share-processes', '', true, "When used with '--copy-to', enable process namespace sharing in the copy."),
      flag('stdin', 'i', false, 'Keep stdin open on the container(s) in the pod, even if nothing is attached.'),
      flag('target', '', '', 'When using an ephemeral container, target processes in this container name.'),
      flag('tty', 't', false, 'Allocate a TTY for the debugging container.'),
    ],
    run: debug,
  },
  {
    name: 'events', short: 'List events',
    use: 
      '[(-o|--output=)json|yaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] ' +
      '[--watch] [--types=Normal,Warning]', completes: 'none',
    flags: [
      ...f.output,
      f.allNamespaces('If present, list the requested object(s) across all namespaces. Namespace in current context is ignored even if specified with --namespace.'),
      f.chunkSize,
      flag('for', '', '', 'Filter events to only those pertaining to the specified resource.'),
      flag('no-headers', '', false, "When using the default output format, don't print headers."),
      flag('types', '', [], 'Output only events of given types.'),
      flag('watch', 'w', false, 'After listing the requested events, watch for more events.'),
    ],
    run: events,
  },
];
