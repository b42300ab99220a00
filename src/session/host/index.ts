// What the page sees of the session.
export { arrayOf, bytesOf } from './bytes.ts';
export type { BackOffView, CheckResult, ClusterView, ComponentView, EditorRequest, ExitView, FileEntry, GradingProgress, Health, Lang, LabView, LinkView, Mark, Moment, ObjectView, Recording, TaskView, TerminalState, TimelineView } from '../core/index.ts';
export { plainText } from '../core/screen.ts';
export { formatDuration } from '../../base/duration.ts';
export { parseYamlDocuments, YamlError } from '../../base/yaml.ts';
export { loadStart } from './code.ts';
export { openSitting, type Opened, type SittingOptions } from './open.ts';
export { prefetch } from './opening.ts';
export type { Clock } from './pacer.ts';
export type { Ran } from './run.ts';
export type { Sitting } from './sitting.ts';
export type { SittingView } from './view.ts';
export type { Skipped, SkipUntil } from './skip.ts';
