/** The Container Runtime Interface: types, the client, and the protocol between containerd and its shims. */
export * from './types.ts';
export { criCall, CriError, dial, nextFrame, socketPath } from './client.ts';
export { shimSocket } from './shim.ts';
export type { ShimExec, ShimExit, ShimReply, ShimRequest, ShimSpec, ShimStream, ShimTask } from './shim.ts';
export { goQuote, logrus, logrusLine, logrusText } from './logrus.ts';
export { goTimeNano, nanosOf, rfc3339Fixed } from './time.ts';
export { completeReference, parseReference, registryOf } from './image.ts';
export type { ImageSpec, Reference, Registry } from './image.ts';
export { parseLogLine, readLog, tailOffset } from './logs.ts';
export type { LogLine, LogOptions } from './logs.ts';
export { enterRaw, leaveRaw, sizeFrame } from './terminal.ts';
export { compilePattern } from './pattern.ts';
