// What stands in the frame until the lab does: its name, what it is about, and a button. Plain elements, so that a course page with five labs on it fetches
// next to nothing until one of them is wanted.
import { en } from '../../ui/i18n/en.ts';
import { ko } from '../../ui/i18n/ko.ts';
import type { Language, Theme } from '../embed.d.ts';
import './cover.css';
import { summaryOf, titleOf } from './titles.ts';

const catalogues = { en, ko };

interface Look { readonly language: Language; readonly theme: Theme }

export class Cover {
  language: Language;
  theme: Theme;
  #waiting = false;

  constructor(private readonly root: HTMLElement, private readonly lab: string, { language, theme }: Look, private readonly onStart: () => void) {
    this.language = language;
    this.theme = theme;
    this.#draw();
  }

  show({ language, theme }: Partial<Look>): null {
    this.language = language ?? this.language;
    this.theme = theme ?? this.theme;
    this.#draw();
    return null;
  }

  /** The lab is on its way. */
  wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#draw();
  }

  #draw(): void {
    const words = catalogues[this.language];
    const { dataset } = document.documentElement;
    dataset.theme = this.theme !== 'system' ? this.theme : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    document.documentElement.lang = this.language;
    const title = Object.assign(document.createElement('h1'), { textContent: titleOf(this.lab, this.language) });
    const summary = Object.assign(document.createElement('p'), { textContent: summaryOf(this.lab, this.language) });
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'primary', textContent: words.embed.start, hidden: this.#waiting, onclick: this.onStart });
    const about = Object.assign(document.createElement('p'), { className: 'about', textContent: this.#waiting ? words.loading : words.embed.about });
    about.setAttribute('role', 'status');
    const card = Object.assign(document.createElement('main'), { className: 'card' });
    card.append(title, summary, button, about);
    const cover = Object.assign(document.createElement('div'), { className: 'cover' });
    cover.append(card);
    this.root.replaceChildren(cover);
  }
}
