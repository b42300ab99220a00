// Light, dark or high contrast: the learner's choice, or what the system prefers. It is written on the root element, where the tokens are.
import { useEffect, useSyncExternalStore } from 'react';
import { useUi } from './store.ts';

/** How the page looks now. */
export type Shade = 'light' | 'dark' | 'contrast';

const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');

function subscribe(listener: () => void): () => void {
  for (const query of [dark, contrast]) query.addEventListener('change', listener);
  return () => {
    for (const query of [dark, contrast]) query.removeEventListener('change', listener);
  };
}

/** A light system that wants more contrast stays light; the tokens then have stronger borders and greys. */
function shadeOfSystem(): Shade {
  if (!dark.matches) return 'light';
  return contrast.matches ? 'contrast' : 'dark';
}

export function useShade(): Shade {
  const system = useSyncExternalStore(subscribe, shadeOfSystem);
  const theme = useUi((state) => state.theme);
  return theme === 'system' ? system : theme;
}

/** Keeps the root element's theme and language as the learner has them. */
export function useRootAttributes(): void {
  const shade = useShade();
  const language = useUi((state) => state.language);
  useEffect(() => {
    document.documentElement.dataset.theme = shade;
    document.documentElement.lang = language;
  }, [shade, language]);
}
