// What in a line of the terminal can be followed: addresses, files of the node, pods. Found in plain text; whether a file or a pod is
// really there is for the caller to say.

export type Target =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'pod'; readonly command: string };

export interface Span {
  readonly from: number;
  /** First index after it. */
  readonly to: number;
  readonly target: Target;
}

export interface Known {
  isFile(path: string): boolean;
  /** The command that describes the pod of this name; undefined when there is none. */
  pod(name: string): string | undefined;
}

const addresses = /https?:\/\/[^\s"'<>`\\^{|}\x00-\x1f]+/g;
const paths = /(?<![\w.~/-])(?:\/[\w.@+-]+){2,}/g;
const names = /(?<![\w.-])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?![\w-])/g;

/** Only the web: nothing that runs, nothing that opens another program. */
export function isSafeAddress(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol);
}

const bare = (text: string) => text.replace(/[.,:;!?)\]]+$/, '');

/** What can be followed in a line, from left to right. */
export function linksIn(line: string, known: Known): readonly Span[] {
  const spans: Span[] = [];
  const add = (pattern: RegExp, targetOf: (text: string) => Target | undefined) => {
    for (const { 0: match, index: from } of line.matchAll(pattern)) {
      const text = bare(match);
      const to = from + text.length;
      if (spans.some((span) => from < span.to && span.from < to)) continue;
      const target = targetOf(text);
      if (target) spans.push({ from, to, target });
    }
  };
  add(addresses, (url) => (isSafeAddress(url) ? { kind: 'address', url } : undefined));
  add(paths, (path) => (known.isFile(path) ? { kind: 'file', path } : undefined));
  add(names, (name) => {
    const command = known.pod(name);
    return command === undefined ? undefined : { kind: 'pod', command };
  });
  return spans.toSorted((a, b) => a.from - b.from);
}
