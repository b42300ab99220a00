// What leaves the page when the learner asks for it, and comes back: an address or a file that opens this state, a report with which it can
// be repeated, the terminal as a recording.
import { takeState } from './lab.ts';
import { longestLink } from './link.ts';
import { notice, request, useUi } from './store.ts';
import { useDesk } from './terminal/desk.ts';
import { castOf } from './time/cast.ts';

/** Packed, days of work come to less than this. */
const longestFile = 5 << 20;

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

function saveFile(text: string, name: string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser reads it after the click; there is nobody to tell when it has.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Saves this state as a file, for another day or where nothing is kept. */
export async function saveState(): Promise<void> {
  const state = await useUi.getState().opened?.exportState();
  if (state !== undefined) saveFile(state, `${request.lab}.crashloop`, 'application/octet-stream');
}

/** Saves what the terminal in front printed, as an asciicast. */
export function saveCast(): void {
  const sitting = useUi.getState().opened?.sitting;
  const { front, seats } = useDesk.getState();
  const name = seats.length > 1 ? `${request.lab}-${front.replace('/', '-')}` : request.lab;
  if (sitting) saveFile(castOf(sitting.recording(front), sitting.view.lab.title), `${name}.cast`, 'application/x-asciicast');
}

/** What stood here before a file was opened, for whoever thinks better of it. */
let before: string | null = null;

/** Asks for a file and goes on from the state in it. */
export function openFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.crashloop';
  input.onchange = () => void openState(input.files?.[0]);
  input.click();
}

async function openState(file: File | undefined): Promise<void> {
  if (!file) return;
  useUi.setState({ dialog: null });
  try {
    if (file.size > longestFile) throw new RangeError('It is larger than any state.');
    const was = await useUi.getState().opened?.exportState();
    await takeState((await file.text()).trim());
    before = was ?? null;
    notice('stateOpened');
  } catch {
    notice('badFile');
  }
}

/** Back to what stood here before a file was opened. */
export async function takeBack(): Promise<void> {
  const state = before;
  before = null;
  useUi.setState(({ notices }) => ({ notices: notices.filter((each) => each !== 'stateOpened') }));
  if (state !== null) await takeState(state);
}
