// Who is heard by the frame, and how often.
import { describe, expect, test, vi } from 'vitest';
import { hello, limits, type Call } from '../protocol.ts';
import { Bridge } from './bridge.ts';

const host = { name: 'the window around the frame' };

class FakePort {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly said: unknown[] = [];
  postMessage(message: unknown): void {
    this.said.push(message);
  }
}

function setup(perform: (call: Call) => Promise<unknown> = async () => null) {
  const welcomed = vi.fn();
  const bridge = new Bridge({ host, origin: 'https://course.example', nonce: 'n', welcomed, perform });
  const port = new FakePort();
  const hear = (change: object = {}) => bridge.hear({ source: host, origin: 'https://course.example', data: hello, ports: [port], ...change } as never);
  return { bridge, port, hear, welcomed };
}

describe('a hello', () => {
  test('from the host is welcomed, once', () => {
    const { hear, port, welcomed } = setup();
    hear();
    hear({ ports: [new FakePort()] });
    expect(port.said).toEqual([{ type: 'welcome', nonce: 'n' }]);
    expect(welcomed).toHaveBeenCalledTimes(1);
  });

  test('is told what happened before it', () => {
    const { bridge, hear, port } = setup();
    bridge.tell('solved', { lab: 'sandbox', task: 1, last: false });
    hear();
    expect(port.said.slice(1)).toEqual([{ type: 'event', name: 'solved', detail: { v: 1, lab: 'sandbox', task: 1, last: false } }]);
  });

  test.each([
    ['another window', { source: {} }], ['no window', { source: null }], ['another origin', { origin: 'https://evil.example' }], ['an origin of its own', { origin: 'null' }],
    ['without a port', { ports: [] }], ['with two ports', { ports: [new FakePort(), new FakePort()] }], ['of other words', { data: { crashloop: 1, type: 'hi' } }],
  ])('%s is not', (_, change) => {
    const { hear, port, welcomed } = setup();
    hear(change);
    expect(port.said).toEqual([]);
    expect(welcomed).not.toHaveBeenCalled();
  });
});

describe('calls', () => {
  const answers = async (port: FakePort) => {
    await new Promise((resolve) => setTimeout(resolve));
    return port.said.slice(1);
  };

  test('are performed and answered, and what they throw is told', async () => {
    const { hear, port } = setup(async ({ method }) => {
      if (method === 'check') throw new Error('not now');
      return null;
    });
    hear();
    port.onmessage!({ data: { type: 'call', id: 1, method: 'hint' } });
    port.onmessage!({ data: { type: 'call', id: 2, method: 'check' } });
    port.onmessage!({ data: { type: 'call', id: 3, method: 'evil' } });
    port.onmessage!({ data: 'rubbish' });
    const said = (await answers(port)) as { id: number }[];
    expect(said.sort((a, b) => a.id - b.id)).toEqual([
      { type: 'reply', id: 1, ok: true, value: null }, { type: 'reply', id: 2, ok: false, message: 'not now' },
      { type: 'reply', id: 3, ok: false, message: 'There is no such call, or not with this argument.' },
    ]);
  });

  test('only so many at once', async () => {
    const perform = vi.fn(() => new Promise<never>(() => undefined));
    const { hear, port } = setup(perform);
    hear();
    for (let id = 1; id <= limits.pending + 3; id++) port.onmessage!({ data: { type: 'call', id, method: 'check' } });
    expect(perform).toHaveBeenCalledTimes(limits.pending);
    expect(await answers(port)).toHaveLength(3);
  });
});
