// What leaves the page when the learner asks for it: an address that opens this state, and a report with which it can be repeated.
import { request, useUi, type Notice } from './store.ts';

/** Longer addresses are cut by some programs and refused by others. */
const longestLink = 1 << 20;

/** Says something to the learner, once. */
export function notice(word: Notice): void {
  useUi.setState(({ notices }) => ({ notices: [...notices.filter((each) => each !== word), word] }));
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notice('copied');
  } catch {
    notice('notCopied');
  }
}

/** Copies an address that opens this state in any browser with the same build. */
export async function copyLink(): Promise<void> {
  const state = await useUi.getState().opened?.exportState();
  if (state === undefined) return;
  if (state.length > longestLink) return notice('linkTooLong');
  const address = new URL(location.href);
  address.search = new URLSearchParams({ lab: request.lab }).toString();
  address.hash = `s=${state}`;
  await copy(address.href);
}

/** Copies seed, build and inputs, as `npm run sim -- --replay` takes them. */
export async function copyReport(): Promise<void> {
  const sitting = useUi.getState().opened?.sitting;
  if (sitting) await copy(JSON.stringify(sitting.exportLog()));
}

/** The state in the page's address: null when there is none, `refused` when it is longer than any of ours. */
export function linkedState(): string | 'refused' | null {
  const { hash } = location;
  if (!hash.startsWith('#s=')) return null;
  return hash.length > longestLink + 3 ? 'refused' : hash.slice(3);
}
