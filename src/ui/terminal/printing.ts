// What is printed reaches xterm in small pieces, because it draws and answers keys only between two of them. The rest waits here, where an
// interrupt can drop it, and whoever prints can ask whether it is too far ahead.
import type { Terminal } from '@xterm/xterm';
import { arrayOf } from '../../session/host/index.ts';

const pieceBytes = 4096;
/** As much as xterm is given before it has shown some of it. */
const givenBytes = 8 * pieceBytes;
/** About what can be shown in the time of a few frames. */
const behindBytes = 64 << 10;

export interface Printer {
  print(bytes: string): void;
  /** Drops what waits to be shown, as a terminal's driver does when it is interrupted. */
  drop(): void;
  /** Whether more is waiting to be shown than can be shown soon. */
  readonly isBehind: boolean;
}

/** The modes (alternate screen, bracketed paste, cursor …) that a text sets: what must not be dropped with it. */
export const modesIn = (bytes: string): string => (bytes.match(/\x1b\[\?[\d;]+[hl]/g) ?? []).join('');

export function createPrinter(terminal: Pick<Terminal, 'write'>): Printer {
  let waiting = '';
  let given = 0;
  const give = () => {
    while (waiting !== '' && given < givenBytes) {
      const piece = arrayOf(waiting.slice(0, pieceBytes));
      waiting = waiting.slice(pieceBytes);
      given += piece.length;
      terminal.write(piece, () => {
        given -= piece.length;
        give();
      });
    }
  };
  return {
    print(bytes) {
      waiting += bytes;
      give();
    },
    drop() {
      waiting = modesIn(waiting);
    },
    get isBehind() {
      return given + waiting.length > behindBytes;
    },
  };
}
