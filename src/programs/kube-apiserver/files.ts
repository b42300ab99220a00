/** The files that the flags name, opened in upstream's order; the first that fails ends the start with its error. */
import type { Bytes, Coroutine } from '../../kernel/sys.ts';
import { goReadFile } from '../../lib/kubeconfig/index.ts';
import { GoError } from '../../lib/net/index.ts';
import { checkKeyPair } from '../../lib/tls/index.ts';
import { parseCertificates, parseRsaPrivateKey, parseRsaPublicKeys } from '../../lib/x509/index.ts';
import type { Options } from './options.ts';

/** `service-account-signing-key-file`, before the version is logged. */
export function* readSigningKey(path: string): Coroutine<Bytes | null> {
  if (path === '') return null;
  try {
    const pem = yield* goReadFile(path);
    if (parseRsaPrivateKey(pem) === null) throw new GoError(`data does not contain a valid RSA or ECDSA private key`);
    return pem;
  } catch (caught) {
    if (!(caught instanceof GoError)) throw caught;
    const why = caught.kind === 'file' ? caught.message : `error parsing private key file ${path}: ${caught.message}`;
    throw new GoError(`failed to parse service-account-issuer-key-file: ${why}`);
  }
}

/** Serving certificate and key; loaded once the port is bound. */
export function* readServing({ tlsCert, tlsKey }: Options): Coroutine<{ certPem: Bytes; keyPem: Bytes }> {
  const [certPem, keyPem] = [yield* goReadFile(tlsCert), yield* goReadFile(tlsKey)];
  if (certPem === '' || keyPem === '') throw new GoError(`missing content for serving cert "serving-cert::${tlsCert}::${tlsKey}"`);
  checkKeyPair(certPem, keyPem);
  return { certPem, keyPem };
}

function* readCa(path: string): Coroutine<Bytes | null> {
  if (path === '') return null;
  const pem = yield* goReadFile(path);
  if (pem === '') throw new GoError(`missing content for CA bundle "client-ca-bundle::${path}"`);
  if (parseCertificates(pem).length === 0) throw new GoError(`unable to load client CA file ${JSON.stringify(path)}: data does not contain any valid RSA or ECDSA certificates`);
  return pem;
}

export interface AuthFiles { readonly clientCaPem: Bytes | null; readonly requestHeaderCaPem: Bytes | null; readonly publicKeysPem: Bytes }

/** Authentication's files: client CA, front-proxy CA, service-account keys. */
export function* readAuth(options: Options): Coroutine<AuthFiles> {
  const clientCaPem = yield* readCa(options.clientCa);
  const requestHeaderCaPem = yield* readCa(options.requestHeaderCa);
  let publicKeysPem = '';
  for (const path of options.publicKeys) {
    const pem = yield* goReadFile(path);
    if (parseRsaPublicKeys(pem).length === 0) throw new GoError(`error reading public key file ${path}: data does not contain any valid RSA or ECDSA public keys`);
    publicKeysPem += pem;
  }
  return { clientCaPem, requestHeaderCaPem, publicKeysPem };
}

/** Files of features that are only looked at for their errors. */
export function* readOthers({ encryption }: Options): Coroutine<void> {
  const wrapped = function* (path: string, say: (why: string) => string): Coroutine<void> {
    try { if (path !== '') yield* goReadFile(path); } catch (caught) {
      if (!(caught instanceof GoError)) throw caught;
      throw new GoError(say(caught.message));
    }
  };
  yield* wrapped(encryption, (why) => `error while parsing file: error reading encryption provider configuration file ${JSON.stringify(encryption)}: ${why}`);
}

/** A client pair; both files or none. */
export function* readPair(cert: string, key: string): Coroutine<{ certPem: Bytes | null; keyPem: Bytes | null }> {
  if (cert === '' || key === '') return { certPem: null, keyPem: null };
  const [certPem, keyPem] = [yield* goReadFile(cert), yield* goReadFile(key)];
  checkKeyPair(certPem, keyPem);
  return { certPem, keyPem };
}
