/**
 * What every control-plane component does before its own work: fail in the words of component-base, load a kubeconfig, set up
 * delegated authentication and authorization. Models component-base cli/run.go and apiserver server/options of 1.33.
 */
import { encodeUtf8 } from '../../base/utf8.ts';
import { random, self, write, type Coroutine } from '../../kernel/sys.ts';
import type { ParsedFlags } from '../flags/index.ts';
import { klogError, klogInfof, klogWarn } from '../klog/index.ts';
import { getObject, type KubeObject } from '../kube/index.ts';
import { ConfigError, goReadFile, inClusterConfig, loadRestConfig, NO_CONFIGURATION, type RestConfig } from '../kubeconfig/index.ts';
import { GoError } from '../net/index.ts';
import { parseCertificates, pemBlocks } from '../x509/index.ts';

/** Kubernetes' version here, and how `version.Get()` prints. */
export const VERSION = 'v1.33.0';

/** An error before logging is set up: a plain line. → exit code 1. */
export function* usageError(usage: string | null, message: string): Coroutine<number> {
  yield* write(2, encodeUtf8(`${usage === null ? '' : `${usage}\n`}Error: ${message}\n`));
  return 1;
}

/** An error afterwards: `"command failed" err="…"`. → exit code 1. */
export function* commandFailed(message: string): Coroutine<number> {
  yield* klogError('run.go:72', message, 'command failed');
  return 1;
}

const CONFIG_WARNING = 'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.';

/** `clientcmd.BuildConfigFromFlags`: the file, else the pod's service account. Throws GoError. */
export function* clientConfig(kubeconfig: string, master: string, userAgent: string): Coroutine<RestConfig> {
  if (kubeconfig === '' && master === '') {
    yield* klogWarn('client_config.go:667', CONFIG_WARNING);
    try {
      return { ...(yield* inClusterConfig()), userAgent };
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      yield* klogWarn('client_config.go:672', `error creating inClusterConfig, falling back to default config: ${caught.message}`);
      throw new ConfigError(NO_CONFIGURATION, []);
    }
  }
  return { ...(yield* loadRestConfig(kubeconfig, master === '' ? {} : { server: master })), userAgent };
}

/** Roots of a CA file, as the dynamic CA providers check them. Throws GoError. */
function* loadCa(path: string): Coroutine<void> {
  const text = yield* goReadFile(path);
  if (text === '') throw new GoError(`missing content for CA bundle "client-ca-bundle::${path}"`, 'config');
  if (parseCertificates(text).length === 0) throw new GoError(pemBlocks(text).length === 0 ? `unable to load client CA file "${path}": data does not contain any valid RSA or ECDSA certificates` : `unable to load client CA file "${path}": x509: malformed certificate`, 'config');
}

function* delegatedKubeconfig(path: string, what: string): Coroutine<RestConfig | null> {
  if (path === '') return null;
  try {
    return yield* loadRestConfig(path);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const twice = `failed to get delegated ${what} kubeconfig: `;
    throw new GoError(`${twice}${twice}${caught.message}`, 'config');
  }
}

const AUTH_CONFIG = { group: '', resource: 'configmaps', namespace: 'kube-system', name: 'extension-apiserver-authentication' };

/** Asks the cluster for the request header authority; trouble is only warned about when it is tolerated. Throws GoError. */
function* lookUpRequestHeader(config: RestConfig, tolerate: boolean): Coroutine<void> {
  try {
    yield* getObject<KubeObject>(config, AUTH_CONFIG);
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    if (caught.kind === 'status') yield* klogWarn('requestheader_controller.go:204', "Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by 'kubectl create rolebinding -n kube-system ROLEBINDING_NAME --role=extension-apiserver-authentication-reader --serviceaccount=YOUR_NS:YOUR_SA'");
    if (!tolerate) throw new GoError(`unable to load configmap based request-header-client-ca-file: ${caught.message}`, 'config');
    yield* klogWarn('authentication.go:397', `Error looking up in-cluster authentication configuration: ${caught.message}`);
    yield* klogWarn('authentication.go:398', 'Continuing without authentication configuration. This may treat all requests as anonymous.');
    yield* klogWarn('authentication.go:399', 'To require authentication configuration lookup to succeed, set --authentication-tolerate-lookup-failure=false');
  }
}

/** DelegatingAuthenticationOptions.ApplyTo and its counterpart for authorization, as far as they can fail. Throws GoError. */
export function* delegatedAuth(flags: ParsedFlags): Coroutine<void> {
  const config = yield* delegatedKubeconfig(flags.string('authentication-kubeconfig'), 'authentication');
  const lookUp = !flags.bool('authentication-skip-lookup');
  if (flags.string('client-ca-file') !== '') {
    try {
      yield* loadCa(flags.string('client-ca-file'));
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      throw new GoError(`unable to load client CA provider: ${caught.message}`, 'config');
    }
  } else if (lookUp && config === null) yield* klogWarn('authentication.go:370', 'No authentication-kubeconfig provided in order to lookup client-ca-file in configmap/extension-apiserver-authentication in kube-system, so client certificate authentication won\'t work.');
  if (flags.string('requestheader-client-ca-file') !== '') {
    try {
      yield* loadCa(flags.string('requestheader-client-ca-file'));
    } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      throw new GoError(`unable to create request header authentication config: ${caught.message}`, 'config');
    }
  } else if (lookUp && config === null) yield* klogWarn('authentication.go:394', 'No authentication-kubeconfig provided in order to lookup requestheader-client-ca-file in configmap/extension-apiserver-authentication in kube-system, so request-header client certificate authentication won\'t work.');
  else if (lookUp && config !== null) yield* lookUpRequestHeader(config, flags.bool('authentication-tolerate-lookup-failure'));
  yield* delegatedKubeconfig(flags.string('authorization-kubeconfig'), 'authorization');
}

/** A version 4 UUID from the named stream of this host. */
export function* uuid(stream: string): Coroutine<string> {
  const words = yield* random(stream, 4);
  const digits = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[(words[2] ?? 0) >>> 30]!;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** `<hostname>_<uuid>`: who a component is in leader elections. */
export function* electionIdentity(stream: string): Coroutine<string> {
  const { hostname } = yield* self();
  return `${hostname}_${yield* uuid(stream)}`;
}

/** The two lines with which components introduce themselves. */
export function* introduce(versionLine: string, settingsLine: string, message: string): Coroutine<void> {
  yield* klogInfof(versionLine, `"${message}" version="${VERSION}"`);
  yield* klogInfof(settingsLine, '"Golang settings" GOGC="" GOMAXPROCS="" GOTRACEBACK=""');
}
