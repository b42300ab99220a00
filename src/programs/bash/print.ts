/** A command as bash prints it back (`type f`, `declare -f`): one statement a line, four blanks a level. Models bash print_cmd.c. */
import type { AndOr, Case, Command, CommandNode, CompoundList, If, Pipeline, PipelineNode, Redirection, Statement, Word } from 'unbash';

const INDENT = '    ';

/** The body of a function, `source` being the text that was parsed. */
export function printBody(node: CommandNode, source: string): string {
  return new Printer(source).body(node);
}

class Printer {
  readonly #source: string;
  constructor(source: string) { this.#source = source; }
  #text(node: { readonly pos: number; readonly end: number }): string { return this.#source.slice(node.pos, node.end); }

  body(node: CommandNode): string {
    if (node.type === 'Redirected') return `${this.body(node.command)}${this.#redirects(node.redirects)}`;
    if (node.type === 'BraceGroup') return `{ \n${this.#list(node.body, INDENT, false)}\n}`;
    return `{ \n${INDENT}${this.#command(node, INDENT)}\n}`;
  }
  /** Statements below each other; `closed`: the last has a `;`, too. */
  #list(list: CompoundList, margin: string, closed: boolean): string {
    return margin + list.commands.map((s, i) => {
      const last = i === list.commands.length - 1;
      return this.#statement(s, margin) + (s.background === true ? (last ? '' : ' ') : last ? (closed ? ';' : '') : `;\n${margin}`);
    }).join('');
  }
  /** Statements of a condition or between brackets: the first stands where one is. */
  #inner(list: CompoundList, margin: string): string { return this.#list(list, margin, false).slice(margin.length); }
  #statement(s: Statement, margin: string): string { return `${this.#node(s.command, margin)}${s.background === true ? ' &' : ''}`; }
  #node(node: PipelineNode | AndOr, margin: string): string {
    if (node.type === 'AndOr') return this.#andOr(node, margin);
    return node.type === 'Pipeline' ? this.#pipeline(node, margin) : this.#command(node, margin);
  }
  #andOr(node: AndOr, margin: string): string {
    return node.commands.map((c, i) => `${i === 0 ? '' : ` ${node.operators[i - 1]} `}${this.#node(c, margin)}`).join('');
  }
  #pipeline(node: Pipeline, margin: string): string {
    const prefix = node.prefixes.map((p) => (p.type === 'Negation' ? '! ' : 'time ')).join('');
    return prefix + node.commands.map((c, i) => `${i === 0 ? '' : node.operators[i - 1] === '|&' ? ' 2>&1 | ' : ' | '}${this.#command(c, margin)}`).join('');
  }
  #command(node: CommandNode, margin: string): string {
    const inner = margin + INDENT;
    const block = (list: CompoundList): string => this.#list(list, inner, true);
    const words = (list: readonly Word[] | undefined): string => (list === undefined ? '' : ` in ${list.map((w) => this.#text(w)).join(' ')}`);
    switch (node.type) {
      case 'Command': return this.#simple(node);
      case 'Redirected': return `${this.#command(node.command, margin)}${this.#redirects(node.redirects)}`;
      case 'BraceGroup': return `{ \n${this.#list(node.body, inner, false)}\n${margin}}`;
      case 'Subshell': return `( ${this.#inner(node.body, margin)} )`;
      case 'If': return this.#if(node, node.elif, node.else, margin);
      case 'While': return `${node.kind} ${this.#inner(node.clause, margin)}; do\n${block(node.body)}\n${margin}done`;
      case 'For': return `for ${node.name.text}${node.wordlist === undefined ? ' in "$@"' : words(node.wordlist)};\n${margin}do\n${block(node.body)}\n${margin}done`;
      case 'Select': return `select ${node.name.text}${node.wordlist === undefined ? ' in "$@"' : words(node.wordlist)};\n${margin}do\n${block(node.body)}\n${margin}done`;
      case 'ArithmeticFor': return `for ((${[node.initialize, node.test, node.update].map((e) => (e === undefined ? '1' : this.#text(e))).join('; ')}))\n${margin}do\n${block(node.body)}\n${margin}done`;
      case 'Case': return this.#case(node, margin);
      case 'Function': return `function ${node.name.text} () \n${margin}${this.body(node.body as CommandNode).replaceAll('\n', `\n${margin}`)}`;
      default: return this.#text(node);
    }
  }
  /** An `elif` is shown as an `if` within the `else`. */
  #if({ clause, then: yes }: Pick<If, 'clause' | 'then'>, elifs: If['elif'], no: CompoundList | undefined, margin: string): string {
    const inner = margin + INDENT;
    const [first, ...rest] = elifs;
    const other = first !== undefined ? `${inner}${this.#if(first, rest, no, inner)};` : no === undefined ? null : this.#list(no, inner, true);
    return `if ${this.#inner(clause, margin)}; then\n${this.#list(yes, inner, true)}\n${other === null ? '' : `${margin}else\n${other}\n`}${margin}fi`;
  }
  #case(node: Case, margin: string): string {
    const inner = margin + INDENT;
    const items = node.items.map((item) => `${inner}${item.pattern.map((p) => this.#text(p)).join(' | ')})\n${this.#list(item.body, inner + INDENT, false)}\n${inner}${item.terminator ?? ';;'}\n`);
    return `case ${this.#text(node.word)} in \n${items.join('')}${margin}esac`;
  }
  #simple(node: Command): string {
    const parts = [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.suffix];
    const words = parts.filter((p) => p.type === 'Word' || p.type === 'Assignment').map((p) => this.#text(p));
    return words.join(' ') + this.#redirects(node.redirects).replace(/^ /, words.length === 0 ? '' : ' ');
  }
  #redirects(redirects: readonly Redirection[]): string {
    return redirects.map((r) => {
      const fd = r.descriptor === undefined ? '' : this.#text(r).slice(0, this.#text(r).indexOf(r.operator));
      if (r.type === 'HereDoc') return ` ${fd}${r.operator}${r.delimiter?.text ?? ''}\n${r.body.text}${r.delimiter?.value ?? ''}\n`;
      const target = r.target === undefined ? '' : this.#text(r.target);
      return / ?[<>]&$/.test(r.operator) ? ` ${fd === '' ? (r.operator === '>&' ? '1' : '0') : fd}${r.operator}${target}` : ` ${fd}${r.operator} ${target}`;
    }).join('');
  }
}
