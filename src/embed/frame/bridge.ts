// The frame's end of the conversation. One hello is heard, from the window around the frame and the origin its address names; all else
// that reaches the window is ignored and never answered. What is then said on the port is read strictly, and counted.
import type { EventName, LabEvents } from '../embed.d.ts';
import { isGreeting, limits, readCall, readCallId, version, type Call, type Reply, type Told, type Welcome } from '../protocol.ts';

/** What an event says beyond the protocol's version. */
export type Detail<K extends EventName> = Omit<LabEvents[K], 'v'>;

export interface Wire {
  /** The window around the frame, and where it must be from. */
  readonly host: unknown;
  readonly origin: string;
  /** From the frame's own address; whoever made the frame knows it too. */
  readonly nonce: string;
  welcomed(): void;
  /** Does what a call asks for; what it throws is told to the caller. */
  perform(call: Call): Promise<unknown>;
}

const mostUntold = 50;

export class Bridge {
  #port: MessagePort | null = null;
  #underWay = 0;
  /** What happened before the host said hello. */
  readonly #untold: Told[] = [];

  constructor(private readonly wire: Wire) {}

  /** A message to the frame's window. */
  hear({ source, origin, data, ports }: Pick<MessageEvent, 'source' | 'origin' | 'data' | 'ports'>): void {
    const [port] = ports;
    if (this.#port || source !== this.wire.host || origin !== this.wire.origin || ports.length !== 1 || !port || !isGreeting(data, 'hello')) return;
    this.#port = port;
    port.onmessage = (event) => void this.#answer(event.data);
    port.postMessage({ type: 'welcome', nonce: this.wire.nonce } satisfies Welcome);
    this.wire.welcomed();
    for (const told of this.#untold.splice(0)) port.postMessage(told);
  }

  tell<K extends EventName>(name: K, detail: Detail<K>): void {
    const told: Told<K> = { type: 'event', name, detail: { v: version, ...detail } as unknown as LabEvents[K] };
    if (this.#port) this.#port.postMessage(told);
    else if (this.#untold.length < mostUntold) this.#untold.push(told);
  }

  async #answer(data: unknown): Promise<void> {
    const call = readCall(data);
    const id = call?.id ?? readCallId(data);
    if (id === undefined) return;
    if (!call) this.#reply({ type: 'reply', id, ok: false, message: 'There is no such call, or not with this argument.' });
    else if (this.#underWay >= limits.pending) this.#reply({ type: 'reply', id, ok: false, message: 'Too many calls at once.' });
    else {
      this.#underWay++;
      this.#reply(await this.#outcome(call));
      this.#underWay--;
    }
  }

  async #outcome(call: Call): Promise<Reply> {
    try {
      return { type: 'reply', id: call.id, ok: true, value: await this.wire.perform(call) };
    } catch (error) {
      return { type: 'reply', id: call.id, ok: false, message: (error instanceof Error ? error.message : String(error)).slice(0, limits.text) };
    }
  }

  #reply(reply: Reply): void {
    this.#port?.postMessage(reply);
  }
}
