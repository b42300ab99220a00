// A recording of real tools: commands, each with what it printed (both streams) and its status. Shared by the test and the recorder.

export interface Turn { readonly command: string; readonly output: string; readonly status: number }

/** `$ command`, the output, and `[status]` when it is not 0; a blank line ends a turn. A `\` at the end of a line: the output's last line had no newline. */
export function parseTurns(text: string): Turn[] {
  return text.split(/^(?=\$ )/m).filter((block) => block.startsWith('$ ')).map((block) => {
    const [first = '', ...rest] = block.split('\n');
    const body = rest.join('\n').replace(/\n+$/, '\n').replace(/^\n$/, '');
    const status = /(?:^|\n)\[(\d+)\]\n?$/.exec(body);
    const output = status === null ? body : body.slice(0, status.index + (body[status.index] === '\n' ? 1 : 0));
    return { command: first.slice(2), output: output.replace(/\\\n$/, ''), status: Number(status?.[1] ?? 0) };
  });
}

export function showTurn({ command, output, status }: Turn): string {
  const shown = output === '' || output.endsWith('\n') ? output : `${output}\\\n`;
  return `$ ${command}\n${shown}${status === 0 ? '' : `[${status}]\n`}\n`;
}
