// The host's end of the conversation with one frame: offers a port whenever the frame says that it is there, believes it once it has
// named the nonce, and pairs answers with calls.
import type { EventName, LabEvents } from '../embed.d.ts';
import { hello, isGreeting, limits, readReply, readTold, readWelcome, type Answer, type Argument, type Call, type Method } from '../protocol.ts';

/** How long a loaded frame may take to answer. */
const patienceMs = 15_000;

interface Pending { readonly method: Method; resolve(value: unknown): void; reject(error: Error): void }

export class Port {
  #port: MessagePort | null = null;
  #next = 1;
  #pending = new Map<number, Pending>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #welcomed = false;

  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly nonce: string,
    /** Where the frame must be from; `null` for a frame whose origin is its own. */
    private readonly origin: string,
    private readonly tell: { welcome(): void; failed(error: Error): void; event<K extends EventName>(name: K, detail: LabEvents[K]): void },
  ) {
    frame.addEventListener('load', this.#loaded);
    window.addEventListener('message', this.#greeted);
  }

  readonly #loaded = (): void => {
    if (!this.#welcomed) this.#timer ??= setTimeout(() => this.tell.failed(new Error('The frame does not answer.')), patienceMs);
  };

  /** A new document in the frame: what the last one had not answered will never be. */
  readonly #greeted = ({ source, origin, data }: MessageEvent): void => {
    if (source === null || source !== this.frame.contentWindow || origin !== this.origin || !isGreeting(data, 'here')) return;
    this.#end('The frame was loaded anew.');
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#hear(data);
    // A frame whose origin is its own cannot be addressed by it: another page in its place would get a port, and be silent for want of
    // the nonce.
    this.frame.contentWindow?.postMessage(hello, this.origin === 'null' ? '*' : this.origin, [port2]);
  };

  #hear(data: unknown): void {
    if (!this.#welcomed) {
      if (readWelcome(data)?.nonce !== this.nonce) return;
      this.#welcomed = true;
      clearTimeout(this.#timer);
      this.tell.welcome();
      return;
    }
    const told = readTold(data);
    if (told) {
      this.tell.event(told.name, told.detail);
      return;
    }
    const reply = readReply(data, (id) => this.#pending.get(id)?.method);
    if (!reply) return;
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.ok) pending?.resolve(reply.value);
    else pending?.reject(new Error(reply.message));
  }

  call<M extends Method>(method: M, argument: Argument<M>): Promise<Answer<M>> {
    return new Promise<unknown>((resolve, reject) => {
      if (!this.#port || !this.#welcomed) reject(new Error('The frame is not there.'));
      else if (this.#pending.size >= limits.pending) reject(new Error('Too many calls at once.'));
      else {
        const id = this.#next++;
        this.#pending.set(id, { method, resolve, reject });
        this.#port.postMessage({ type: 'call', id, method, argument } satisfies Call);
      }
    }) as Promise<Answer<M>>;
  }

  close(): void {
    this.frame.removeEventListener('load', this.#loaded);
    window.removeEventListener('message', this.#greeted);
    this.#end('The lab was removed from the page.');
  }

  #end(why: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#port?.close();
    this.#port = null;
    this.#welcomed = false;
    for (const { reject } of this.#pending.values()) reject(new Error(why));
    this.#pending.clear();
  }
}
