// The two choices that are about the page: its language and how it looks.
import styles from './Choices.module.css';
import { languages, useWords, type Language } from './i18n/index.ts';
import { speak } from './lab.ts';
import { themes, type Theme } from './settings.ts';
import { prefer, useUi } from './store.ts';

export function LanguageChoice() {
  const words = useWords();
  const language = useUi((state) => state.language);
  return (
    <select aria-label={words.language} className={styles.choice} value={language} onChange={(event) => speak(event.target.value as Language)}>
      {Object.entries(languages).map(([each, name]) => <option key={each} value={each} lang={each}>{name}</option>)}
    </select>
  );
}

export function ThemeChoice() {
  const words = useWords();
  const theme = useUi((state) => state.theme);
  return (
    <select aria-label={words.theme.label} className={styles.choice} value={theme} onChange={(event) => prefer({ theme: event.target.value as Theme })}>
      {themes.map((each) => <option key={each} value={each}>{words.theme[each]}</option>)}
    </select>
  );
}
