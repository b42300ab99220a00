/** Probes and lifecycle hooks: exactly one way to act, with a port that can be. */
import { portName, portNumber } from '../../base/names.ts';
import type { Container, Handler, IntOrString, Probe } from '../types.ts';
import { forbidden, invalid, nonNegative, oneOf, required } from './fault.ts';
import type { Faults } from './fault.ts';

/** A port's number or name. */
export function port(field: string, value: IntOrString | undefined): Faults {
  if (value === undefined) return [invalid(field, 0, portNumber(0)[0]!)];
  const problems = typeof value === 'number' ? portNumber(value) : portName(value);
  return problems.map((problem) => invalid(field, value, problem));
}

type Actions = 'exec' | 'httpGet' | 'tcpSocket' | 'grpc' | 'sleep';
function action(field: string, kind: Actions, handler: Handler): Faults {
  switch (kind) {
    case 'exec': return (handler.exec?.command ?? []).length === 0 ? [required(`${field}.exec.command`)] : [];
    case 'httpGet': {
      const http = handler.httpGet!;
      return [...((http.path ?? '') === '' ? [required(`${field}.httpGet.path`)] : []), ...port(`${field}.httpGet.port`, http.port), ...oneOf(`${field}.httpGet.scheme`, http.scheme, ['HTTP', 'HTTPS'])];
    }
    case 'tcpSocket': return port(`${field}.tcpSocket.port`, handler.tcpSocket?.port);
    case 'grpc': return portNumber(handler.grpc?.port ?? 0).map((problem) => invalid(`${field}.grpc.port`, handler.grpc?.port ?? 0, problem));
    case 'sleep': return (handler.sleep?.seconds ?? 0) < 0 ? [invalid(`${field}.sleep.seconds`, handler.sleep!.seconds, 'must be greater than or equal to 0')] : [];
  }
}
function actions(field: string, handler: Handler, kinds: readonly Actions[]): Faults {
  const given = kinds.filter((kind) => handler[kind] !== undefined && handler[kind] !== null);
  if (given.length === 0) return [required(field, 'must specify a handler type')];
  return given.flatMap((kind, i) => (i === 0 ? action(field, kind, handler) : [forbidden(`${field}.${kind}`, 'may not specify more than 1 handler type')]));
}

function probe(field: string, given: Probe | undefined): Faults {
  if (given === undefined) return [];
  const numbers = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'] as const;
  const grace = given.terminationGracePeriodSeconds;
  return [...actions(field, given, ['exec', 'httpGet', 'tcpSocket', 'grpc']), ...numbers.flatMap((key) => nonNegative(`${field}.${key}`, given[key])),
    ...(grace !== undefined && grace <= 0 ? [invalid(`${field}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')] : [])];
}
const once = (field: string, given: Probe | undefined): Faults => (given !== undefined && (given.successThreshold ?? 1) !== 1 ? [invalid(`${field}.successThreshold`, given.successThreshold, 'must be 1')] : []);

/** All probes and hooks of a container. */
export function watching(field: string, container: Container): Faults {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  const hook = (name: 'postStart' | 'preStop'): Faults => (lifecycle?.[name] === undefined ? [] : actions(`${field}.lifecycle.${name}`, lifecycle[name]!, ['exec', 'httpGet', 'tcpSocket', 'sleep']));
  return [...hook('postStart'), ...hook('preStop'),
    ...probe(`${field}.livenessProbe`, livenessProbe), ...once(`${field}.livenessProbe`, livenessProbe),
    ...probe(`${field}.readinessProbe`, readinessProbe), ...(readinessProbe?.terminationGracePeriodSeconds === undefined ? [] : [invalid(`${field}.readinessProbe.terminationGracePeriodSeconds`, readinessProbe.terminationGracePeriodSeconds, 'must not be set for readinessProbes')]),
    ...probe(`${field}.startupProbe`, startupProbe), ...once(`${field}.startupProbe`, startupProbe)];
}
