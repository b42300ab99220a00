// What a host's calls do to a running lab: the same as the learner's own clicks and keys, so that the frame shows all of it.
import type { Sitting } from '../../session/host/index.ts';
import { check, resetLab, resetTask, revealHint } from '../../ui/lab.ts';
import { useUi } from '../../ui/store.ts';
import type { Answer, Argument, Method } from '../protocol.ts';
import { gradeOf } from './grade.ts';
import { run } from './run.ts';

export type Actions = { readonly [M in Method]: (argument: Argument<M>) => Answer<M> | Promise<Answer<M>> };

/** The calls that end with nothing to tell. */
const quietly = (act: () => void) => {
  act();
  return null;
};

export function actionsOn(sitting: Sitting): Actions {
  return {
    start: () => null,
    reset: (scope) => quietly(scope === 'lab' ? resetLab : resetTask),
    run: (command) => run(sitting, command),
    type: (keys) => quietly(() => sitting.type(keys)),
    async check() {
      const { lab, task } = sitting.view;
      return gradeOf(lab, task, await check());
    },
    hint() {
      if (!useUi.getState().offers.hints) throw new Error('Hints are off in this frame.');
      return revealHint();
    },
    undo: () => sitting.undo(),
    setTheme: (theme) => quietly(() => useUi.setState({ theme })),
    // Not remembered, as a learner's own choice would be: it is the host's.
    setLang: (language) => quietly(() => {
      useUi.setState({ language });
      sitting.setLanguage(language);
    }),
  };
}
