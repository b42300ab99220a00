/** enable, disable, mask, unmask, is-enabled, cat: verbs about unit files. */
import { readFile } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { page } from '../../lib/pager/index.ts';
import { findUnit, unitName } from '../../lib/systemd/index.ts';
import { ask, complain, say, type Options } from './client.ts';
import { runJob } from './jobs.ts';
import { disableUnit, enableUnit, fileState, maskUnit, unitFile, unmaskUnit } from './state.ts';

const NO_INSTALL = `The unit files have no installation config (WantedBy=, RequiredBy=, Also=,
Alias= settings in the [Install] section, and DefaultInstance= for template
units). This means they are not meant to be enabled or disabled using systemctl.
 
Possible reasons for having this kind of units are:
• A unit may be statically enabled by being symlinked from another unit's
  .wants/ or .requires/ directory.
• A unit's purpose may be to act as a helper for some other unit which has
  a requirement dependency on it.
• A unit may be started when needed via activation (socket, path, timer,
  D-Bus, udev, scripted systemctl call, ...).
• In case of template units, the unit is meant to be enabled with some
  instance name specified.
`;
const rootOf = (options: Options): string => (options.runtime ? '/run/systemd/system' : '/etc/systemd/system');

function* reload(): Coroutine<void> {
  yield* ask({ method: 'daemon-reload' });
}

export function* enable(names: readonly string[], options: Options): Coroutine<number> {
  let installs = 0;
  for (const given of names) {
    const name = unitName(given);
    const file = yield* unitFile(name);
    if (file === null) {
      yield* complain(`Failed to enable unit: Unit file ${name} does not exist.\n`);
      return 1;
    }
    if (file.masked) {
      yield* complain(`Failed to enable unit: Unit file /etc/systemd/system/${name} is masked.\n`);
      return 1;
    }
    const { wantedBy, requiredBy, alias, also } = file.def;
    installs += wantedBy.length + requiredBy.length + alias.length + also.length;
    for (const { path, target } of yield* enableUnit(file, rootOf(options))) if (!options.quiet) yield* complain(`Created symlink ${path} → ${target}.\n`);
  }
  yield* reload();
  if (installs === 0 && !options.quiet) yield* complain(NO_INSTALL);
  return options.now ? yield* runJob('start', names, options) : 0;
}

export function* disable(names: readonly string[], options: Options): Coroutine<number> {
  let installs = 0;
  for (const given of names) {
    const name = unitName(given);
    const file = yield* unitFile(name);
    if (file === null) {
      yield* complain(`Failed to disable unit: Unit file ${name} does not exist.\n`);
      return 1;
    }
    installs += file.masked ? 1 : file.def.wantedBy.length + file.def.requiredBy.length + file.def.alias.length + file.def.also.length;
    for (const link of yield* disableUnit(name, rootOf(options))) if (!options.quiet) yield* complain(`Removed "${link}".\n`);
  }
  yield* reload();
  if (installs === 0 && !options.quiet) yield* complain(NO_INSTALL);
  return options.now ? yield* runJob('stop', names, options) : 0;
}

export function* mask(names: readonly string[], options: Options): Coroutine<number> {
  for (const given of names) {
    const name = unitName(given);
    if ((yield* unitFile(name)) === null && !options.force) yield* complain(`Unit ${name} does not exist, proceeding anyway.\n`);
    const done = yield* maskUnit(name, rootOf(options));
    if (done === 'file') {
      yield* complain(`Failed to mask unit: File ${rootOf(options)}/${name} already exists.\n`);
      return 1;
    }
    if (done === 'made' && !options.quiet) yield* complain(`Created symlink ${rootOf(options)}/${name} → /dev/null.\n`);
  }
  yield* reload();
  return options.now ? yield* runJob('stop', names, options) : 0;
}

export function* unmask(names: readonly string[], options: Options): Coroutine<number> {
  for (const given of names) for (const path of yield* unmaskUnit(unitName(given))) if (!options.quiet) yield* complain(`Removed "${path}".\n`);
  yield* reload();
  return 0;
}

/** Removes links and makes them anew. */
export function* reenable(names: readonly string[], options: Options): Coroutine<number> {
  for (const given of names) for (const link of yield* disableUnit(unitName(given), rootOf(options))) if (!options.quiet) yield* complain(`Removed "${link}".\n`);
  return yield* enable(names, options);
}

export function* isEnabled(names: readonly string[], options: Options): Coroutine<number> {
  let code = 1;
  for (const given of names) {
    const state = yield* fileState(unitName(given));
    if (state === null) {
      yield* complain(`Failed to get unit file state for ${unitName(given)}: No such file or directory\n`);
      continue;
    }
    if (!options.quiet) yield* say(`${state}\n`);
    if (['enabled', 'enabled-runtime', 'static', 'alias'].includes(state)) code = 0;
  }
  return code;
}

export function* cat(names: readonly string[], options: Options): Coroutine<number> {
  const parts: string[] = [];
  let code = 0;
  for (const given of names) {
    const name = unitName(given);
    const found = yield* findUnit(name);
    if (found.masked) {
      parts.push(`# /etc/systemd/system/${name}\n# Unit ${name} is masked.\n`);
      continue;
    }
    if (found.fragment === null && found.dropIns.length === 0) {
      yield* complain(`No files found for ${name}.\n`);
      code = 1;
      continue;
    }
    for (const source of [...(found.fragment === null ? [] : [found.fragment]), ...found.dropIns]) {
      const text = yield* readFile(source.path);
      parts.push(`# ${source.path}\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}`);
    }
  }
  if (parts.length > 0) yield* page(parts.join('\n'), options.pager);
  return code;
}
