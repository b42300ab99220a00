/** A revision's pod template, with the raw tabs that `rollout history --revision` prints. */
import type { PodTemplateSpec } from '../../../api/types.ts';
import { podTemplate } from '../../../api/describe/template.ts';
import { Sheet } from '../../../api/describe/writer.ts';
import type { Obj } from '../rest.ts';

/** A sheet that does not lay out its columns. */
class RawSheet extends Sheet {
  raw = '';
  override write(level: number, text: string): void { this.raw += ' '.repeat(2 * level) + text; }
}

export function templateText(template: Obj, cause: string): string {
  const meta = (template.metadata ?? {}) as Obj;
  const shown = cause === '' ? template : { ...template, metadata: { ...meta, annotations: { ...((meta.annotations ?? {}) as Obj), 'kubernetes.io/change-cause': cause } } };
  const sheet = new RawSheet();
  podTemplate(sheet, shown as unknown as PodTemplateSpec);
  return sheet.raw;
}
