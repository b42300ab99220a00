import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeSession } from '../../testing/fakeSession.ts';
import type { Host } from './pacer.ts';
import { Saves } from './saves.ts';
import { Sitting } from './sitting.ts';
import type { Storage } from './storage.ts';

const host: Host = { nowMs: () => 0, onFrame: () => () => undefined, soon: (callback) => callback() };

function memory(): Storage & { values: Map<string, unknown> } {
  const values = new Map<string, unknown>();
  return { values, lasts: true, get: async (key) => values.get(key), set: async (key, value) => void values.set(key, value), delete: async (key) => void values.delete(key) };
}

function setup() {
  const session = new FakeSession({ lab: 'fake', cols: 80, rows: 24 });
  const storage = memory();
  const saves = new Saves(storage, 'fake');
  const sitting = new Sitting(session, saves, 'step', host);
  let screen = '';
  sitting.connect((bytes, fromStart) => { screen = fromStart ? bytes : screen + bytes; });
  sitting.start();
  return { session, sitting, saves, storage, screen: () => screen };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a sitting', () => {
  test('shows what was printed before it was connected, and what comes after', () => {
    const { sitting, screen } = setup();
    sitting.type('help');
    expect(screen()).toMatch(/^controlplane ~ .* {2}help$/);
  });

  test('sends text as UTF-8', () => {
    const { sitting, screen } = setup();
    sitting.type('é');
    expect(screen()).toContain('\xc3\xa9');
  });

  test('sends a long paste in pieces, and an interrupt past it', () => {
    const frames: (() => void)[] = [];
    const session = new FakeSession({ lab: 'fake', cols: 80, rows: 24 });
    const sitting = new Sitting(session, new Saves(memory(), 'fake'), 'step', { ...host, onFrame: (callback) => { frames.push(callback); return () => undefined; } });
    sitting.start();
    const sent = vi.spyOn(session, 'send');
    sitting.type('x'.repeat(10_000));
    frames.shift()!();
    expect(sent.mock.calls.map(([bytes]) => bytes.length)).toEqual([4096, 4096]);
    sitting.type('\x03');
    frames.shift()!();
    expect(sent.mock.calls.slice(2).map(([bytes]) => bytes)).toEqual(['\x03']);
    expect(frames).toEqual([]);
  });

  test('undo takes the screen back', () => {
    const { sitting, screen } = setup();
    const before = screen();
    sitting.type('vi /etc/hosts\r');
    expect(sitting.view.editor?.path).toBe('/etc/hosts');
    expect(sitting.undo()).toBe(true);
    expect(screen()).toBe(before);
    expect(sitting.view.editor).toBeNull();
  });

  test('a program waiting for the editor gets what is saved there', () => {
    const { sitting, session } = setup();
    sitting.type('vi /tmp/x\r');
    const { id } = sitting.view.editor!;
    sitting.editorSave(id, 'text\n');
    sitting.editorQuit(id, 0);
    expect(session.readFile('/tmp/x')).toBe('text\n');
    expect(sitting.view.editor).toBeNull();
  });

  test('saves once, after a quiet moment', async () => {
    const { sitting, session, saves } = setup();
    sitting.type('a\r');
    sitting.type('b\r');
    await vi.advanceTimersByTimeAsync(1000);
    expect(session.saves).toBe(1);
    expect((await saves.read()).saved).toMatchObject({ task: 0 });
  });

  test('a bug in the world stops it, keeps the last save and takes no more input', async () => {
    const { sitting, session } = setup();
    session.bug = new Error('assertion');
    sitting.type('a\r');
    expect(sitting.view.crash?.message).toBe('assertion');
    await vi.advanceTimersByTimeAsync(1000);
    expect(session.saves).toBe(0);
    session.bug = null;
    sitting.resetLab();
    expect(sitting.view.crash).toBeNull();
  });

  test('the lab speaks the language it is told to', () => {
    const { sitting } = setup();
    sitting.setLanguage('ko');
    expect(sitting.view.lab.title).toBe('가짜 실습');
  });
});

describe('running a command for a host', () => {
  test('types it in sight and says what it printed', async () => {
    const { sitting, screen } = setup();
    expect(await sitting.run('nosuch')).toEqual({ output: 'bash: nosuch: command not found\n', exitCode: 0 });
    expect(screen()).toContain('nosuch\r\n');
  });

  test('is refused while something else has the terminal', async () => {
    const { sitting } = setup();
    sitting.type('vi /etc/hosts\r');
    await expect(sitting.run('other')).rejects.toThrow('busy');
  });
});

describe('saves', () => {
  test('a cluster that is left alone is saved when much has happened, until the sitting stops', async () => {
    const { sitting, session } = setup();
    let steps = 0;
    vi.spyOn(session, 'world', 'get').mockImplementation(() => ({ now: 0, steps }) as never);
    sitting.type('a\r');
    await vi.advanceTimersByTimeAsync(30_000);
    expect(session.saves).toBe(1);
    steps = 20_000;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(session.saves).toBe(2);
    sitting.stop();
    steps = 40_000;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.saves).toBe(2);
  });

  test('one of another version is said to be there, and set aside when it is of no use', async () => {
    const storage = memory();
    await storage.set('lab/fake', { version: 0, session: 'old' });
    const saves = new Saves(storage, 'fake');
    expect(await saves.read()).toEqual({ saved: undefined, unknown: 'old' });
    await saves.setAside();
    expect([...storage.values.values()]).toEqual([{ version: 0, session: 'old' }]);
    expect(await saves.read()).toEqual({ saved: undefined });
  });
});
