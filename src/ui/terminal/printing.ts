// What is printed reaches xterm in small pieces, because it draws and answers keys only between two of them; and whoever prints can ask
// whether it is too far ahead.
import type { Terminal } from '@xterm/xterm';
import { arrayOf } from '../../session/host/index.ts';

const pieceBytes = 4096;
/** About what can be shown in the time of a few frames. */
const behindBytes = 64 << 10;

export interface Printer {
  print(bytes: string): void;
  /** Whether more is waiting to be shown than can be shown soon. */
  readonly isBehind: boolean;
}

export function createPrinter(terminal: Terminal): Printer {
  let waiting = 0;
  return {
    print(bytes) {
      for (let at = 0; at < bytes.length; at += pieceBytes) {
        const piece = arrayOf(bytes.slice(at, at + pieceBytes));
        waiting += piece.length;
        terminal.write(piece, () => { waiting -= piece.length; });
      }
    },
    get isBehind() {
      return waiting > behindBytes;
    },
  };
}
