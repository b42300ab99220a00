// Which catalogue the page speaks.
import type { Lang } from '../../session/host/index.ts';
import { useUi } from '../store.ts';
import { en, type Words } from './en.ts';
import { ko } from './ko.ts';

export type Language = Lang;
export type { Words } from './en.ts';

/** Each by its own name, so that whoever speaks it finds it. */
export const languages: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

const catalogues: Record<Language, Words> = { en, ko };

export const wordsOf = (language: Language): Words => catalogues[language];

/** The words in the learner's language. */
export const useWords = (): Words => wordsOf(useUi((state) => state.language));
