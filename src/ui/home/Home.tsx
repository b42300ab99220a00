// The home page: what this is, and the labs. While it is read, the simulation is fetched, so that a lab opens at once.
import { useEffect } from 'react';
import { Brand } from '../Brand.tsx';
import { LanguageChoice, ThemeChoice } from '../Choices.tsx';
import { Keys } from '../help/Keys.tsx';
import { useWords } from '../i18n/index.ts';
import { readProgress } from '../progress.ts';
import { shortcuts, toggleDialog } from '../shortcuts.ts';
import { cards } from './cards.ts';
import { Glimpse } from './Glimpse.tsx';
import styles from './Home.module.css';
import { LabCard } from './LabCard.tsx';
import { prefetchOpenings } from './prefetch.ts';

export default function Home() {
  const words = useWords();
  useEffect(prefetchOpenings, []);
  const progress = readProgress();
  return (
    <div className={styles.page}>
      <header className={styles.top}>
        <Brand />
        <span className={styles.choices}>
          <LanguageChoice />
          <ThemeChoice />
        </span>
      </header>
      <main className={styles.main}>
        <div className={styles.intro}>
          <div>
            <h1>{words.home.title}</h1>
            <p className={styles.about}>{words.home.about}</p>
          </div>
          <Glimpse />
        </div>
        <section aria-label={words.home.labs} className={styles.labs}>
          {cards.map((lab, at) => <LabCard key={lab.id} lab={lab} solved={progress[lab.id]} isFirst={at === 0} />)}
        </section>
        <ul className={styles.facts}>
          {words.home.facts.map(({ title, text }) => (
            <li key={title}>
              <h2>{title}</h2>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className={styles.foot}>
        <button type="button" className="quiet" onClick={() => toggleDialog('shortcuts')}>{words.shortcuts.title} <Keys keys={shortcuts.help} /></button>
        <button type="button" className="quiet" onClick={() => toggleDialog('palette')}>{words.shortcuts.palette} <Keys keys={shortcuts.palette} /></button>
      </footer>
    </div>
  );
}
