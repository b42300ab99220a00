// A dialog over the page. The browser's own keeps the keyboard inside, closes with Escape and gives the focus back to where it was.
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Dialog.module.css';
import { useUi } from './store.ts';

export const closeDialog = (): void => useUi.setState({ dialog: null });

export function Dialog({ label, children }: { label: string; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    element.querySelector<HTMLElement>('[data-first]')?.focus();
    // Closing gives the focus back, as long as the element is still in the page.
    return () => element.close();
  }, []);
  return (
    // One that has left the page already, for another dialog say, has nothing to close any more.
    // A press on the backdrop is one on the dialog itself; by keyboard, Escape does the same.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <dialog ref={dialog} aria-label={label} className={styles.dialog} onClose={() => dialog.current && closeDialog()} onClick={(event) => event.target === dialog.current && closeDialog()}>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}
