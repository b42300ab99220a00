// The layout as the learner left it: which panes are shown, and (written by the panels themselves) how large they are. Storage may be
// blocked; then the layout lasts as long as the page.

/** Where the sizes of the panes are remembered. */
export const layouts = {
  getItem(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  setItem(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch {
      // See above.
    }
  },
};

/** Panes that can be put away. */
export interface Shown {
  readonly taskShown: boolean;
  readonly filesShown: boolean;
  readonly mapShown: boolean;
}

const key = 'crashloop/shown';

export function shownBefore(): Shown {
  try {
    const { taskShown, filesShown, mapShown } = (JSON.parse(layouts.getItem(key) ?? '{}') ?? {}) as Partial<Shown>;
    return { taskShown: taskShown !== false, filesShown: filesShown === true, mapShown: mapShown === true };
  } catch {
    return { taskShown: true, filesShown: false, mapShown: false };
  }
}

export function rememberShown({ taskShown, filesShown, mapShown }: Shown): void {
  layouts.setItem(key, JSON.stringify({ taskShown, filesShown, mapShown }));
}
