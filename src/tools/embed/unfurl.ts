// What other sites read when a lab's address is pasted into them: a static page for each lab and language with OpenGraph words and a
// picture, and the oEmbed file that it names. A static host cannot answer by query, so each has a file of its own.
import type { Plugin } from 'vite';
import { labs } from '../../labs/index.ts';
import { LANGS, type Lang } from '../../labs/schema.ts';

const size = { width: 960, height: 600 };
const picture = { width: 1200, height: 630 };

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const fileOf = (id: string, lang: Lang) => (lang === 'en' ? id : `${id}.${lang}`);

/** `site`: the address where dist/ will be, ending in a slash; empty leaves addresses relative, which few readers follow. */
export function oembedOf(id: string, lang: Lang, site: string): object {
  const { title } = labs.get(id)!.texts[lang];
  const frame = `${site || '../'}embed.html?${new URLSearchParams({ lab: id, lang })}`;
  return {
    version: '1.0', type: 'rich', provider_name: 'Crashloop', provider_url: site || '../', title, ...size,
    html: `<iframe src="${escaped(frame)}" title="${escaped(title)}" width="${size.width}" height="${size.height}" style="border:0" allow="clipboard-write; fullscreen" loading="lazy"></iframe>`,
    thumbnail_url: `${site || '../'}oembed/${id}.png`, thumbnail_width: picture.width, thumbnail_height: picture.height,
  };
}

/** The page that is linked to: says what the lab is, and leads to it. */
export function pageOf(id: string, lang: Lang, site: string): string {
  const { title, summary } = labs.get(id)!.texts[lang];
  const lab = `../?${new URLSearchParams({ lab: id, lang })}`;
  const meta = (property: string, content: string | number) => `<meta property="og:${property}" content="${escaped(String(content))}" />`;
  return `<!doctype html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)} · Crashloop</title>
    <meta name="description" content="${escaped(summary)}" />
    ${[
      meta('type', 'website'), meta('site_name', 'Crashloop'), meta('title', title), meta('description', summary), meta('locale', lang === 'ko' ? 'ko_KR' : 'en_US'),
      meta('image', `${site || '../'}oembed/${id}.png`), meta('image:width', picture.width), meta('image:height', picture.height),
    ].join('\n    ')}
    <meta name="twitter:card" content="summary_large_image" />
    <link rel="alternate" type="application/json+oembed" href="${site || '../'}oembed/${fileOf(id, lang)}.json" title="${escaped(title)}" />
    <meta http-equiv="refresh" content="0; url=${escaped(lab)}" />
  </head>
  <body>
    <p><a href="${escaped(lab)}">${escaped(title)}</a></p>
  </body>
</html>
`;
}

/** Emits both for every lab. */
export function unfurling(): Plugin {
  const site = (process.env.SITE_URL ?? '').replace(/([^/])$/, '$1/');
  return {
    name: 'crashloop-unfurling',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle() {
      for (const id of labs.keys()) {
        for (const lang of LANGS) {
          this.emitFile({ type: 'asset', fileName: `oembed/${fileOf(id, lang)}.json`, source: `${JSON.stringify(oembedOf(id, lang, site), null, 2)}\n` });
          this.emitFile({ type: 'asset', fileName: `labs/${fileOf(id, lang)}.html`, source: pageOf(id, lang, site) });
        }
      }
    },
  };
}
