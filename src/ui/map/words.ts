// What is said of a component and of an object, in one line: the accessible name of its button.
import type { ComponentView, ObjectView } from '../../session/host/index.ts';
import { formatDuration } from '../../session/host/index.ts';
import type { Words } from '../i18n/en.ts';

/** Seconds until the next try, at least 0; undefined when nothing is waited for. */
export const secondsLeft = ({ backOff }: ComponentView, second: number): number | undefined =>
  (backOff === null ? undefined : Math.max(0, Math.ceil(backOff.until / 1e6 - second)));

/** How much of the wait is left, from 1 to 0. */
export function partLeft(component: ComponentView, second: number): number | undefined {
  const left = secondsLeft(component, second);
  if (left === undefined) return undefined;
  const { from, until } = component.backOff!;
  return Math.min(1, Math.max(0, (left * 1e6) / Math.max(1, until - from)));
}

/** `1m12s`. */
export const span = (seconds: number): string => formatDuration(Math.max(0, Math.round(seconds)) * 1e6);

/** How much of a long message is shown. */
const longest = 130;

/** The end of a chain of causes, which is where the cause is: Go wraps errors from the left. */
export function ending(message: string): string {
  if (message.length <= longest) return message;
  const cut = message.indexOf(': ', message.length - longest);
  return `… ${message.slice(cut < 0 ? message.length - longest : cut + 2)}`;
}

/** When the next try is, in words; '' when none is waited for. */
export function nextTry(component: ComponentView, second: number, words: Words): string {
  const left = secondsLeft(component, second);
  if (left === undefined) return '';
  return left === 0 ? words.map.dueNow : words.map.nextTry(span(left));
}

export function nameOf(component: ComponentView, second: number, words: Words): string {
  const { label, word, ready, health, restarts } = component;
  const parts = [label, word === '' ? words.map.health[health] : word, ready !== null && health === 'unready' ? words.map.ready(ready) : '',
    restarts > 0 ? words.map.restarts(restarts) : '', nextTry(component, second, words)];
  return parts.filter((part) => part !== '').join(', ');
}

export function objectName({ kind, name, namespace, ready, word, health }: ObjectView, wait: string, words: Words): string {
  return [`${kind} ${name}`, namespace, word, ready === '' ? '' : words.map.ready(ready), word === '' ? words.map.health[health] : '', wait].filter((part) => part !== '').join(', ');
}
