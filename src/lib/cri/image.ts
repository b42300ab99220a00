/** Images as the simulated registries hold them, and how image names are completed and read. */

/** One image of the rom: `rom('images')` maps completed references to these; `rom('image/<id>')` holds the file tree. */
export interface ImageSpec {
  /** `sha256:…` of the configuration: what containers are created from. */ readonly id: string;
  /** `sha256:…` of the manifest: what a digest reference names. */ readonly digest: string;
  readonly size: number;
  readonly config: { readonly entrypoint: readonly string[]; readonly cmd: readonly string[]; readonly env: readonly string[]; readonly user: string; readonly workingDir: string };
}
export type Registry = Readonly<Record<string, ImageSpec>>;

/** A reference taken apart; `domain/path` is the repository. */
export interface Reference { readonly domain: string; readonly path: string; readonly tag: string; readonly digest: string }

const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** Parses as distribution/reference does; null when the format is invalid. */
export function parseReference(text: string): Reference | null {
  const [named, digest = '', extra] = text.split('@');
  if (extra !== undefined || named === undefined || named === '') return null;
  if (digest !== '' && !/^sha256:[0-9a-f]{64}$/.test(digest)) return null;
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  const hasDomain = first.includes('.') || first.includes(':') || first === 'localhost';
  const domain = hasDomain ? first : 'docker.io';
  const rest = hasDomain ? named.slice(slash + 1) : named;
  const colon = rest.lastIndexOf(':');
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? '' : rest.slice(colon + 1);
  if (colon >= 0 && !/^\w[\w.-]{0,127}$/.test(tag)) return null;
  if (!PATH.test(path)) return null;
  return { domain, path: domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path, tag: tag === '' && digest === '' ? 'latest' : tag, digest };
}

/** `nginx` → `docker.io/library/nginx:latest`. */
export function completeReference({ domain, path, tag, digest }: Reference): string {
  return `${domain}/${path}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}

/** The registry's contents as they came from the rom. */
export const registryOf = (rom: unknown): Registry => (rom ?? {}) as Registry;
