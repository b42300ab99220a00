/** The remaining commands: those that reach into pods, those of the client itself, and those this lab has not. */
import { flag, type Command } from '../cobra/command.ts';
import { missing } from '../cluster/info.ts';
import { proxy } from '../cluster/proxy.ts';
import * as config from '../config/index.ts';
import { attach } from '../pods/attach.ts';
import { exec } from '../pods/exec.ts';
import { portForward } from '../pods/portforward.ts';
import { completion, plugins } from '../cobra/shell.ts';
import * as f from './flags.ts';

const setting = flag('set-raw-bytes', '', false, 'When writing a []byte PropertyValue, write the given string directly without base64 decoding.');
const embed = flag('embed-certs', '', false, 'Path to certificate file for the cluster entry in kubeconfig');

export const rest: readonly Command[] = [
  {
    name: 'attach', group: 'Troubleshooting and Debugging Commands:', short: 'Attach to a running container', use: '(POD | TYPE/NAME) -c CONTAINER', completes: 'pod', long: 'Attach to a process that is already running inside an existing container.',
    example: `  # Get output from running pod mypod; use the 'kubectl.kubernetes.io/default-container' annotation
  # for selecting the container to be attached or the first container in the pod will be chosen
  kubectl attach mypod
  
  # Get output from ruby-container from pod mypod
  kubectl attach mypod -c ruby-container
  
  # Switch to raw terminal mode; sends stdin to 'bash' in ruby-container from pod mypod
  # and sends stdout/stderr from 'bash' back to the client
  kubectl attach mypod -c ruby-container -i -t
  
  # Get output from the first pod of a replica set named nginx
  kubectl attach rs/nginx`,
    flags: [f.container, f.podRunningTimeout(60_000_000), flag('quiet', 'q', false, 'Only print output from the remote session'), flag('stdin', 'i', false, 'Pass stdin to the container'), flag('tty', 't', false, 'Stdin is a TTY')], run: attach,
  },
  {
    name: 'exec', group: 'Troubleshooting and Debugging Commands:', short: 'Execute a command in a container', use: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]', completes: 'pod', long: 'Execute a command in a container.',
    example: `  # Get output from running the 'date' command from pod mypod, using the first container by default
  kubectl exec mypod -- date
  
  # Get output from running the 'date' command in ruby-container from pod mypod
  kubectl exec mypod -c ruby-container -- date
  
  # Switch to raw terminal mode; sends stdin to 'bash' in ruby-container from pod mypod
  # and sends stdout/stderr from 'bash' back to the client
  kubectl exec mypod -c ruby-container -i -t -- bash -il
  
  # List contents of /usr from the first container of pod mypod and sort by modification time
  # If the command you want to execute in the pod has any flags in common (e.g. -i),
  # you must use two dashes (--) to separate your command's flags/arguments
  # Also note, do not surround your command and its flags/arguments with quotes
  # unless that is how you would execute it normally (i.e., do ls -t /usr, not "ls -t /usr")
  kubectl exec mypod -i -t -- ls -t /usr
  
  # Get output from running 'date' command from the first pod of the deployment mydeployment, using the first container by default
  kubectl exec deploy/mydeployment -- date`,
    flags: [f.container, ...f.filename('to use to exec into the resource'), f.podRunningTimeout(60_000_000), flag('quiet', 'q', false, 'Only print output from the remote session'), flag('stdin', 'i', false, 'Pass stdin to the container'), flag('tty', 't', false, 'Stdin is a TTY')],
    run: exec,
  },
  {
    name: 'port-forward', group: 'Troubleshooting and Debugging Commands:', short: 'Forward one or more local ports to a pod', use: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]', completes: 'pod',
    long: 'Forward one or more local ports to a pod.\n\n Use resource type/name such as deployment/mydeployment to select a pod. Resource type defaults to \'pod\' if omitted.\n\n If there are multiple pods matching the criteria, a pod will be selected automatically. The forwarding session ends when the selected pod terminates, and a rerun of the command is needed to resume forwarding.',
    example: `  # Listen on ports 5000 and 6000 locally, forwarding data to/from ports 5000 and 6000 in the pod
  kubectl port-forward pod/mypod 5000 6000
  
  # Listen on ports 5000 and 6000 locally, forwarding data to/from ports 5000 and 6000 in a pod selected by the deployment
  kubectl port-forward deployment/mydeployment 5000 6000
  
  # Listen on port 8443 locally, forwarding to the targetPort of the service's port named "https" in a pod selected by the service
  kubectl port-forward service/myservice 8443:https
  
  # Listen on port 8888 locally, forwarding to 5000 in the pod
  kubectl port-forward pod/mypod 8888:5000
  
  # Listen on port 8888 on all addresses, forwarding to 5000 in the pod
  kubectl port-forward --address 0.0.0.0 pod/mypod 8888:5000
  
  # Listen on port 8888 on localhost and selected IP, forwarding to 5000 in the pod
  kubectl port-forward --address localhost,10.19.21.23 pod/mypod 8888:5000
  
  # Listen on a random port locally, forwarding to 5000 in the pod
  kubectl port-forward pod/mypod :5000`,
    flags: [flag('address', '', ['localhost'], 'Addresses to listen on (comma separated). Only accepts IP addresses or localhost as a value. When localhost is supplied, kubectl will try to bind on both 127.0.0.1 and ::1 and will fail if neither of these addresses are available to bind.', { missing: true }), f.podRunningTimeout(60_000_000)], run: portForward,
  },
  {
    name: 'proxy', group: 'Troubleshooting and Debugging Commands:', short: 'Run a proxy to the Kubernetes API server', use: '[--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]', completes: 'none',
    long: 'Creates a proxy server or application-level gateway between localhost and the Kubernetes API server. It also allows serving static content over specified HTTP path. All incoming data enters through one port and gets forwarded to the remote Kubernetes API server port, except for the path matching the static content path.',
    example: `  # To proxy all of the Kubernetes API and nothing else
  kubectl proxy --api-prefix=/
  
  # To proxy only part of the Kubernetes API and also some static files
  # You can get pods info with 'curl localhost:8001/api/v1/pods'
  kubectl proxy --www=/my/files --www-prefix=/static/ --api-prefix=/api/
  
  # To proxy the entire Kubernetes API at a different root
  # You can get pods info with 'curl localhost:8001/custom/api/v1/pods'
  kubectl proxy --api-prefix=/custom/
  
  # Run a proxy to the Kubernetes API server on port 8011, serving static content from ./local/www/
  kubectl proxy --port=8011 --www=./local/www/
  
  # Run a proxy to the Kubernetes API server on an arbitrary local port
  # The chosen port for the server will be output to stdout
  kubectl proxy --port=0`,
    flags: [flag('address', '', '127.0.0.1', 'The IP address on which to serve on.', { missing: true }), flag('api-prefix', '', '/', 'Prefix to serve the proxied API under.', { missing: true }), flag('port', 'p', 8001, 'The port on which to run the proxy. Set to 0 to pick a random port.'), flag('www', 'w', '', 'Also serve static files from the given directory under the specified prefix.', { missing: true }), flag('www-prefix', 'P', '/static/', 'Prefix to serve static files under, if static file directory is specified.', { missing: true })], run: proxy,
  },
  { name: 'cp', group: 'Troubleshooting and Debugging Commands:', short: 'Copy files and directories to and from containers', use: '<file-spec-src> <file-spec-dest>', flags: [f.container, flag('no-preserve', '', false, 'The copied file/directory\'s ownership and permissions will not be preserved in the container'), flag('retries', '', 0, 'Set number of retries to complete a copy operation from a container.')], run: missing('cp') },
  { name: 'debug', group: 'Troubleshooting and Debugging Commands:', short: 'Create debugging sessions for troubleshooting workloads and nodes', use: '(POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]', completes: 'pod', flags: [f.container, flag('image', '', '', 'Container image to use for debug container.'), flag('target', '', '', 'When using an ephemeral container, target processes in this container name.'), flag('copy-to', '', '', 'Create a copy of the target Pod with this name.'), flag('profile', '', 'legacy', 'Options are "legacy", "general", "baseline", "netadmin", "restricted" or "sysadmin".'), flag('stdin', 'i', false, 'Keep stdin open on the container(s) in the pod, even if nothing is attached.'), flag('tty', 't', false, 'Allocate a TTY for the debugging container.')], run: missing('debug') },
  { name: 'completion', group: 'Settings Commands:', short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)', use: 'SHELL', long: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell). The shell code must be evaluated to provide interactive completion of kubectl commands.  This can be done by sourcing it from the .bash_profile.', run: completion },
  {
    name: 'config', group: 'Other Commands:', short: 'Modify kubeconfig files', use: 'SUBCOMMAND',
    long: 'Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".\n\n The loading order follows these rules:\n\n  1.  If the --kubeconfig flag is set, then only that file is loaded. The flag may only be set once and no merging takes place.\n  2.  If $KUBECONFIG environment variable is set, then it is used as a list of paths (normal path delimiting rules for your system). These paths are merged. When a value is modified, it is modified in the file that defines the stanza. When a value is created, it is created in the first file that exists. If no files in the chain exist, then it creates the last file in the list.\n  3.  Otherwise, ${HOME}/.kube/config is used and no merging takes place.',
    children: [
      { name: 'current-context', short: 'Display the current-context', use: '', long: 'Display the current-context.', run: config.currentContext },
      { name: 'delete-cluster', short: 'Delete the specified cluster from the kubeconfig', use: 'NAME', run: config.deleteCluster },
      { name: 'delete-context', short: 'Delete the specified context from the kubeconfig', use: 'NAME', completes: 'context', run: config.deleteContext },
      { name: 'delete-user', short: 'Delete the specified user from the kubeconfig', use: 'NAME', run: config.deleteUser },
      { name: 'get-clusters', short: 'Display clusters defined in the kubeconfig', use: '', run: config.getClusters },
      { name: 'get-contexts', short: 'Describe one or many contexts', use: '[(-o|--output=)name)]', long: 'Display one or many contexts from the kubeconfig file.', completes: 'context', flags: [flag('no-headers', '', false, "When using the default or custom-column output format, don't print headers (default print headers)."), flag('output', 'o', '', 'Output format. One of: (name).')], run: config.getContexts },
      { name: 'get-users', short: 'Display users defined in the kubeconfig', use: '', run: config.getUsers },
      { name: 'rename-context', short: 'Rename a context from the kubeconfig file', use: 'CONTEXT_NAME NEW_NAME', completes: 'context', run: config.renameContext },
      { name: 'set', short: 'Set an individual value in a kubeconfig file', use: 'PROPERTY_NAME PROPERTY_VALUE', flags: [setting], run: config.setProperty },
      { name: 'set-cluster', short: 'Set a cluster entry in kubeconfig', use: 'NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]', flags: [embed], run: config.setCluster },
      { name: 'set-context', short: 'Set a context entry in kubeconfig', use: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]', completes: 'context', flags: [flag('current', '', false, 'Modify the current context')], run: config.setContext },
      { name: 'set-credentials', short: 'Set a user entry in kubeconfig', use: 'NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password]', flags: [embed], run: config.setCredentials },
      { name: 'unset', short: 'Unset an individual value in a kubeconfig file', use: 'PROPERTY_NAME', run: config.unsetProperty },
      { name: 'use-context', aliases: ['use'], short: 'Set the current-context in a kubeconfig file', use: 'CONTEXT_NAME', long: 'Set the current-context in a kubeconfig file.', completes: 'context', run: config.useContext },
      { name: 'view', short: 'Display merged kubeconfig settings or a specified kubeconfig file', use: '[flags]', long: 'Display merged kubeconfig settings or a specified kubeconfig file.\n\n You can use --output jsonpath={...} to extract specific values using a jsonpath expression.', flags: [...f.output, flag('flatten', '', false, 'Flatten the resulting kubeconfig file into self-contained output (useful for creating portable kubeconfig files)', { missing: true }), flag('merge', '', true, 'Merge the full hierarchy of kubeconfig files'), flag('minify', '', false, 'Remove all information not used by current-context from the output'), flag('raw', '', false, 'Display raw byte data and sensitive data')], run: config.view },
    ],
  },
  { name: 'plugin', group: 'Other Commands:', short: 'Provides utilities for interacting with plugins', use: '[flags]', long: 'Provides utilities for interacting with plugins.\n\n Plugins provide extended functionality that is not part of the major command-line distribution. Please refer to the documentation and examples for more information about how write your own plugins.', children: [{ name: 'list', short: "List all visible plugin executables on a user's PATH", use: '', flags: [flag('name-only', '', false, 'If true, display only the binary name of each plugin, rather than its full path')], run: plugins }] },
];
