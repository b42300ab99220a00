/** kubeconfig files: from a path to a `RestConfig`, with client-go's errors. */
export { bareConfig, type RestConfig } from './types.ts';
export {
  ConfigError, configError, goReadFile, inClusterConfig, loadRestConfig, NO_CONFIGURATION, parseKubeconfig, readKubeconfig, resolveConfig, type Kubeconfig, type Overrides,
} from './load.ts';
