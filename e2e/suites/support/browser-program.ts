import { findProgram, requireDebianPackages } from '../../../scripts/debian.ts';

/** Chromium or what is built from it, as distributions and GitHub's machines call it. */
const NAMES = ['chromium', 'google-chrome', 'chrome'];

/** The browser of this machine; installed from Debian where there is none. @throws Error saying what to install */
export async function browserProgram(): Promise<string> {
  // Ubuntu has no package of this name, and its machines a Chrome that came another way.
  const found = (await firstFound()) ?? (await installed());
  if (found === null) throw new Error('The package chromium brought no program of that name.');
  return found;
}

async function firstFound(): Promise<string | null> {
  for (const name of NAMES) {
    const found = await findProgram(name);
    if (found !== null) return found;
  }
  return null;
}

async function installed(): Promise<string | null> {
  await requireDebianPackages(['chromium']);
  return firstFound();
}
