/**
 * Part of `npm run build`: plays each lab to the moment it opens and keeps that as a file next to the page, so
 * that a visitor's browser need not live through the cluster's first quarter of an hour. A cache: without it
 * the page runs the same code itself.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { buildId } from './build-id.mjs';
import { labs } from '../labs/index.ts';
import { packOpening } from '../session/core/opening.ts';

const SEED = 1;
const build = buildId();
const folder = new URL('../../public/openings/', import.meta.url);
// Those of other builds are of no use to anyone.
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [id, { definition }] of labs) {
  const packed = gzipSync(packOpening(definition, SEED), { level: 9 });
  const name = `${id}-${SEED}-${build}`;
  writeFileSync(new URL(`${name}.world`, folder), packed);
  // For a frame with an origin of its own, which may load scripts from here but not fetch.
  writeFileSync(new URL(`${name}.js`, folder), `crashloopOpening(${JSON.stringify(name)},${JSON.stringify(packed.toString('base64url'))});\n`);
  console.log(`opening of ${id}: ${Math.round(packed.length / 1024)} KB`);
}
