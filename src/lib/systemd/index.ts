/** What PID 1, systemctl and services share: the control protocol, sd_notify, unit paths and exit statuses. */
export * from './protocol.ts';
export { exitName, exitOf, exitText, parseSignal, signalName, signalNumber } from './status.ts';
export { sdNotify } from './notify.ts';
export type { Notification } from './notify.ts';
export { findUnit, linkTarget, namesIn, templateOf, UNIT_DIRS, unitName } from './paths.ts';
export type { FoundUnit } from './paths.ts';
