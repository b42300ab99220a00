// Marks in a YAML document the place where it cannot be read, a moment after it was last changed.
import { useEffect, useState } from 'react';
import { monaco } from './monaco.ts';
import { yamlFault, type Fault } from './yamlFault.ts';

const afterMs = 200;
/** Beyond this a text is not read with every change. */
const longest = 400_000;
const owner = 'yaml';

function mark(model: monaco.editor.ITextModel): Fault | null {
  const fault = model.getLanguageId() === 'yaml' && model.getValueLength() <= longest ? yamlFault(model.getValue()) : null;
  monaco.editor.setModelMarkers(model, owner, fault === null ? [] : [{
    severity: monaco.MarkerSeverity.Error, message: fault.message,
    startLineNumber: fault.line, startColumn: model.getLineFirstNonWhitespaceColumn(fault.line) || 1, endLineNumber: fault.line, endColumn: model.getLineMaxColumn(fault.line),
  }]);
  return fault;
}

/** The mistake in the model, kept current. */
export function useFault(model: monaco.editor.ITextModel | null): Fault | null {
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    if (!model) return;
    const look = () => setFault(mark(model));
    let timer = setTimeout(look);
    const changes = model.onDidChangeContent(() => {
      clearTimeout(timer);
      timer = setTimeout(look, afterMs);
    });
    return () => {
      clearTimeout(timer);
      changes.dispose();
    };
  }, [model]);
  return fault;
}
