// The page: home, or a lab; and the dialogs that can be opened from both.
import { lazy, Suspense, useEffect } from 'react';
import { useWords } from './i18n/index.ts';
import { LabView } from './layout/LabView.tsx';
import { listenForShortcuts } from './shortcuts.ts';
import { useUi, useView } from './store.ts';
import { useRootAttributes } from './theme.ts';

const Home = lazy(() => import('./home/Home.tsx'));
const palette = () => import('./palette/Palette.tsx');
const help = () => import('./help/Shortcuts.tsx');
const Timeline = lazy(() => import('./time/Timeline.tsx'));
const Palette = lazy(palette);
const Shortcuts = lazy(help);

export function App() {
  useRootAttributes();
  useTitle();
  useEffect(listenForShortcuts, []);
  useEffect(reloadOnTheWayBack, []);
  useEffect(fetchDialogs, []);
  const atHome = useUi((state) => state.atHome);
  const dialog = useUi((state) => state.dialog);
  return (
    <>
      {atHome ? <Suspense><Home /></Suspense> : <LabView />}
      <Suspense>
        {dialog === 'palette' && <Palette />}
        {dialog === 'shortcuts' && <Shortcuts />}
        {dialog === 'timeline' && <Timeline />}
      </Suspense>
    </>
  );
}

/** What is typed right after the key that opens a dialog is meant for it, so it is fetched before it is asked for, but after the prompt. */
function fetchDialogs(): () => void {
  const timer = setTimeout(() => void Promise.all([palette(), help()]).catch(() => undefined), 1500);
  return () => clearTimeout(timer);
}

/** The browser's tab says which lab it holds. */
function useTitle(): void {
  const words = useWords();
  const lab = useView((view) => view.lab.title);
  useEffect(() => {
    document.title = lab === undefined ? `${words.appName}: ${words.home.title}` : `${lab} · ${words.appName}`;
  }, [lab, words]);
}

/** Going back or forward between home and a lab: a page is one sitting, so it begins anew. */
function reloadOnTheWayBack(): () => void {
  let search = location.search;
  const reload = () => {
    if (location.search !== search) location.reload();
  };
  const remember = useUi.subscribe(() => { search = location.search; });
  window.addEventListener('popstate', reload);
  return () => {
    remember();
    window.removeEventListener('popstate', reload);
  };
}
