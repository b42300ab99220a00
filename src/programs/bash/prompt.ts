/** PS1 and its kin: backslash escapes, then parameters and commands. */
import { parse } from 'unbash';
import { getcwd, now, self } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { PROMPT } from './dialect.ts';
import { expandText } from './expand.ts';
import type { Shell } from './shell.ts';
import { strftime } from '../../lib/tool/clock.ts';
import { scalar } from './state.ts';

/** The prompt that `variable` describes. */
export function* promptOf(shell: Shell, variable: 'PS1' | 'PS2' | 'PS4'): Coroutine<string> {
  const format = scalar(shell.state, variable) ?? { PS1: PROMPT[shell.state.dialect], PS2: '> ', PS4: '+ ' }[variable];
  const { status, pipeStatus } = shell.state;
  const text = yield* escapes(shell, format);
  if (!/[$`]/.test(text)) return text;
  // Expanded as in double quotes; what commands in it return does not count.
  const word = parse(`x "${text.replace(/"/g, '\\"')}"`).commands[0]?.command;
  const arg = word?.type === 'Command' ? word.suffix[0] : undefined;
  const expanded = arg?.type === 'Word' ? yield* expandText(shell, arg) : text;
  shell.state.status = status;
  shell.state.pipeStatus = pipeStatus;
  return expanded;
}

function* escapes(shell: Shell, format: string): Coroutine<string> {
  let out = '';
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== '\\' || i + 1 >= format.length) {
      out += format[i];
      continue;
    }
    const c = format[++i]!;
    const octal = /^[0-7]{3}/.exec(format.slice(i));
    if (octal !== null) {
      out += String.fromCharCode(Number.parseInt(octal[0], 8));
      i += 2;
    } else out += yield* escape(shell, c);
  }
  return out;
}
function* escape(shell: Shell, c: string): Coroutine<string> {
  switch (c) {
    case 'u': return scalar(shell.state, 'USER') ?? 'root';
    case 'h': return (yield* self()).hostname.split('.')[0]!;
    case 'H': return (yield* self()).hostname;
    case 'w': case 'W': {
      const here = yield* getcwd();
      const home = scalar(shell.state, 'HOME') ?? '';
      const short = home !== '' && (here === home || here.startsWith(`${home}/`)) ? `~${here.slice(home.length)}` : here;
      return c === 'w' || short === '~' || short === '/' ? short : short.slice(short.lastIndexOf('/') + 1);
    }
    case '$': return (yield* self()).uid === 0 ? '#' : '$';
    case 's': return 'bash';
    case 'v': return '5.2';
    case 'V': return '5.2.15';
    case 'n': return '\n';
    case 'r': return '\r';
    case 'a': return '\x07';
    case 'e': return '\x1b';
    case '[': case ']': return '';
    case '\\': return '\\\\';
    case 't': return strftime('%H:%M:%S', yield* now());
    case 'T': return strftime('%I:%M:%S', yield* now());
    case 'A': return strftime('%H:%M', yield* now());
    case 'd': return strftime('%a %b %d', yield* now());
    case 'j': return String(shell.state.jobs.length);
    case '!': return String(shell.state.history.length + 1);
    case '#': return String(shell.state.commandNumber);
    default: return `\\${c}`;
  }
}
