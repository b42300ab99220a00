/** What `--help` says of every command. */
import type { Texts } from '../cobra/command.ts';
import { advanced } from './advanced.ts';
import { basic } from './basic.ts';
import { cluster } from './cluster.ts';
import { create } from './create.ts';
import { deploy } from './deploy.ts';
import { other } from './other.ts';
import { settings } from './settings.ts';
import { troubleshoot } from './troubleshoot.ts';

export const texts: Texts = { ...create, ...basic, ...deploy, ...cluster, ...troubleshoot, ...advanced, ...settings, ...other };
