// A lab in somebody else's page: the course page that is our example, frames with an origin of their own, blocked storage, several on a
// page, and hosts and frames that mean ill.
import { gunzipSync } from 'node:zlib';
import { expect, test, type Frame, type Page } from '@playwright/test';
import definition from '../src/labs/control-plane-failure/lab.json' with { type: 'json' };
import english from '../src/labs/control-plane-failure/en.json' with { type: 'json' };
import type { Lab, LabEvents } from '../src/embed/embed.d.ts';
import { openHosts, type Hosts } from './hosts.ts';
import { violations } from './violations.ts';

let hosts: Hosts;
test.beforeAll(async () => { hosts = await openHosts(); });
test.afterAll(() => hosts.close());

type Heard = { [K in keyof LabEvents]: { name: K; detail: LabEvents[K] } }[keyof LabEvents];

declare global {
  interface Window {
    heard: Heard[];
    lab: Promise<Lab>;
    /** Everything that came through any port, as text. */
    messages: string[];
  }
}

/** A page with one lab, whose events are kept; `window.lab` is the lab. */
async function embed(page: Page, attributes: string): Promise<void> {
  hosts.body = `<script nonce="page">
    window.heard = []; window.messages = [];
    const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
    Object.defineProperty(MessagePort.prototype, 'onmessage', { set(listener) { set.call(this, (event) => { messages.push(JSON.stringify(event.data)); listener(event); }); } });
  </script>
  <script src="${hosts.site}/embed.js"></script>
  <crashloop-lab lab="control-plane-failure" lang="en" ${attributes}><a href="${hosts.site}/?lab=control-plane-failure">The lab</a></crashloop-lab>
  <script nonce="page">
    const element = document.querySelector('crashloop-lab');
    window.lab = element.lab;
    for (const name of ['ready', 'started', 'command', 'check', 'solved', 'hint', 'reset', 'resize', 'error']) element.addEventListener('crashloop:' + name, ({ detail }) => heard.push({ name, detail }));
  </script>`;
  await page.goto(hosts.host);
}

/** Waits for an event that the host heard. */
async function heard<K extends keyof LabEvents>(page: Page, name: K, timeout = 60_000): Promise<LabEvents[K]> {
  await expect.poll(() => page.evaluate((name) => window.heard.some((each) => each.name === name), name), { timeout, message: `event ${name}` }).toBe(true);
  return page.evaluate((name) => window.heard.findLast((each) => each.name === name)!.detail, name) as Promise<LabEvents[K]>;
}

const call = <T>(page: Page, ask: (lab: Lab) => Promise<T>): Promise<T> => page.evaluate(`window.lab.then(${ask.toString()})`) as Promise<T>;

const frameOf = (page: Page): Frame => page.frames().find((frame) => frame.url().includes('/embed.html'))!;

