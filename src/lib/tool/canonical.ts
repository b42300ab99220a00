/** Paths without links, dots and doubled slashes, as realpath(1) and readlink(1) -f give them. */
import { getcwd, readLink } from '../../kernel/sys.ts';
import type { Coroutine } from '../../kernel/sys.ts';
import { SysError } from '../../kernel/errno.ts';
import { look } from './tree.ts';

/** What may be missing: nothing, the last part, or anything. */
export type Missing = 'none' | 'last' | 'any';

/** Follows every link on the way. Errors: ENOENT, ENOTDIR, ELOOP. */
export function* canonical(path: string, missing: Missing, follow = true): Coroutine<string> {
  if (path === '') throw new SysError('ENOENT');
  const todo = (path.startsWith('/') ? path : `${yield* getcwd()}/${path}`).split('/').filter((n) => n !== '' && n !== '.');
  const done: string[] = [];
  let links = 0;
  for (let name = todo.shift(); name !== undefined; name = todo.shift()) {
    if (name === '..') {
      done.pop();
      continue;
    }
    if (name === '.') continue;
    const here = `/${[...done, name].join('/')}`;
    const it = yield* look(here, false);
    if (it === null && missing !== 'any' && (missing === 'none' || todo.length > 0)) throw new SysError('ENOENT');
    if (it?.type === 'link' && follow) {
      if (++links > 40) throw new SysError('ELOOP');
      const target = yield* readLink(here);
      if (target.startsWith('/')) done.length = 0;
      todo.unshift(...target.split('/').filter((n) => n !== '' && n !== '.'));
      continue;
    }
    if (it !== null && it.type !== 'dir' && it.type !== 'link' && todo.length > 0 && missing !== 'any') throw new SysError('ENOTDIR');
    done.push(name);
  }
  return `/${done.join('/')}`;
}
