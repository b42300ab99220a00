/** The controller runtime: pure reconciles over caches, actions as data, events with counts. */
export { perform, type Action } from './action.ts';
export { cacheFrom, cacheOf, type Cache } from './cache.ts';
export { recordEvent, referenceTo, type EventSpec, type ObjectReference } from './events.ts';
export * from './kinds.ts';
export { runController, type Controller, type Outcome } from './run.ts';
export { selectorMatches, setMatches } from './selector.ts';
