// What a host's calls do to a running lab: the same as the learner's own clicks and keys, so that the frame shows all of it.
import type { Sitting } from '../../session/host/index.ts';
import { wordsOf } from '../../ui/i18n/index.ts';
import { check, resetLab, resetTask, revealHint, takeState } from '../../ui/lab.ts';
import { useUi } from '../../ui/store.ts';
import { limits, type Answer, type Argument, type Method } from '../protocol.ts';
import { gradeOf } from './grade.ts';

export type Actions = { readonly [M in Method]: (argument: Argument<M>) => Answer<M> | Promise<Answer<M>> };

/** Readline's keys for the end of the line and for killing all before it: what a learner was typing does not become part of a command. */
const clearLine = '\x05\x15';

/** The calls that end with nothing to tell. */
const quietly = (act: () => void) => {
  act();
  return null;
};

/** A state that was brought in is another sitting. */
const opened = () => useUi.getState().opened!;

async function run(sitting: Sitting, command: string): Promise<Answer<'run'>> {
  // eslint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(command)) throw new Error('A command is one line.');
  if (!sitting.shellWaits) throw new Error('The shell is busy: something else has the terminal.');
  sitting.type(clearLine);
  const { output, exitCode } = await sitting.run(command);
  return { output: output.slice(0, limits.output), exitCode: exitCode ?? -1 };
}

/** What a skip ended at, in words. */
async function skip(sitting: Sitting): Promise<string | null> {
  const skipped = await sitting.skip();
  if (skipped.kind === 'mark') return `${skipped.mark.name}: ${skipped.mark.word ?? skipped.mark.kind}`;
  return skipped.kind === 'prompt' ? wordsOf(useUi.getState().language).embed.commandEnded : null;
}

async function setState(state: string): Promise<null> {
  await takeState(state);
  return null;
}

export function actions(): Actions {
  const sitting = () => opened().sitting;
  let speed = 1;
  return {
    start: () => null,
    reset: (scope) => quietly(scope === 'lab' ? resetLab : resetTask),
    run: (command) => run(sitting(), command),
    type: (keys) => quietly(() => sitting().type(keys)),
    async check() {
      const { lab, task } = sitting().view;
      return gradeOf(lab, task, await check());
    },
    hint() {
      if (!useUi.getState().offers.hints) throw new Error('Hints are off in this frame.');
      return revealHint();
    },
    undo: () => sitting().undo(),
    skip: () => skip(sitting()),
    pause: (paused) => quietly(() => {
      speed = sitting().view.speed || speed;
      sitting().setSpeed(paused ? 0 : speed);
    }),
    setTheme: (theme) => quietly(() => useUi.setState({ theme })),
    // Not remembered, as a learner's own choice would be: it is the host's.
    setLang: (language) => quietly(() => {
      useUi.setState({ language });
      sitting().setLanguage(language);
    }),
    getState: () => opened().exportState(),
    setState,
  };
}
