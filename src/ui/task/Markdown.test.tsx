// Lab texts come from whoever wrote the lab: whatever they hold, it is shown and never runs.
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Inline } from '../Inline.tsx';
import { Markdown } from './Markdown.tsx';

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  'a <b onclick="alert(1)">b</b>',
  '[link](javascript:alert(1))',
  '[link](JaVaScRiPt:alert(1))',
  '[link](&#106;avascript:alert(1))',
  '[link](data:text/html,<script>alert(1)</script>)',
  '[link](vbscript:alert(1))',
  '![image](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[link](https://a.example "x\\" onmouseover=\\"alert(1)")',
  '[x]: javascript:alert(1)\n\n[x]',
  '```"><script>alert(1)</script>\ncode\n```',
  '`<script>alert(1)</script>`',
];

/** What a browser would make elements and attributes of: the text between tags is of no interest. */
const tags = (html: string) => (html.match(/<[^>]*>/g) ?? []).join('');

test.each(hostile)('%s', (text) => {
  for (const html of [renderToStaticMarkup(<Markdown text={text} />), renderToStaticMarkup(<Inline text={text} />)]) {
    expect(tags(html)).not.toMatch(/<(?!\/?(div|p|a|img|code|pre|br|em|strong)\b)/i);
    expect(tags(html).replace(/"[^"]*"/g, '')).not.toMatch(/\son\w+=/i);
    expect(tags(html)).not.toMatch(/(javascript|vbscript|data):/i);
  }
});

test('what is meant as text is still there', () => {
  expect(renderToStaticMarkup(<Markdown text="Fix `app` **now** <b>" />)).toContain('<p>Fix <code>app</code> <strong>now</strong> &lt;b&gt;</p>');
});
