/**
 * ServiceAccount: every pod runs as an account of its namespace and gets its token, the cluster's CA and its namespace mounted.
 * Models plugin/pkg/admission/serviceaccount.
 */
import { sleep, type Coroutine } from '../../../kernel/sys.ts';
import { at, meta, suffix, text, type Ctx } from '../context.ts';
import type { Obj } from '../store.ts';
import { refuse } from './refuse.ts';

export const MIRROR = 'kubernetes.io/config.mirror';
const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const PREFIX = 'kube-api-access-';

interface Mount { readonly name: string; readonly mountPath: string }
interface Container { readonly volumeMounts?: readonly Mount[] }
interface Spec {
  readonly serviceAccountName?: string; readonly serviceAccount?: string; readonly automountServiceAccountToken?: boolean;
  readonly imagePullSecrets?: readonly unknown[]; readonly volumes?: readonly { readonly name: string }[];
  readonly containers?: readonly Container[]; readonly initContainers?: readonly Container[];
}

const access = (name: string) => ({ name, projected: { defaultMode: 420, sources: [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
  { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
] } });

const lacksMount = (container: Container): boolean => !(container.volumeMounts ?? []).some(({ mountPath }) => mountPath === MOUNT_PATH);

function* mountToken(spec: Spec): Coroutine<Spec> {
  const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  if (!all.some(lacksMount)) return spec;
  const existing = (spec.volumes ?? []).find(({ name }) => name.startsWith(PREFIX));
  const name = existing?.name ?? `${PREFIX}${yield* suffix()}`;
  const mounted = (container: Container): Container => (lacksMount(container)
    ? { ...container, volumeMounts: [...(container.volumeMounts ?? []), { mountPath: MOUNT_PATH, name, readOnly: true } as Mount] } : container);
  return {
    ...spec, containers: (spec.containers ?? []).map(mounted), ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(mounted) }),
    volumes: existing === undefined ? [...(spec.volumes ?? []), access(name)] : spec.volumes!,
  };
}

/** The account, waited for as long as upstream does: its controller may be about to make it. */
function* account(ctx: Ctx, name: string): Coroutine<Obj | null> {
  for (let attempt = 1; ; attempt++) {
    const { item } = yield* ctx.cache.get(`/registry/serviceaccounts/${ctx.route.namespace}/${name}`);
    if (item !== null) return item.object;
    if (name !== 'default' || attempt === 10) return null;
    yield* sleep(100_000);
  }
}

export function* serviceAccount(ctx: Ctx, pod: Obj): Coroutine<Obj> {
  const spec = (pod.spec ?? {}) as Spec;
  if (meta(pod).annotations?.[MIRROR] !== undefined) {
    if ((spec.serviceAccountName ?? '') !== '') throw refuse(ctx, pod, 'a mirror pod may not reference service accounts');
    return pod;
  }
  const name = text(spec, 'serviceAccountName') || text(spec, 'serviceAccount') || 'default';
  const found = yield* account(ctx, name);
  if (found === null) throw refuse(ctx, pod, `error looking up service account ${ctx.route.namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`);
  const automount = spec.automountServiceAccountToken ?? (at(found, 'automountServiceAccountToken') as boolean | undefined) ?? true;
  const secrets = (at(found, 'imagePullSecrets') as readonly unknown[] | undefined) ?? [];
  const named: Spec = { ...spec, serviceAccountName: name, serviceAccount: name, ...((spec.imagePullSecrets ?? []).length === 0 && secrets.length > 0 ? { imagePullSecrets: secrets } : {}) };
  return { ...pod, spec: automount ? yield* mountToken(named) : named };
}
