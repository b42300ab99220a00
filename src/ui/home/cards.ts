// What the cards show of the labs that come with the page.
import { labs } from '../../labs/index.ts';
import type { LabDefinition } from '../../labs/schema.ts';
import type { Language } from '../i18n/index.ts';

export interface LabCardData {
  readonly id: string;
  readonly level: LabDefinition['level'];
  readonly minutes: number;
  readonly texts: Readonly<Record<Language, { readonly title: string; readonly summary: string; readonly tasks: readonly string[] }>>;
}

export const cards: readonly LabCardData[] = [...labs.values()].map(({ definition: { id, level, minutes, tasks }, texts }) => {
  const textsIn = (language: Language) => {
    const { title, summary, tasks: byId } = texts[language];
    return { title, summary, tasks: tasks.map((task) => byId[task.id]?.title ?? task.id) };
  };
  return { id, level, minutes, texts: { en: textsIn('en'), ko: textsIn('ko') } };
});
