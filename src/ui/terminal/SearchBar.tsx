// Searching what the terminal has printed, scrollback included. Its chunk brings xterm's search along and comes when it is first opened.
import { SearchAddon } from '@xterm/addon-search';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { useShade } from '../theme.ts';
import { searchColours } from './colours.ts';
import { frontView, useDesk } from './desk.ts';
import styles from './SearchBar.module.css';

/** The search of the terminal in front, and how many matches it has found. */
function useSearch() {
  const front = useDesk((desk) => desk.front);
  const addon = useRef<SearchAddon>(null);
  const [found, setFound] = useState<{ at: number; of: number } | null>(null);
  useEffect(() => {
    const view = frontView();
    if (!view) return;
    const search = new SearchAddon();
    addon.current = search;
    view.xterm.loadAddon(search);
    search.onDidChangeResults(({ resultIndex, resultCount }) => setFound({ at: resultIndex + 1, of: resultCount }));
    return () => search.dispose();
  }, [front]);
  return { addon, found, clear: () => setFound(null) };
}

export default function SearchBar() {
  const words = useWords().terminal;
  const shade = useShade();
  const [text, setText] = useState('');
  const { addon, found, clear } = useSearch();
  const options = { decorations: searchColours(shade) };
  const close = () => {
    useDesk.setState({ searching: false });
    frontView()?.xterm.focus();
  };
  const change = (wanted: string) => {
    setText(wanted);
    if (wanted !== '') addon.current?.findPrevious(wanted, { ...options, incremental: true });
    else {
      addon.current?.clearDecorations();
      clear();
    }
  };
  const previous = () => addon.current?.findPrevious(text, options);
  const next = () => addon.current?.findNext(text, options);
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) (event.shiftKey ? next : previous)();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <search className={styles.bar} onKeyDown={onKeyDown}>
      {/* One opens it to type into it. */}
      {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
      <input autoFocus type="search" aria-label={words.searchFor} placeholder={words.searchFor} value={text} onChange={(event) => change(event.target.value)} autoComplete="off" autoCapitalize="off" spellCheck={false} />
      <span role="status" className={styles.found}>{found ? words.matches(found.at, found.of) : ''}</span>
      <button type="button" className="quiet" title={words.previous} aria-label={words.previous} onClick={previous}>↑</button>
      <button type="button" className="quiet" title={words.nextMatch} aria-label={words.nextMatch} onClick={next}>↓</button>
      <button type="button" className="quiet" title={words.closeSearch} aria-label={words.closeSearch} onClick={close}>✕</button>
    </search>
  );
}
