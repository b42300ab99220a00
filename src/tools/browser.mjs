// Finds the Chromium that the end-to-end tests drive, and installs one where there is none: the distribution's on Debian (small,
// and its libraries come with it), Playwright's own elsewhere.
import { existsSync } from 'node:fs';
import { run } from './setup.mjs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a browser of this machine, or undefined, which lets Playwright use its own. */
export function systemChromium() {
  return [process.env.CHROMIUM_PATH, ...places].find((path) => path && existsSync(path));
}

async function playwrightHasOne() {
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath());
}

function installFromDebian() {
  if (!existsSync('/usr/bin/apt-get')) return false;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  /** @param {string[]} args */
  const apt = (...args) => {
    const [command = 'apt-get', ...rest] = [...sudo, 'apt-get', ...args];
    return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' }) === 0;
  };
  apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', 'chromium') && systemChromium() !== undefined;
}

/** Installs a browser when neither the machine nor Playwright has one; false when that fails. */
export async function ensureBrowser() {
  if (systemChromium() || (await playwrightHasOne())) return true;
  console.log('Installing a browser (once) …');
  return installFromDebian() || run('npx', ['playwright', 'install', 'chromium']) === 0;
}
