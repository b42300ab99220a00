/** From upstream's words to how something is. */
import type { Pod } from '../../api/types.ts';
import { podSummary } from '../../api/columns/index.ts';
import type { Health } from './cluster-view-types.ts';

const WAITING = /^(Pending|ContainerCreating|PodInitializing|Terminating|SchedulingGated|Init:\d+\/\d+|)$/;

/** Of a pod by its STATUS and READY. */
export function podHealth(word: string, ready: string): Health {
  if (word.endsWith('BackOff')) return 'backOff';
  if (word === 'Completed' || word === 'Succeeded') return 'stopped';
  if (WAITING.test(word)) return 'starting';
  if (word !== 'Running' && word !== 'NotReady') return 'failed';
  const [has, wants] = ready.split('/');
  return has === wants ? 'ok' : 'unready';
}

/** Of a count of pods, `ready` of `wanted`. */
export const countHealth = (ready: number, wanted: number): Health => (wanted === 0 ? 'stopped' : ready >= wanted ? 'ok' : 'unready');

export interface PodWords { readonly word: string; readonly ready: string; readonly restarts: number; readonly health: Health }

/** What `kubectl get pod` says of it. */
export function podWords(pod: Pod): PodWords {
  // Restarts come with an age that only kubectl shows.
  const { ready, status, restarts } = podSummary(pod, 0);
  return { word: status, ready, restarts: Number.parseInt(restarts, 10), health: podHealth(status, ready) };
}
