// The build's own steps: how a chunk becomes a plain script, and what other sites read of a lab.
import { describe, expect, test } from 'vitest';
import { frameCsp, wrapped } from './chunks.ts';
import { oembedOf, pageOf } from './unfurl.ts';

describe('a chunk', () => {
  test('is registered, and loads others when it wants them', () => {
    expect(wrapped('./a.js', 'const b=require("./b.js");f(()=>Promise.resolve().then(()=>require("./c.js")))', 1))
      .toBe('crashloopChunk("./a.js",function(require,exports,load){"use strict";const b=require("./b.js");f(()=>load("./c.js"))\n});\n');
  });
  test('with a lazy import in a form that is not known stops the build', () => {
    expect(() => wrapped('./a.js', 'import("./c.js")', 1)).toThrow('./a.js imports 1 chunks lazily, of which 0');
  });
});

test('the frame runs no script that is not its own', () => {
  expect(frameCsp).toContain("default-src 'none'");
  expect(frameCsp.split('; ').find((rule) => rule.startsWith('script-src'))).toBe("script-src 'self'");
});

describe('a link to a lab', () => {
  test('unfolds into a frame', () => {
    expect(oembedOf('sandbox', 'ko', 'https://labs.example/')).toMatchObject({
      version: '1.0', type: 'rich', thumbnail_url: 'https://labs.example/oembed/sandbox.png',
      html: expect.stringContaining('src="https://labs.example/embed.html?lab=sandbox&amp;lang=ko"') as string,
    });
  });
  test('leads to the lab, and names its picture and its oEmbed file', () => {
    const page = pageOf('control-plane-failure', 'en', '');
    expect(page).toContain('<a href="../?lab=control-plane-failure&amp;lang=en">');
    expect(page).toContain('<meta property="og:image" content="../oembed/control-plane-failure.png" />');
    expect(page).toContain('type="application/json+oembed" href="../oembed/control-plane-failure.json"');
  });
});
