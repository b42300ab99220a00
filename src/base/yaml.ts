/**
 * YAML as Kubernetes reads and writes it: sigs.k8s.io/yaml over go-yaml v2. Both ways are ours: no library has go-yaml's words for
 * mistakes with its line numbers, nor its quotes and folds.
 */
import type { Json } from './json.ts';
import { emit } from './yaml/emitter.ts';
import { parseDocuments } from './yaml/parser.ts';

export { YamlError } from './yaml/token.ts';

/** The first document as JSON; null for an empty text. What follows it is not looked at. Errors: YamlError. */
export const parseYaml = (text: string): Json => parseDocuments(text, 1)[0] ?? null;

/** All documents of a stream. Errors: YamlError. */
export const parseYamlDocuments = (text: string): readonly Json[] => parseDocuments(text, Infinity);

/** kubectl's `-o yaml`. */
export const formatYaml = (value: Json): string => emit(value);
