/**
 * Part of `npm run build`: plays each lab to the moment it opens and keeps that, and its front, as files next to the
 * page, so that a visitor's browser need not live through the cluster's first quarter of an hour. A cache: without
 * it the page runs the same code itself.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { buildId } from './build-id.mjs';
import { labs } from '../labs/index.ts';
import { packFront } from '../session/core/front.ts';
import { openingOf, packOpening } from '../session/core/opening.ts';

const SEED = 1;
const build = buildId();
const folder = new URL('../../public/openings/', import.meta.url);
// Those of other builds are of no use to anyone.
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

function keep(name: string, text: string): void {
  const packed = gzipSync(text, { level: 9 });
  writeFileSync(new URL(name, folder), packed);
  // For a frame with an origin of its own, which may load scripts from here but not fetch.
  writeFileSync(new URL(`${name}.js`, folder), `crashloopOpening(${JSON.stringify(name)},${JSON.stringify(packed.toString('base64url'))});\n`);
  console.log(`${name}: ${Math.round(packed.length / 1024)} KB`);
}

for (const [id, { definition }] of labs) {
  const opening = openingOf(definition, SEED);
  keep(`${id}-${SEED}-${build}.front`, packFront(opening));
  keep(`${id}-${SEED}-${build}.world`, packOpening(opening, SEED));
}
