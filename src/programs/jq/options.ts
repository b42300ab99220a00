/** jq's command line. Models jq 1.6 src/main.c. */

export interface Options {
  filter: string | null; readonly files: string[];
  indent: string | null; sort: boolean; ascii: boolean; color: boolean | null;
  raw: boolean; join: boolean; nullInput: boolean; slurp: boolean; rawInput: boolean; exitStatus: boolean; seq: boolean; unbuffered: boolean;
  fromFile: string | null;
  /** `--arg`, `--argjson` and their kin: name, kind, what was given. */ readonly named: (readonly [name: string, kind: 'arg' | 'argjson' | 'slurpfile' | 'rawfile', given: string])[];
  readonly positional: (readonly [kind: 'text' | 'json', given: string])[];
  help: boolean; version: boolean;
}
/** The command line is wrong; in jq's words. */
export class UsageProblem extends Error {}

const LONG: Readonly<Record<string, string>> = { 'compact-output': 'c', 'raw-output': 'r', 'join-output': 'j', 'null-input': 'n', slurp: 's', 'raw-input': 'R', 'sort-keys': 'S', 'ascii-output': 'a', 'color-output': 'C', 'monochrome-output': 'M', 'exit-status': 'e', 'from-file': 'f', help: 'h', version: 'V', tab: 'tab', seq: 'seq', unbuffered: 'unbuffered' };

function set(o: Options, letter: string): boolean {
  switch (letter) {
    case 'c': o.indent = null; return true;
    case 'r': o.raw = true; return true;
    case 'j': o.raw = o.join = true; return true;
    case 'n': o.nullInput = true; return true;
    case 's': o.slurp = true; return true;
    case 'R': o.rawInput = true; return true;
    case 'S': o.sort = true; return true;
    case 'a': o.ascii = true; return true;
    case 'C': o.color = true; return true;
    case 'M': o.color = false; return true;
    case 'e': o.exitStatus = true; return true;
    case 'f': o.fromFile = ''; return true;
    case 'h': o.help = true; return true;
    case 'V': o.version = true; return true;
    case 'tab': o.indent = '\t'; return true;
    case 'seq': o.seq = true; return true;
    case 'unbuffered': o.unbuffered = true; return true;
    default: return false;
  }
}

/** Errors: UsageProblem. */
export function parseOptions(argv: readonly string[]): Options {
  const o: Options = { filter: null, files: [], indent: '  ', sort: false, ascii: false, color: null, raw: false, join: false, nullInput: false, slurp: false, rawInput: false, exitStatus: false, seq: false, unbuffered: false, fromFile: null, named: [], positional: [], help: false, version: false };
  let rest: 'files' | 'text' | 'json' = 'files';
  let over = false;
  const operand = (word: string): void => {
    if (o.filter === null) o.filter = word;
    else if (rest === 'files') o.files.push(word);
    else o.positional.push([rest, word]);
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    const two = (): readonly [string, string] => {
      if (argv[i + 2] === undefined) throw new UsageProblem(`${word} takes two parameters (e.g. ${word} ${word === '--slurpfile' || word === '--rawfile' ? 'varname filename' : `varname ${word === '--argjson' ? 'text' : 'value'}`})`);
      i += 2;
      return [argv[i - 1]!, argv[i]!];
    };
    if (over || !/^-./.test(word)) operand(word);
    else if (word === '--') over = true;
    else if (word === '--args' || word === '--jsonargs') rest = word === '--args' ? 'text' : 'json';
    else if (word === '--arg' || word === '--argjson' || word === '--slurpfile' || word === '--rawfile') {
      const [name, given] = two();
      o.named.push([name, word.slice(2) as 'arg', given]);
    } else if (word === '--indent') {
      const n = Number(argv[++i] ?? NaN);
      if (argv[i] === undefined) throw new UsageProblem('--indent takes one parameter');
      if (n < 0) throw new UsageProblem('Cannot indent less than zero');
      if (n > 7) throw new UsageProblem('Cannot indent more than 7 characters');
      o.indent = n === 0 || Number.isNaN(n) ? null : ' '.repeat(n);
    } else if (word === '--stream' || word === '-L') throw new UsageProblem(`${word} is not available in this lab`);
    else if (word.startsWith('--') ? !set(o, LONG[word.slice(2)] ?? '') : ![...word.slice(1)].every((letter) => set(o, letter))) throw new UsageProblem(`Unknown option ${word}`);
  }
  if (o.fromFile !== null) o.fromFile = o.filter;
  return o;
}

const USAGE = `Usage:\tjq [options] <jq filter> [file...]
\tjq [options] --args <jq filter> [strings...]
\tjq [options] --jsonargs <jq filter> [JSON_TEXTS...]

`;
/** --help up to the options; jq alone on a terminal says it, too. */
export const HELP = `jq - commandline JSON processor [version 1.6]

${USAGE}jq is a tool for processing JSON inputs, applying the given filter to
its JSON text inputs and producing the filter's results as JSON on
standard output.

The simplest filter is ., which copies jq's input to its output
unmodified (except for formatting, but note that IEEE754 is used
for number representation internally, with all that that implies).

For more advanced filters see the jq(1) manpage ("man jq")
and/or https://stedolan.github.io/jq

Example:

\t$ echo '{"foo": 0}' | jq .
\t{
\t\t"foo": 0
\t}

`;
/** The rest of --help. */
export const OPTIONS_HELP = `Some of the options include:
  -c               compact instead of pretty-printed output;
  -n               use \`null\` as the single input value;
  -e               set the exit status code based on the output;
  -s               read (slurp) all inputs into an array; apply filter to it;
  -r               output raw strings, not JSON texts;
  -R               read raw strings, not JSON texts;
  -C               colorize JSON;
  -M               monochrome (don't colorize JSON);
  -S               sort keys of objects on output;
  --tab            use tabs for indentation;
  --arg a v        set variable $a to value <v>;
  --argjson a v    set variable $a to JSON value <v>;
  --slurpfile a f  set variable $a to an array of JSON texts read from <f>;
  --rawfile a f    set variable $a to a string consisting of the contents of <f>;
  --args           remaining arguments are string arguments, not files;
  --jsonargs       remaining arguments are JSON arguments, not files;
  --               terminates argument processing;

Named arguments are also available as $ARGS.named[], while
positional arguments are available as $ARGS.positional[].

See the manpage for more options.
`;
