/** The commands about the API itself and about kubectl's own configuration. */
import { flag, type Command } from '../cobra/command.ts';
import { apiResources, apiVersions, version } from '../cluster/info.ts';
import { plugins } from '../cobra/shell.ts';
import { currentContext, deleteCluster, deleteContext, deleteUser, getClusters, getContexts, getUsers, renameContext, setCluster, setContext, setCredentials, setProperty, unsetProperty, useContext, view } from '../config/index.ts';
import * as f from './flags.ts';

export const other: readonly Command[] = [
  {
    name: 'api-resources', short: 'Print the supported API resources on the server',
    use: '[flags]',
    flags: [
      f.noHeaders,
      flag('api-group', '', '', 'Limit to resources in the specified API group.'),
      flag('cached', '', false, 'Use the cached list of resources if available.'),
      flag('categories', '', [], 'Limit to resources that belong to the specified categories.'),
      flag('namespaced', '', true, 'If false, non-namespaced resources will be returned, otherwise returning namespaced resources by default.'),
      flag('output', 'o', '', 'Output format. One of: (wide, name).'),
      flag('sort-by', '', '', "If non-empty, sort list of resources using specified field. The field can be either 'name' or 'kind'."),
      flag('verbs', '', [], 'Limit to resources that support the specified verbs.'),
    ],
    run: apiResources,
  },
  {
    name: 'api-versions', short: 'Print the supported API versions on the server, in the form of "group/version"',
    run: apiVersions,
  },
  {
    name: 'config', short: 'Modify kubeconfig files',
    use: 'SUBCOMMAND',
    children: [
      {
        name: 'current-context', short: 'Display the current-context',
        use: '[flags]',
        run: currentContext,
      },
      {
        name: 'delete-cluster', short: 'Delete the specified cluster from the kubeconfig',
        use: 'NAME',
        run: deleteCluster,
      },
      {
        name: 'delete-context', short: 'Delete the specified context from the kubeconfig',
        use: 'NAME', completes: 'context',
        run: deleteContext,
      },
      {
        name: 'delete-user', short: 'Delete the specified user from the kubeconfig',
        use: 'NAME',
        run: deleteUser,
      },
      {
        name: 'get-clusters', short: 'Display clusters defined in the kubeconfig',
        use: '[flags]',
        run: getClusters,
      },
      {
        name: 'get-contexts', short: 'Describe one or many contexts',
        use: '[(-o|--output=)name)]', completes: 'context',
        flags: [
          f.noHeaders,
          flag('output', 'o', '', 'Output format. One of: (name).'),
        ],
        run: getContexts,
      },
      {
        name: 'get-users', short: 'Display users defined in the kubeconfig',
        use: '[flags]',
        run: getUsers,
      },
      {
        name: 'rename-context', short: 'Rename a context from the kubeconfig file',
        use: 'CONTEXT_NAME NEW_NAME', completes: 'context',
        run: renameContext,
      },
      {
        name: 'set', short: 'Set an individual value in a kubeconfig file',
        use: 'PROPERTY_NAME PROPERTY_VALUE',
        flags: [
          flag('set-raw-bytes', '', false, 'When writing a []byte PROPERTY_VALUE, write the given string directly without base64 decoding.'),
        ],
        run: setProperty,
      },
      {
        name: 'set-cluster', short: 'Set a cluster entry in kubeconfig',
        use: 'NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]',
        flags: [
          flag('certificate-authority', '', '', 'Path to certificate-authority file for the cluster entry in kubeconfig'),
          flag('embed-certs', '', false, 'embed-certs for the cluster entry in kubeconfig'),
          flag('insecure-skip-tls-verify', '', false, 'insecure-skip-tls-verify for the cluster entry in kubeconfig'),
          flag('proxy-url', '', '', 'proxy-url for the cluster entry in kubeconfig', { missing: true }),
          flag('server', '', '', 'server for the cluster entry in kubeconfig'),
          flag('tls-server-name', '', '', 'tls-server-name for the cluster entry in kubeconfig'),
        ],
        run: setCluster,
      },
      {
        name: 'set-context', short: 'Set a context entry in kubeconfig',
        use: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]', completes: 'context',
        flags: [
          flag('cluster', '', '', 'cluster for the context entry in kubeconfig'),
          flag('current', '', false, 'Modify the current context'),
          flag('namespace', '', '', 'namespace for the context entry in kubeconfig'),
          flag('user', '', '', 'user for the context entry in kubeconfig'),
        ],
        run: setContext,
      },
      {
        name: 'set-credentials', short: 'Set a user entry in kubeconfig',
        use: 
          'NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] ' +
          '[--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] ' +
          '[--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value]',
        flags: [
          flag('auth-provider', '', '', 'Auth provider for the user entry in kubeconfig', { missing: true }),
          flag('auth-provider-arg', '', [], "'key=value' arguments for the auth provider", { missing: true }),
          flag('client-certificate', '', '', 'Path to client-certificate file for the user entry in kubeconfig'),
          flag('client-key', '', '', 'Path to client-key file for the user entry in kubeconfig'),
          flag('embed-certs', '', false, 'Embed client cert/key for the user entry in kubeconfig'),
          flag('exec-api-version', '', '', 'API version of the exec credential plugin for the user entry in kubeconfig', { missing: true }),
          flag('exec-arg', '', [], 'New arguments for the exec credential plugin command for the user entry in kubeconfig', { type: 'array', missing: true }),
          flag('exec-command', '', '', 'Command for the exec credential plugin for the user entry in kubeconfig', { missing: true }),
          flag('exec-env', '', [], "'key=value' environment values for the exec credential plugin", { type: 'array', missing: true }),
          flag('exec-interactive-mode', '', '', 'InteractiveMode of the exec credentials plugin for the user entry in kubeconfig', { missing: true }),
          flag('exec-provide-cluster-info', '', false, 'ProvideClusterInfo of the exec credentials plugin for the user entry in kubeconfig', { missing: true }),
          flag('password', '', '', 'password for the user entry in kubeconfig'),
          flag('token', '', '', 'token for the user entry in kubeconfig'),
          flag('username', '', '', 'username for the user entry in kubeconfig'),
        ],
        run: setCredentials,
      },
      {
        name: 'unset', short: 'Unset an individual value in a kubeconfig file',
        use: 'PROPERTY_NAME',
        run: unsetProperty,
      },
      {
        name: 'use-context', aliases: ['use'], short: 'Set the current-context in a kubeconfig file',
        use: 'CONTEXT_NAME', completes: 'context',
        run: useContext,
      },
      {
        name: 'view', short: 'Display merged kubeconfig settings or a specified kubeconfig file',
        use: '[flags]',
        flags: [
          flag('allow-missing-template-keys', '', true,
            'If true, ignore any errors in templates when a field or map key is missing in the template. Only applies to golang and jsonpath output ' +
            'formats.'),
          flag('flatten', '', false, 'Flatten the resulting kubeconfig file into self-contained output (useful for creating portable kubeconfig files)'),
          flag('merge', '', true, 'Merge the full hierarchy of kubeconfig files', { missing: true }),
          flag('minify', '', false, 'Remove all information not used by current-context from the output'),
          flag('output', 'o', 'yaml', 'Output format. One of: (json, yaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file).'),
          flag('raw', '', false, 'Display raw byte data and sensitive data'),
          flag('show-managed-fields', '', false, 'If true, keep the managedFields when printing objects in JSON or YAML format.'),
          flag('template', '', '',
            'Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is golang templates ' +
            '[http://golang.org/pkg/text/template/#pkg-overview].'),
        ],
        run: view,
      },
    ],
  },
  {
    name: 'plugin', short: 'Provides utilities for interacting with plugins',
    use: '[flags]',
    children: [
      {
        name: 'list', short: "List all visible plugin executables on a user's PATH",
        use: '[flags]',
        flags: [
          flag('name-only', '', false, 'If true, display only the binary name of each plugin, rather than its full path'),
        ],
        run: plugins,
      },
    ],
  },
  {
    name: 'version', short: 'Print the client and server version information',
    use: '[flags]',
    flags: [
      flag('client', '', false, 'If true, shows client version only (no server required).'),
      flag('output', 'o', '', "One of 'yaml' or 'json'."),
    ],
    run: version,
  },
];
