// The labs there are, what they are called and what they are about, for the cover: nothing else of a lab's texts is in this chunk.
const titles = {
  en: byLab(import.meta.glob<string>('../../labs/*/en.json', { eager: true, import: 'title' })),
  ko: byLab(import.meta.glob<string>('../../labs/*/ko.json', { eager: true, import: 'title' })),
};
const summaries = {
  en: byLab(import.meta.glob<string>('../../labs/*/en.json', { eager: true, import: 'summary' })),
  ko: byLab(import.meta.glob<string>('../../labs/*/ko.json', { eager: true, import: 'summary' })),
};

function byLab(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(files).map(([path, text]) => [path.split('/').at(-2)!, text]));
}

/** Ids of the labs; the first is the one that is opened when none is named. */
export const labNames: readonly string[] = [...titles.en.keys()];

export const titleOf = (lab: string, language: 'en' | 'ko'): string => titles[language].get(lab) ?? lab;

export const summaryOf = (lab: string, language: 'en' | 'ko'): string => summaries[language].get(lab) ?? '';
