// What this course page does with the labs' events: keeps a list of how far the learner has come, and has the labs speak its language.

const words = {
  en: { idle: 'Lab not started', started: 'At work', checked: (passed, all) => `${passed} of ${all} checks pass`, solved: 'Solved' },
  ko: { idle: '시작 전', started: '진행 중', checked: (passed, all) => `확인 항목 ${all}개 중 ${passed}개 통과`, solved: '해결' },
};

/** By the id of the lab's element. */
const progress = new Map([...document.querySelectorAll('[data-lab]')].map((row) => [row.dataset.lab, { state: 'idle' }]));

function draw() {
  const said = words[document.documentElement.lang];
  for (const row of document.querySelectorAll('[data-lab]')) {
    const { state, passed, all } = progress.get(row.dataset.lab);
    row.dataset.state = state;
    row.textContent = state === 'checked' ? said.checked(passed, all) : said[state];
  }
}

function note(event, change) {
  const before = progress.get(event.target.id);
  // What is solved stays solved.
  if (!before || before.state === 'solved') return;
  progress.set(event.target.id, change);
  draw();
}

document.addEventListener('crashloop:started', (event) => note(event, { state: 'started' }));
document.addEventListener('crashloop:check', (event) => {
  const { checks } = event.detail;
  note(event, { state: 'checked', passed: checks.filter(({ pass }) => pass).length, all: checks.length });
});
document.addEventListener('crashloop:solved', (event) => note(event, { state: 'solved' }));

function speak(language) {
  document.documentElement.lang = language;
  for (const button of document.querySelectorAll('[data-speak]')) button.setAttribute('aria-pressed', String(button.dataset.speak === language));
  for (const lab of document.querySelectorAll('crashloop-lab')) lab.setAttribute('lang', language);
  draw();
}

for (const button of document.querySelectorAll('[data-speak]')) button.addEventListener('click', () => speak(button.dataset.speak));
const asked = new URLSearchParams(location.search).get('lang') ?? navigator.language.slice(0, 2);
speak(asked === 'ko' ? 'ko' : 'en');
