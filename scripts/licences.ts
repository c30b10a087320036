import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Licence {
  name: string;
  version: string;
  licence: string;
}

/** What package-lock.json has of a package, by the folder that it is installed in. */
type LockedPackages = Record<string, { version?: string; license?: string; dependencies?: Record<string, string> }>;

const root = fileURLToPath(new URL('../', import.meta.url));
/** Specifiers of packages, not of files: `'react'`, `'@radix-ui/react-menu/dist/…'`. */
const IMPORTED = /(?:from|import)\s*\(?\s*['"]((?:@[\w-]+\/)?[\w-][\w.-]*)[^'"]*['"]/g;

/**
 * Whose work is in the program: all packages that it needs when it runs and that are built into its page, with all that these need in turn,
 * as package-lock.json has them; by name.
 */
export function listLicences(): Licence[] {
  const { packages } = readJson<{ packages: LockedPackages }>('package-lock.json');
  const { dependencies } = readJson<{ dependencies: Record<string, string> }>('package.json');
  const found = new Map<string, Licence>();
  const waiting = ['electron', ...Object.keys(dependencies), ...packagesOfPage()].map((name) => ({ name, from: '' }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { name, from } = next;
    const place = placeOf(packages, name, from);
    const locked = place === null ? undefined : packages[place];
    if (place === null || !locked) continue;
    const { version = '', license = '?' } = locked;
    const key = `${name} ${version}`;
    if (found.has(key)) continue;
    found.set(key, { name, version, licence: license });
    // What Electron needs is for fetching it.
    if (name !== 'electron') waiting.push(...Object.keys(locked.dependencies ?? {}).map((needed) => ({ name: needed, from: place })));
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(`${root}${name}`, 'utf8')) as T;
}

/** The packages that files of the page import. */
function packagesOfPage(): Set<string> {
  const files = globSync(`${root}src/renderer/**/*.{ts,tsx,css}`).filter((file) => !/\.test\.tsx?$/.test(file));
  const names = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(IMPORTED)].map(([, name = '']) => name));
  return new Set(names);
}

/** Where Node would find a package that another one asks for; null for what is not installed. */
function placeOf(packages: LockedPackages, name: string, from: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return null;
  }
}
