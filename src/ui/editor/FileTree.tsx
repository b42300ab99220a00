// The node's files as a tree, read from the node as it is opened up and again as things change there. Arrow keys walk it, as in any tree.
import { useEffect, useState } from 'react';
import type { FileEntry } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import { useSitting, useUi, useView } from '../store.ts';
import { openFile } from './commands.ts';
import styles from './FileTree.module.css';
import { detailsOf, foldersOf, inOrder, join, visibleRows } from './tree.ts';

export function FileTree() {
  const words = useWords();
  const sitting = useSitting();
  useView((view) => view.revision);
  const front = useUi((state) => state.documents.find(({ key }) => key === state.active)?.path);
  const { open, toggle, at, setAt } = usePlace(front);
  const [unreadable, setUnreadable] = useState('');
  useEffect(() => {
    document.getElementById(idOf(at))?.scrollIntoView({ block: 'nearest' });
  }, [at, sitting]);
  if (!sitting) return null;
  const rows = visibleRows((path) => inOrder(sitting.listDir(path)), open);

  const activate = (path: string, entry: FileEntry) => {
    setAt(path);
    if (entry.type === 'dir') toggle(path);
    else setUnreadable(openFile(path) ? '' : words.editor.unreadable(path));
  };
  const goTo = (path: string | undefined) => {
    if (path === undefined) return;
    setAt(path);
    document.getElementById(idOf(path))?.focus();
  };
  const onKeyDown = (event: React.KeyboardEvent, index: number) => {
    const { path, entry } = rows[index]!;
    const isOpen = open.has(path);
    const keys: Record<string, () => void> = {
      ArrowDown: () => goTo(rows[index + 1]?.path),
      ArrowUp: () => goTo(rows[index - 1]?.path),
      Home: () => goTo(rows[0]?.path),
      End: () => goTo(rows.at(-1)?.path),
      ArrowRight: () => (entry.type === 'dir' && !isOpen ? toggle(path, true) : goTo(rows[index + 1]?.path)),
      ArrowLeft: () => (isOpen ? toggle(path, false) : goTo(join(path, '..'))),
      Enter: () => activate(path, entry),
      ' ': () => activate(path, entry),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]!();
  };
  const stop = rows.some(({ path }) => path === at) ? at : rows[0]?.path;

  return (
    <nav className={styles.files} aria-label={words.editor.filesLabel}>
      <ul role="tree" aria-label={words.editor.filesLabel}>
        {rows.map(({ path, entry, depth }, index) => (
          <li
            key={path} id={idOf(path)} role="treeitem" aria-level={depth} aria-selected={path === front} tabIndex={path === stop ? 0 : -1}
            {...(path === stop && { 'data-first': true })} {...(entry.type === 'dir' && { 'aria-expanded': open.has(path) })}
            style={{ paddingLeft: 4 + 13 * (depth - 1) }} title={detailsOf(entry, words.tree)}
            onClick={() => activate(path, entry)} onKeyDown={(event) => onKeyDown(event, index)}
          >
            <span aria-hidden="true" className={styles.mark}>{entry.type === 'dir' ? (open.has(path) ? '▾' : '▸') : entry.type === 'link' ? '↗' : ''}</span>
            {entry.name}
          </li>
        ))}
      </ul>
      <p role="status" className={styles.word}>{unreadable}</p>
    </nav>
  );
}

/** Which folders are open, and which row has the keyboard. What stands in the editor is seen in the tree, whoever opened it. */
function usePlace(front: string | undefined) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(['/', '/etc', '/etc/kubernetes']));
  const [at, setAt] = useState('/etc/kubernetes');
  const [revealed, setRevealed] = useState<string>();
  if (front !== undefined && front !== revealed) {
    setRevealed(front);
    setOpen(new Set([...open, ...foldersOf(front)]));
    setAt(front);
  }
  const toggle = (path: string, want = !open.has(path)) => {
    const next = new Set(open);
    if (want) next.add(path);
    else next.delete(path);
    setOpen(next);
  };
  return { open, toggle, at, setAt };
}

const idOf = (path: string) => `file:${path}`;
