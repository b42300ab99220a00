/** memcached as far as a pod needs it: it listens on 11211, says nothing, and ends on a signal. Not modelled: its protocol. */
import { listen, sigaction, write } from '../../kernel/sys.ts';
import type { Coroutine, Json } from '../../kernel/sys.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import { getopt } from '../../lib/getopt/index.ts';
import { become } from '../../lib/tool/become.ts';
import { hold } from '../../lib/tool/hold.ts';
import type { Held } from '../../lib/tool/hold.ts';

function* begin(words: readonly string[]): Coroutine<Held | number> {
  const { options, error } = getopt(words, 'p:m:c:t:I:u:l:U:o:vh', { port: 'p:', 'memory-limit': 'm:', 'conn-limit': 'c:', threads: 't:', 'max-item-size': 'I:', user: 'u:', listen: 'l:', verbose: 'v', extended: 'o:' });
  if (error !== null) {
    yield* write(2, `memcached: ${error}\nIllegal argument "?"\n`);
    return 1;
  }
  try {
    const listener = yield* listen({ net: 'tcp', host: '0.0.0.0', port: Number(options.findLast(({ name }) => name === 'p')?.value ?? 11_211) });
    for (const signal of ['TERM', 'INT'] as const) yield* sigaction(signal, 'catch');
    return { kind: 'memcached', listener, clients: [] };
  } catch (caught) {
    const code = errnoOf(caught);
    if (code === null) throw caught;
    yield* write(2, `failed to listen on TCP port 11211: ${strerror(code)}\n`);
    return 71;
  }
}

/** Bare options are memcached's; another command is started as it is. */
function* entry(argv: readonly string[]): Coroutine<Held | number> {
  const words = argv[0]!.endsWith('entrypoint.sh') ? argv.slice(1) : argv;
  if (words[0] === undefined || words[0].startsWith('-')) return yield* begin(words);
  return words[0] === 'memcached' ? yield* begin(words.slice(1)) : yield* become(words, (reason) => `/usr/local/bin/docker-entrypoint.sh: exec: line 9: ${words[0]}: ${reason}`);
}

/** `docker-entrypoint.sh [memcached] …` or `memcached …`. */
export function* memcached(argv: readonly string[], saved?: Json): Coroutine<number> {
  const held = (saved as unknown as Held | undefined) ?? (yield* entry(argv));
  if (typeof held === 'number') return held;
  const signal = yield* hold(held);
  yield* write(2, `Signal handled: ${signal === 'INT' ? 'Interrupt' : 'Terminated'}.\n`);
  return 0;
}
