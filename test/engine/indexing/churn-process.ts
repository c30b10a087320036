/**
 * @file Changes a tree all the time, until it is killed. `all`: files come and go, and folders are replaced by files, by other folders, and by links
 * to a folder elsewhere. `links`: only the latter, as often as possible, of folders with files alone: that a folder above the one which is read
 * has gone and is back within that time shows nowhere. Says `ready` when the tree is there.
 */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '#test/instruments/seeded-random.ts';

const FILES = 20;
const [mode = '', root = '', aside = '', elsewhere = ''] = process.argv.slice(2);
const FOLDERS = mode === 'links' ? 3 : 12;
const random = seededRandom(8);
const any = (count: number) => Math.floor(random() * count);

function makeFolder(folder: string): void {
  const below = mode === 'links' ? '' : 'below';
  mkdirSync(path.join(folder, below), { recursive: true });
  for (let file = 0; file < FILES; file++) writeFileSync(path.join(folder, file % 2 ? below : '', `${file}`), '');
}

const replaceByLink = (folder: string) => replaced(folder, () => symlinkSync(elsewhere, folder));
const changes: ((folder: string) => void)[] = [
  (folder) => writeFileSync(path.join(folder, `new ${any(FILES)}`), ''),
  (folder) => rmSync(path.join(folder, `new ${any(FILES)}`), { force: true }),
  (folder) => rmSync(path.join(folder, 'below'), { recursive: true, force: true }),
  (folder) => makeFolder(folder),
  (folder) => renameSync(folder, `${folder} moved`),
  (folder) => {
    rmSync(folder, { recursive: true, force: true });
    makeFolder(folder);
  },
  (folder) => replaced(folder, () => writeFileSync(folder, '')),
  replaceByLink,
];

/** Puts something else in the place of a folder for a moment. */
function replaced(folder: string, put: () => void): void {
  renameSync(folder, aside);
  put();
  rmSync(folder);
  renameSync(aside, folder);
}

for (let folder = 0; folder < FOLDERS; folder++) makeFolder(path.join(root, `${folder}`));
makeFolder(elsewhere);
mkdirSync(path.join(elsewhere, 'below'), { recursive: true });
for (const name of ['', 'below']) writeFileSync(path.join(elsewhere, name, 'not ours'), '');
console.log('ready');
for (let turn = 0; mode === 'links'; turn++) {
  replaceByLink(path.join(root, `${turn % FOLDERS}`));
}
for (;;) {
  const folder = path.join(root, `${any(FOLDERS)}`);
  try {
    changes[any(changes.length)]?.(folder);
  } catch {
    // What an earlier change has moved away is made anew.
    rmSync(`${folder} moved`, { recursive: true, force: true });
    makeFolder(folder);
  }
}
