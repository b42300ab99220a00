// Light or dark: the learner's choice, or what the system prefers. The choice is written on the root element, where the tokens are.
import { useEffect, useSyncExternalStore } from 'react';
import { useUi } from './store.ts';

const query = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

export function useIsDark(): boolean {
  const systemIsDark = useSyncExternalStore(subscribe, () => query.matches);
  const theme = useUi((state) => state.theme);
  return theme === 'system' ? systemIsDark : theme === 'dark';
}

/** Keeps the root element's theme and language as the learner has them. */
export function useRootAttributes(): void {
  const isDark = useIsDark();
  const language = useUi((state) => state.language);
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    document.documentElement.lang = language;
  }, [isDark, language]);
}
