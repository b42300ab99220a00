/** The labs that come with the page, by id. */
import type { LabDefinition, LabText, Lang } from './schema.ts';
import controlPlaneFailure from './control-plane-failure/lab.json' with { type: 'json' };
import controlPlaneFailureEn from './control-plane-failure/en.json' with { type: 'json' };
import controlPlaneFailureKo from './control-plane-failure/ko.json' with { type: 'json' };
import sandbox from './sandbox/lab.json' with { type: 'json' };
import sandboxEn from './sandbox/en.json' with { type: 'json' };
import sandboxKo from './sandbox/ko.json' with { type: 'json' };

export interface Lab { readonly definition: LabDefinition; readonly texts: Readonly<Record<Lang, LabText>> }

// JSON modules are typed by their content, wider than the schema; labs.test.ts holds them against it.
const lab = (definition: unknown, en: unknown, ko: unknown): Lab => ({ definition: definition as LabDefinition, texts: { en: en as LabText, ko: ko as LabText } });

export const labs: ReadonlyMap<string, Lab> = new Map([
  ['control-plane-failure', lab(controlPlaneFailure, controlPlaneFailureEn, controlPlaneFailureKo)],
  ['sandbox', lab(sandbox, sandboxEn, sandboxKo)],
]);