/** What the browser complained of, but for what a host without CORS cannot give. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error') found.push(message.text()); });
  page.on('pageerror', ({ message }) => found.push(message));
  return found;
}

for (const { language, start, solved, idle } of [{ language: 'en', start: 'Start the lab', solved: 'Solved', idle: 'Lab not started' }, { language: 'ko', start: '실습 시작', solved: '해결', idle: '시작 전' }]) {
  test(`the course page hears what its learners do: ${language}`, async ({ page }) => {
    test.setTimeout(180_000);
    const errors = complaints(page);
    await page.goto(`./examples/course.html?lang=${language}`);
    const rows = page.locator('[data-lab]');
    await expect(rows).toHaveText([idle, idle]);
    await page.frameLocator('#first iframe').getByRole('button', { name: start }).click();
    await expect(rows.first()).not.toHaveText(idle, { timeout: 60_000 });
    await page.evaluate(async () => {
      const lab = await document.querySelector<HTMLElementTagNameMap['crashloop-lab']>('#first')!.lab;
      await lab.run('sed -i s/schedulerrr/scheduler/ /etc/kubernetes/manifests/kube-scheduler.yaml');
    });
    const frame = page.frameLocator('#first iframe');
    await frame.getByRole('button', { name: '60×' }).click();
    await expect(async () => {
      await page.evaluate(() => document.querySelector<HTMLElementTagNameMap['crashloop-lab']>('#first')!.lab.then((lab) => lab.check()));
      await expect(rows.first()).toHaveText(solved, { timeout: 1000 });
    }).toPass({ timeout: 90_000, intervals: [2000] });
    await expect(rows.last()).toHaveText(idle);
    await expect(page.frameLocator('#second iframe').getByRole('button', { name: start })).toBeVisible();
    expect(errors).toEqual([]);
  });
}

test('the course page and its labs change language together', async ({ page }) => {
  await page.goto('./examples/course.html?lang=en');
  await expect(page.frameLocator('#first iframe').getByRole('button', { name: 'Start the lab' })).toBeVisible();
  await page.getByRole('button', { name: '한국어' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('컨트롤 플레인이 아플 때');
  await expect(page.frameLocator('#first iframe').getByRole('button', { name: '실습 시작' })).toBeVisible();
});

test('a frame with an origin of its own, on a host that sends no CORS headers, under strict policies', async ({ page }) => {
  const errors = complaints(page);
  const opening = page.waitForResponse(/openings\/control-plane-failure-.*\.js$/);
  await embed(page, 'sandboxed run="load"');
  expect((await opening).ok(), 'the lab opens from what the build kept, not from a boot of its own').toBe(true);
  expect(await heard(page, 'started')).toEqual({ v: 1, lab: 'control-plane-failure', task: 1, title: english.title, tasks: 3 });
  expect(await page.locator('crashloop-lab').evaluate((element) => element.shadowRoot!.querySelector('iframe')!.getAttribute('sandbox'))).toBe('allow-scripts');
  const frame = frameOf(page);
  await expect(frame.getByText('This browser keeps nothing')).toBeVisible();
  expect(await frame.evaluate(() => { try { return typeof localStorage; } catch { return 'blocked'; } })).toBe('blocked');

  expect(await call(page, (lab) => lab.run('echo one; echo two >&2; (exit 3)'))).toEqual({ output: 'one\ntwo\n', exitCode: 3 });
  expect(await call(page, (lab) => lab.run('hostname'))).toEqual({ output: 'controlplane\n', exitCode: 0 });
  await call(page, (lab) => lab.type('vi /etc/hosts\r'));
  await expect(frame.locator('.monaco-editor.focused')).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => frame.locator('.monaco-editor .view-lines').textContent()).toContain('localhost');
  expect(errors).toEqual([]);
});

test('storage that throws costs nothing but memory', async ({ page }) => {
  await page.addInitScript(() => {
    const deny = { get() { throw new DOMException('denied', 'SecurityError'); } };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore']) Object.defineProperty(window, name, deny);
    Object.defineProperty(document, 'cookie', deny);
  });
  await embed(page, 'run="load"');
  await heard(page, 'started');
  expect(await call(page, (lab) => lab.run('echo kept > note; cat note'))).toEqual({ output: 'kept\n', exitCode: 0 });
});

test('of several on a page, those start that are clicked or seen', async ({ page }) => {
  hosts.body = `<script src="${hosts.site}/embed.js"></script>
    ${['run="visible"', 'run="click"', 'run="visible"'].map((run, at) => `<crashloop-lab id="lab${at}" lab="sandbox" lang="en" height="400" progress="none" ${run}></crashloop-lab>`).join('<p>text</p>')}`;
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.goto(hosts.host);
  const prompt = (at: number) => page.frameLocator(`#lab${at} iframe`).locator('.xterm-rows').getByText('controlplane ~');
  await expect(prompt(0).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.frameLocator('#lab1 iframe').getByRole('button', { name: 'Start the lab' })).toBeVisible();
  await expect(prompt(1)).toHaveCount(0);
  await page.frameLocator('#lab1 iframe').getByRole('button', { name: 'Start the lab' }).click();
  await expect(prompt(1).first()).toBeVisible({ timeout: 60_000 });
  await expect(prompt(2)).toHaveCount(0);
  await page.locator('#lab2').scrollIntoViewIfNeeded();
  await expect(prompt(2).first()).toBeVisible({ timeout: 60_000 });
});

test('parameters: what is hidden, what is offered, what stands at the prompt; bad values are named', async ({ page }) => {
  const warnings: string[] = [];
  page.on('console', (message) => { if (message.type() === 'warning') warnings.push(message.text()); });
  await embed(page, 'run="load" hide="clock,undo,frills" hints="off" solution="off" theme="dark" timer="600" cmd="kubectl get po" progress="none" layout="sideways" grow="1200"');
  const { height } = await heard(page, 'resize');
  expect(height).toBeGreaterThan(300);
  await heard(page, 'started');
  const frame = frameOf(page);
  await expect(frame.getByRole('button', { name: 'Check' })).toBeVisible();
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  for (const name of ['Undo', 'Show a hint', 'Show the solution', '60×']) await expect(frame.getByRole('button', { name })).toHaveCount(0);
  await expect(frame.getByRole('timer')).toHaveText(/^0?9:\d\d$|^10:00$/);
  await expect(frame.locator('.xterm-rows')).toContainText('kubectl get po');
  await expect(frame.getByText('This browser keeps nothing')).toHaveCount(0);
  expect(warnings.filter((text) => text.startsWith('crashloop:'))).toEqual([
    'crashloop: layout="sideways" is not one of auto, split, tabs, terminal',
    'crashloop: hide="frills" is not of header, clock, undo, editor, reset, timer, link',
  ]);
  await expect(call(page, (lab) => lab.hint())).rejects.toThrow('Hints are off');
  // The frame has grown to what it asked for last.
  await expect.poll(async () => {
    const wanted = await page.evaluate(() => (window.heard.findLast(({ name }) => name === 'resize')!.detail as LabEvents['resize']).height);
    return Math.max(520, wanted) - (await page.locator('crashloop-lab iframe').boundingBox())!.height;
  }).toBe(0);
});

for (const [theme, lang, words] of (['light', 'dark', 'contrast'] as const).flatMap((theme) => [
  [theme, 'en', { start: 'Start the lab', check: 'Check', task: 'Task' }] as const,
  [theme, 'ko', { start: '실습 시작', check: '확인하기', task: '과제' }] as const,
])) {
  test(`nothing in the frame stands in anyone's way: ${theme}, ${lang}`, async ({ page }) => {
    await page.goto(`./embed.html?lab=control-plane-failure&lang=${lang}&theme=${theme}&timer=600&progress=none`);
    await expect(page.getByRole('button', { name: words.start })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: words.start }).click();
    await expect(page.getByRole('button', { name: words.check, exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('.xterm-rows')).toContainText('controlplane ~');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 600 });
    await page.getByRole('button', { name: words.task, exact: true }).click();
    await expect(page.getByRole('button', { name: words.check, exact: true })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
}

test('a host does what the learner could: hints, undo, reset, theme, language', async ({ page }) => {
  await embed(page, 'run="load" progress="none"');
  await heard(page, 'started');
  const hint = await call(page, (lab) => lab.hint());
  expect(await heard(page, 'hint')).toEqual({ v: 1, lab: 'control-plane-failure', task: 1, count: 1, text: hint });
  await call(page, (lab) => lab.run('touch here'));
  expect(await call(page, (lab) => lab.run('ls here'))).toEqual({ output: 'here\n', exitCode: 0 });
  expect(await call(page, (lab) => lab.undo())).toBe(true);
  expect(await call(page, (lab) => lab.undo())).toBe(true);
  expect((await call(page, (lab) => lab.run('ls here'))).exitCode).toBe(2);
  await call(page, (lab) => lab.reset('lab'));
  expect((await heard(page, 'reset')).scope).toBe('lab');
  const { solved, checks } = await call(page, (lab) => lab.check());
  expect(solved).toBe(false);
  expect(await heard(page, 'check')).toEqual({ v: 1, lab: 'control-plane-failure', task: 1, solved, checks });
  await call(page, (lab) => lab.setLang('ko'));
  await expect(frameOf(page).getByRole('button', { name: '확인하기' })).toBeVisible();
  await call(page, (lab) => lab.setTheme('dark'));
  await expect(frameOf(page).locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(call(page, (lab) => lab.setTheme('pink' as 'dark'))).rejects.toThrow('There is no such call');
  await call(page, async (lab) => lab.destroy());
  await expect(page.locator('crashloop-lab iframe')).toHaveCount(0);
});

test('every command is told, the learner’s and the host’s; undo is none', async ({ page }) => {
  await embed(page, 'run="load" progress="none"');
  await heard(page, 'started');
  await call(page, (lab) => lab.run('cat /nowhere'));
  await frameOf(page).locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('echo by hand');
  await page.keyboard.press('Enter');
  const commands = () => page.evaluate(() => window.heard.filter(({ name }) => name === 'command').map(({ detail }) => detail));
  const told = (command: string, exitCode: number) => ({ v: 1, lab: 'control-plane-failure', task: 1, command, exitCode });
  await expect.poll(commands).toEqual([told('cat /nowhere', 1), told('echo by hand', 0)]);
  expect(await call(page, (lab) => lab.undo())).toBe(true);
  await call(page, (lab) => lab.run('echo by hand'));
  await expect.poll(commands).toEqual([told('cat /nowhere', 1), told('echo by hand', 0), told('echo by hand', 0)]);
});

test('a state goes out and comes back; what is none changes nothing', async ({ page }) => {
  await embed(page, 'run="load" progress="host"');
  await heard(page, 'started');
  await call(page, (lab) => lab.run('echo first > note'));
  const state = await call(page, (lab) => lab.getState());
  expect(state).toMatch(/^[\w-]+$/);
  expect(state.length).toBeLessThan(20_000);
  await call(page, (lab) => lab.run('echo second > note'));
  for (const bad of ['', 'rubbish', state.slice(0, -20)]) {
    await expect(page.evaluate(([bad]) => window.lab.then((lab) => lab.setState(bad!)), [bad])).rejects.toThrow('not a state of a lab');
  }
  expect((await call(page, (lab) => lab.run('cat note'))).output).toBe('second\n');
  await page.evaluate(([state]) => window.lab.then((lab) => lab.setState(state!)), [state]);
  expect((await call(page, (lab) => lab.run('cat note'))).output).toBe('first\n');

  // Another visit, of somebody who brings the state along.
  await embed(page, 'run="load" progress="host"');
  await page.evaluate(([state]) => window.lab.then((lab) => lab.setState(state!)), [state]);
  expect((await call(page, (lab) => lab.run('cat note'))).output).toBe('first\n');
});

test('time stands still on request, and runs on to the next thing that happens', async ({ page }) => {
  await embed(page, 'run="load" progress="none"');
  await heard(page, 'started');
  await call(page, (lab) => lab.pause());
  const clock = frameOf(page).getByRole('time');
  const stood = await clock.textContent();
  expect((await call(page, (lab) => lab.run('sleep 2; date +%T'))).output).toMatch(/^\d\d:\d\d:\d\d\n$/);
  const after = await clock.textContent();
  expect(after).not.toBe(stood);
  await frameOf(page).evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
  expect(await clock.textContent()).toBe(after);
  // The scheduler waits out its back-off: there is something to wait for.
  expect(await call(page, (lab) => lab.skip())).toMatch(/^kube-scheduler\S*: (exited|started|restarted)$/);
  await call(page, (lab) => lab.pause(false));
  await expect.poll(() => clock.textContent()).not.toBe(await clock.textContent());
});

test('what was not revealed is in no message', async ({ page }) => {
  await embed(page, 'run="load" progress="none"');
  await heard(page, 'started');
  const first = await call(page, (lab) => lab.hint());
  await call(page, (lab) => lab.check());
  await call(page, (lab) => lab.run('kubectl get po -A'));
  const state = await call(page, (lab) => lab.getState());
  const messages = [...(await page.evaluate(() => window.messages)), gunzipSync(Buffer.from(state, 'base64url')).toString()].join('\n');
  expect(messages).toContain(JSON.stringify(first).slice(1, -1));
  const hints = Object.values(english.tasks).flatMap(({ hints }) => Object.values<string>(hints)).filter((hint) => hint !== first);
  const predicates = definition.tasks.flatMap(({ checks }) => checks.map(({ predicate }) => JSON.stringify(predicate)));
  const solutions = definition.tasks.flatMap(({ solution }) => solution.filter((line) => line.length > 25));
  const faults = definition.tasks.flatMap(({ faults }) => faults.flatMap(({ run }) => run));
  for (const secret of [...hints, ...predicates, ...solutions, ...faults]) expect(messages).not.toContain(JSON.stringify(secret).slice(1, -1));
});

test('a host from elsewhere than the address says gets no answer', async ({ page }) => {
  for (const origin of ['https://course.example', 'null', '']) {
    hosts.body = `<iframe id="frame" src="${hosts.site}/embed.html?lab=sandbox&run=click&api=1&origin=${origin}#n"></iframe>
      <script nonce="page">
        window.messages = [];
        addEventListener('message', ({ data }) => messages.push(JSON.stringify(data)));
        document.getElementById('frame').onload = () => {
          for (let at = 0; at < 5; at++) {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = ({ data }) => messages.push(JSON.stringify(data));
            document.getElementById('frame').contentWindow.postMessage({ crashloop: 1, type: 'hello' }, '*', [port2]);
            port1.postMessage({ type: 'call', id: 1, method: 'start' });
          }
        };
      </script>`;
    await page.goto(hosts.host);
    await expect(frameOf(page).getByRole('button')).toBeVisible();
    // A round trip through the frame's own queue of messages, after which an answer would have come.
    await page.waitForFunction(() => document.readyState === 'complete');
    await frameOf(page).evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    // The frame says that it is there to whom the address names; to a page without an origin, that is to all.
    expect(await page.evaluate(() => window.messages)).toEqual(origin === 'null' ? ['{"crashloop":1,"type":"here"}'] : []);
    await expect(frameOf(page).getByRole('button')).toBeVisible();
  }
});

test('a hostile host: a thousand mad messages change nothing', async ({ page }) => {
  const errors = complaints(page);
  hosts.body = `<iframe id="frame" src="${hosts.site}/embed.html?lab=sandbox&run=load&progress=none&lang=en&api=1&origin=${encodeURIComponent(hosts.host)}#secret" width="900" height="500"></iframe>
    <script nonce="page">
      window.messages = [];
      const pending = new Map();
      let id = 0;
      addEventListener('message', ({ source, data }) => {
        if (data?.type !== 'here') return;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => { messages.push(JSON.stringify(data)); pending.get(data.id)?.(data); };
        source.postMessage({ crashloop: 1, type: 'hello' }, '*', [port2]);
        window.port = port1;
      });
      window.ask = (method, argument) => new Promise((resolve) => { pending.set(++id, resolve); port.postMessage({ type: 'call', id, method, argument }); });
      window.attack = () => {
        const mad = [null, 1, '', 'x'.repeat(1e6), [], {}, { toString: 1 }, new Map([[1, 2]]), new Date(0), new Uint8Array(1e6), /x/, { __proto__: null, method: 'run' }, NaN, -0, 2n ** 64n, { then: 1 }];
        const methods = ['start', 'reset', 'run', 'type', 'check', 'hint', 'undo', 'setTheme', 'setLang', 'getState', 'setState', 'constructor', '__proto__', 'eval', 'toString', ''];
        const skip = new Set(['start', 'check', 'hint', 'undo']);
        const frame = document.getElementById('frame').contentWindow;
        for (let at = 0; at < 1000; at++) {
          const argument = mad[at % mad.length];
          const method = methods[(at * 7) % methods.length];
          frame.postMessage(at % 3 ? argument : { crashloop: 1, type: 'hello', argument }, '*');
          if (!(skip.has(method) && argument == null) && !(typeof argument === 'string' && argument.length < 100 && (method === 'type' || method === 'run'))) port.postMessage({ type: 'call', id: 1e6 + at, method, argument });
          port.postMessage(argument);
          port.postMessage({ type: mad[at % 5], id: argument, method });
        }
      };
    </script>`;
  await page.goto(hosts.host);
  const frame = () => frameOf(page);
  await expect(frame().locator('.xterm-rows')).toContainText('controlplane ~', { timeout: 60_000 });
  const look = () => frame().evaluate(() => ({ screen: globalThis.crashloop!.screen(), text: document.body.innerText.replace(/\d\d:\d\d:\d\d/, ''), lang: document.documentElement.lang, theme: document.documentElement.dataset.theme }));
  const before = await look();
  await page.evaluate('attack()');
  expect(await page.evaluate('ask("run", "echo still here")')).toMatchObject({ ok: true, value: { output: 'still here\n', exitCode: 0 } });
  await page.evaluate('ask("undo")');
  // The terminal draws with the next frame.
  await expect.poll(look).toEqual(before);
  const answers = (await page.evaluate(() => window.messages)).map((message) => JSON.parse(message) as { type: string; ok?: boolean; id?: number });
  expect(answers.filter(({ type, ok, id }) => type === 'reply' && ok && id! >= 1e6)).toEqual([]);
  expect(errors).toEqual([]);
});

test('a link to a lab leads there, and tells other sites what it is', async ({ page, request }) => {
  const html = await (await request.get('./labs/control-plane-failure.ko.html')).text();
  const oembed = /type="application\/json\+oembed" href="([^"]+)"/.exec(html)![1]!;
  const { html: frame, thumbnail_url: thumbnail } = (await (await request.get(new URL(oembed, 'http://site/labs/').pathname.slice(1))).json()) as { html: string; thumbnail_url: string };
  expect((await request.get(new URL(thumbnail, 'http://site/oembed/').pathname.slice(1))).headers()['content-type']).toBe('image/png');
  // A page as deep as the oEmbed file, so that addresses relative to that hold.
  await page.goto('./examples/course.html');
  await page.evaluate((html) => { document.body.innerHTML = html; }, frame);
  await expect(page.frameLocator('iframe').getByRole('button', { name: '실습 시작' })).toBeVisible();
  await page.goto('./labs/control-plane-failure.ko.html');
  await expect(page).toHaveURL(/\/\?lab=control-plane-failure&lang=ko$/);
});

test('a hostile frame: the host hears what it should, and no more', async ({ page }) => {
  const errors = complaints(page);
  hosts.hostile = `<script>
    addEventListener('message', ({ ports: [port] }) => {
      port.postMessage({ type: 'event', name: 'solved', detail: { v: 1, lab: 'early', task: 1, last: true } });
      port.postMessage({ type: 'welcome', nonce: 'guess' });
      port.postMessage({ type: 'welcome', nonce: location.hash.slice(1) });
      for (const detail of [null, 1, {}, { v: 2, lab: 'a', task: 1, last: true }, { v: 1, lab: 'a', task: 'x', last: true }, { v: 1, lab: 'x'.repeat(1e6), task: 1, last: true }]) port.postMessage({ type: 'event', name: 'solved', detail });
      port.postMessage({ type: 'event', name: '__proto__', detail: {} });
      port.postMessage({ type: 'reply', id: 1, ok: true, value: { output: 1 } });
      port.postMessage({ type: 'event', name: 'resize', detail: { v: 1, lab: 'a', task: 1, height: 99999 } });
      port.postMessage({ type: 'event', name: 'solved', detail: { v: 1, lab: 'a', task: 1, last: true, more: '<img src=x onerror=alert(1)>' } });
    });
    parent.postMessage({ crashloop: 1, type: 'here' }, '*');
  </script>`;
  await embed(page, `base="${hosts.site}/hostile/" grow="700"`);
  await heard(page, 'solved');
  expect(await page.evaluate(() => window.heard)).toEqual([
    { name: 'resize', detail: { v: 1, lab: 'a', task: 1, height: 99999 } },
    { name: 'solved', detail: { v: 1, lab: 'a', task: 1, last: true } },
  ]);
  expect((await page.locator('crashloop-lab iframe').boundingBox())!.height).toBe(700);
  expect(errors).toEqual([]);
});
