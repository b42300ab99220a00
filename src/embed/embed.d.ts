// What a page that embeds a lab may rely on. The build ships this file beside embed.js; API.md tells the same in prose.

export type Language = 'en' | 'ko';
export type Theme = 'system' | 'light' | 'dark' | 'contrast';

/** What the frame's address may say; every attribute of `<crashloop-lab>` and every option of `embed()` ends up there. */
export interface FrameOptions {
  /** Which lab: `control-plane-failure` or `sandbox`. */
  lab?: string;
  /** Task to begin with, from 1. */
  task?: number;
  /** The learner's own language where it is left out. */
  lang?: Language;
  theme?: Theme;
  /** `auto` shows the task beside the terminal where there is room, and tabs where there is not. */
  layout?: 'auto' | 'split' | 'tabs' | 'terminal';
  /** When the simulation is fetched and started: on a click (the default), once it is seen, or at once. */
  run?: 'click' | 'visible' | 'load';
  /** What is left out: `header`, `clock`, `undo`, `editor`, `reset`, `timer`, `link`. */
  hide?: readonly ('header' | 'clock' | 'undo' | 'editor' | 'reset' | 'timer' | 'link')[];
  /** Where the learner's work is kept: in the browser's storage for Crashloop's site, by the host (`getState`), or nowhere. */
  progress?: 'local' | 'host' | 'none';
  hints?: 'on' | 'off';
  solution?: 'on' | 'solved' | 'off';
  /** Seconds to count down from once the lab has started. Nothing happens at zero but a word. */
  timer?: number;
  /** A command that stands at the first prompt, ready to be run. */
  cmd?: string;
}

export interface EmbedOptions extends FrameOptions {
  /** What screen readers call the frame. */
  title?: string;
  /** Height of the frame in pixels (520 unless told). */
  height?: number;
  /** Lets the frame grow to what its content needs, between `height` and this many pixels. */
  grow?: number;
  /** Gives the frame an origin of its own (`sandbox="allow-scripts"`): it can then reach nothing of anyone's, and keeps nothing. */
  sandboxed?: boolean;
  /** Another copy of Crashloop than the one that served embed.js. */
  base?: string;
}

export interface RunResult {
  /** What the terminal printed, escape sequences taken out. */
  readonly output: string;
  readonly exitCode: number;
}

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly pass: boolean;
  /** What was seen instead, when it did not pass. */
  readonly seen: string;
}

export interface Grade {
  readonly solved: boolean;
  readonly checks: readonly CheckResult[];
}

/** In every event: the protocol's version, the lab, and the task (from 1; 0 in a lab without tasks) that it is about. */
export interface EventBase {
  readonly v: 1;
  readonly lab: string;
  readonly task: number;
}

export interface LabEvents {
  /** The frame answers. The simulation may not have started yet. */
  ready: EventBase & { readonly lang: Language };
  /** The first prompt stands. */
  started: EventBase & { readonly title: string; readonly tasks: number };
  /** A command of the learner, or of `run`, has ended. `exitCode` is -1 where it is not known, of all but the last of pasted lines. */
  command: EventBase & { readonly command: string; readonly exitCode: number };
  /** The learner, or the host, asked for a grading. */
  check: EventBase & Grade;
  /** All checks of the task passed. `last`: it was the last task. */
  solved: EventBase & { readonly last: boolean };
  /** A hint was revealed; this is its text (Markdown), and how many that makes. */
  hint: EventBase & { readonly count: number; readonly text: string };
  reset: EventBase & { readonly scope: 'task' | 'lab' };
  /** What the content needs, in pixels. */
  resize: EventBase & { readonly height: number };
  error: EventBase & { readonly message: string };
}

export type EventName = keyof LabEvents;

/** A lab in a frame. Every method waits until the frame answers; all but `start` and the setters start the lab if need be. */
export interface Lab {
  readonly frame: HTMLIFrameElement;
  start(): Promise<void>;
  reset(scope?: 'task' | 'lab'): Promise<void>;
  /** Types a command at the prompt, as the learner would, and waits for its end. Fails where something else has the terminal. */
  run(command: string): Promise<RunResult>;
  /** Keys, as typed: `\r` is Enter, `\x03` is Ctrl+C. */
  type(keys: string): Promise<void>;
  check(): Promise<Grade>;
  /** Reveals the next hint; null when there is none for the state the cluster is in. */
  hint(): Promise<string | null>;
  /** Takes back the last command; false when there was none. */
  undo(): Promise<boolean>;
  /** Lets time run on until something happens that is worth waiting for, and tells what: `kube-scheduler: exited` (or started, restarted). Null: nothing in ten minutes. */
  skip(): Promise<string | null>;
  /** Time then moves only while a command runs. */
  pause(paused?: boolean): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  setLang(lang: Language): Promise<void>;
  /** All of the learner's work as text, for `setState` of the same lab. Opaque: store it, do not read it. */
  getState(): Promise<string>;
  setState(state: string): Promise<void>;
  on<K extends EventName>(name: K, listener: (event: LabEvents[K]) => void): () => void;
  off<K extends EventName>(name: K, listener: (event: LabEvents[K]) => void): void;
  /** Removes the frame and ends everything that waits. */
  destroy(): void;
}

/** Puts a lab into an element (or the first that a selector finds), in place of what stands there. Resolves once the frame answers. */
export function embed(target: Element | string, options?: EmbedOptions): Promise<Lab>;

/** `<crashloop-lab lab="…" task="2" lang="ko">`: the options are attributes; each event is a bubbling `crashloop:<name>`, too. */
export interface CrashloopLabElement extends HTMLElement {
  /** The lab, once its frame answers. */
  readonly lab: Promise<Lab>;
}

declare global {
  interface HTMLElementTagNameMap {
    'crashloop-lab': CrashloopLabElement;
  }
}

// For those who load embed.js by a plain script element.
export as namespace Crashloop;
