/** What a sitting takes beyond a prompt and keys: the whole world's programs and images, the map, the grading, and the keeping of worlds. */
import { programs } from '../../distro/programs.ts';
import { rom } from '../../distro/index.ts';
import { ClusterViewer } from './cluster-view.ts';
import { grading, holdsNow, lookingNow } from './grade.ts';
import { KeptWorld } from './kept-world.ts';

export const rest = { programs, rom, ClusterViewer, KeptWorld, grading, holdsNow, lookingNow };
export type SessionRest = typeof rest;
