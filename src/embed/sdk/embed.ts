// `embed()`: makes the frame, and the object by which the host page speaks to it.
import type { EmbedOptions, EventName, Lab, LabEvents } from '../embed.d.ts';
import { frameAddress } from './address.ts';
import { Port } from './port.ts';

type Listeners = { readonly [K in EventName]?: Set<(event: LabEvents[K]) => void> };

const usualHeight = 520;

function makeFrame(address: URL, { title = 'Crashloop', height = usualHeight, sandboxed }: EmbedOptions): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.loading = 'lazy';
  frame.allow = 'clipboard-write; fullscreen';
  if (sandboxed) frame.setAttribute('sandbox', 'allow-scripts');
  // Through the style object, which a Content-Security-Policy without 'unsafe-inline' allows.
  Object.assign(frame.style, { display: 'block', width: '100%', height: `${height}px`, border: '0' });
  frame.src = address.href;
  return frame;
}

function emitter(): { emit: <K extends EventName>(name: K, event: LabEvents[K]) => void } & Pick<Lab, 'on' | 'off'> {
  const listeners: Record<string, Set<(event: never) => void>> = Object.create(null) as Record<string, Set<(event: never) => void>>;
  const off: Lab['off'] = (name, listener) => void listeners[name]?.delete(listener as (event: never) => void);
  return {
    off,
    on(name, listener) {
      (listeners[name] ??= new Set()).add(listener as (event: never) => void);
      return () => off(name, listener);
    },
    emit(name, event) {
      for (const listener of [...((listeners as Listeners)[name] ?? [])]) {
        try {
          listener(event);
        } catch (error) {
          // One listener's mistake is not the others'.
          reportError(error);
        }
      }
    },
  };
}

/** Puts a lab into an element, in place of what stands there. */
export function embed(place: Element | ShadowRoot, base: string, options: EmbedOptions, heard?: <K extends EventName>(name: K, event: LabEvents[K]) => void): { frame: HTMLIFrameElement; lab: Promise<Lab>; destroy(): void } {
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const address = frameAddress(options.base ?? base, options, location.origin, nonce);
  const frame = makeFrame(address, options);
  const { emit, on, off } = emitter();
  let settle: { resolve: (lab: Lab) => void; reject: (error: Error) => void };
  const ready = new Promise<Lab>((resolve, reject) => { settle = { resolve, reject }; });
  const port = new Port(frame, nonce, options.sandboxed ? 'null' : address.origin, {
    welcome: () => settle.resolve(lab),
    failed: (error) => settle.reject(error),
    event(name, event) {
      if (name === 'resize' && options.grow) frame.style.height = `${Math.min(options.grow, Math.max(options.height ?? usualHeight, (event as LabEvents['resize']).height))}px`;
      emit(name, event);
      heard?.(name, event);
    },
  });
  const destroy = () => {
    port.close();
    frame.parentNode?.removeChild(frame);
    settle.reject(new Error('The lab was removed from the page.'));
  };
  const told = async (answer: Promise<null>): Promise<void> => void (await answer);
  const lab: Lab = {
    frame, on, off, destroy,
    start: () => told(port.call('start', null)),
    reset: (scope = 'task') => told(port.call('reset', scope)),
    run: (command) => port.call('run', command),
    type: (keys) => told(port.call('type', keys)),
    check: () => port.call('check', null),
    hint: () => port.call('hint', null),
    undo: () => port.call('undo', null),
    skip: () => port.call('skip', null),
    pause: (paused = true) => told(port.call('pause', paused)),
    setTheme: (theme) => told(port.call('setTheme', theme)),
    setLang: (lang) => told(port.call('setLang', lang)),
    getState: () => port.call('getState', null),
    setState: (state) => told(port.call('setState', state)),
  };
  place.replaceChildren(frame);
  return { frame, lab: ready, destroy };
}
