// What is wrong with a YAML text, in the words of the parser that Kubernetes uses.
import { parseYamlDocuments, YamlError } from '../../session/host/index.ts';

export interface Fault {
  /** From 1; where the parser says it is. */
  readonly line: number;
  readonly message: string;
}

/** The first mistake; null when it can be read. */
export function yamlFault(text: string): Fault | null {
  try {
    parseYamlDocuments(text);
    return null;
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    const line = Number(/line (\d+):/.exec(error.message)?.[1] ?? 1);
    return { line: Math.min(Math.max(1, line), text.split('\n').length), message: error.message };
  }
}
