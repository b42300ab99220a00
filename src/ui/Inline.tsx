// A line of text in which `backticks` mark code; for titles, where a paragraph of Markdown would be too much.
export function Inline({ text }: { text: string }) {
  return text.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}
