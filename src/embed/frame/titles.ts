// The labs there are and what they are called, for the cover: of each lab's texts only the title is in this chunk.
const english = import.meta.glob<string>('../../labs/*/en.json', { eager: true, import: 'title' });
const korean = import.meta.glob<string>('../../labs/*/ko.json', { eager: true, import: 'title' });

const nameOf = (path: string) => path.split('/').at(-2)!;

const titles = {
  en: new Map(Object.entries(english).map(([path, title]) => [nameOf(path), title])),
  ko: new Map(Object.entries(korean).map(([path, title]) => [nameOf(path), title])),
};

/** Ids of the labs; the first is the one that is opened when none is named. */
export const labNames: readonly string[] = [...titles.en.keys()];

export const titleOf = (lab: string, language: 'en' | 'ko'): string => titles[language].get(lab) ?? lab;
