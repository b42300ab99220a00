// The pane of a lab without tasks: what the cluster is, and what one could do to it. A press types the command.
import { useState } from 'react';
import type { LabView } from '../../session/host/index.ts';
import { useWords } from '../i18n/index.ts';
import { useDesk } from '../terminal/desk.ts';
import { typeCommand } from '../terminal/typeCommand.ts';
import { ideas } from './ideas.ts';
import styles from './Ideas.module.css';

const names = Object.keys(ideas) as (keyof typeof ideas)[];

export function Ideas({ lab }: { lab: LabView }) {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  return (
    <>
      <h2 className={styles.title}>{lab.title}</h2>
      <p>{lab.summary}</p>
      <section className={styles.ideas} aria-label={words.ideas.title}>
        <h3>{words.ideas.title}</h3>
        <ul>
          {names.map((name) => (
            <li key={name}>
              <button type="button" title={words.map.click} onClick={() => setBusy(!typeCommand(ideas[name], useDesk.getState().front))}>
                {words.ideas[name]}
                <code>{ideas[name]}</code>
              </button>
            </li>
          ))}
        </ul>
        <p role="status" className={busy ? styles.busy : 'unseen'}>{busy ? words.map.busy : ''}</p>
        <p className={styles.about}>{words.ideas.about}</p>
      </section>
    </>
  );
}
