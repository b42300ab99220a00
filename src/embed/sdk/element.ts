// `<crashloop-lab>`: the frame stands in a shadow root, so what the page wrote inside the element (a link, a picture) is what those see
// whose browser does not run scripts.
import type { CrashloopLabElement, Lab, Language, Theme } from '../embed.d.ts';
import { optionsOf } from './address.ts';
import { embed } from './embed.ts';

/** The element's class for a copy of Crashloop at `base`. */
export function labElement(base: string): new () => CrashloopLabElement {
  return class extends HTMLElement implements CrashloopLabElement {
    static readonly observedAttributes = ['lang', 'theme'];
    readonly #shadow = this.attachShadow({ mode: 'open' });
    #lab: ReturnType<typeof embed> | undefined;

    get lab(): Promise<Lab> {
      return this.#lab?.lab ?? Promise.reject(new Error('The element is not in a page.'));
    }

    connectedCallback(): void {
      this.style.display ||= 'block';
      this.#lab = embed(this.#shadow, base, optionsOf(this), (name, detail) => {
        this.dispatchEvent(new CustomEvent(`crashloop:${name}`, { bubbles: true, composed: true, detail }));
      });
      // Whoever asks for `lab` learns why there is none; nobody has to.
      this.#lab.lab.catch(() => undefined);
    }

    disconnectedCallback(): void {
      this.#lab?.destroy();
      this.#lab = undefined;
    }

    attributeChangedCallback(name: string, _: string | null, value: string | null): void {
      if (!this.#lab || value === null) return;
      // A value that the frame does not know is refused there; the element keeps what it shows.
      void this.#lab.lab.then((lab) => (name === 'lang' ? lab.setLang(value as Language) : lab.setTheme(value as Theme))).catch(() => undefined);
    }
  };
}
