// Lab texts are Markdown. micromark escapes HTML and drops dangerous links by itself, so what it returns is safe to show.
import { micromark } from 'micromark';
import { useMemo } from 'react';
import styles from './Markdown.module.css';

export function Markdown({ text }: { text: string }) {
  const html = useMemo(() => micromark(text), [text]);
  return <div className={styles.markdown} dangerouslySetInnerHTML={{ __html: html }} />;
}
