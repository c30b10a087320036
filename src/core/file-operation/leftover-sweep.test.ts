import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { makeTestDir } from '#test/instruments/test-run.ts';
import { CopyJournal, journalPath } from './copy-journal.ts';
import { sweepLeftovers } from './leftover-sweep.ts';

const TEMP_ID = '0123456789ab';
const MOUNT = { fingerprint: 'f'.repeat(64) };
let dataDir: string;
let mountPoint: string;
let folder: string;

beforeEach(async () => {
  dataDir = await makeTestDir('sweep-data');
  mountPoint = await makeTestDir('sweep-volume');
  folder = join(mountPoint, 'photos');
  mkdirSync(folder);
});

const startJournal = () => new CopyJournal({ dataDir, tempId: TEMP_ID, destination: { path: folder, mount: { ...MOUNT, mountPoint } } });
const sweep = (mountPoints = [mountPoint]) => sweepLeftovers({ journalPath: journalPath(dataDir, TEMP_ID), tempId: TEMP_ID, mountPoints });

/** As when the process ends before it could close the journal. */
function kill(journal: CopyJournal): void {
  journal.close(false);
}

it('removes the temporary files of its copy, and nothing else', () => {
  const journal = startJournal();
  const temps = [journal.tempIn(folder), journal.tempIn(folder)];
  for (const temp of temps) writeFileSync(temp, 'half a fi');
  const others = ['.mooring-ffffffffffff-1.part', `.mooring-${TEMP_ID}-x.part`, `.mooring-${TEMP_ID}-1.part.txt`, 'photo.jpg', 'empty'];
  for (const name of others) writeFileSync(join(folder, name), '');
  kill(journal);
  expect(sweep()).toBe(2);
  expect(readdirSync(folder).toSorted()).toEqual(others.toSorted());
  expect(existsSync(journalPath(dataDir, TEMP_ID))).toBe(false);
});

it('removes an empty file that held a name, while the file that it was held for still waits', () => {
  const journal = startJournal();
  const temp = journal.tempIn(folder);
  writeFileSync(temp, 'whole');
  journal.holding(join(folder, 'held.txt'), temp);
  writeFileSync(join(folder, 'held.txt'), '');
  kill(journal);
  sweep();
  expect(readdirSync(folder)).toEqual([]);
});

it('leaves a file that somebody has written to, or that has replaced what held its name', () => {
  const journal = startJournal();
  const [first, second] = [journal.tempIn(folder), journal.tempIn(folder)];
  writeFileSync(first, 'whole');
  journal.holding(join(folder, 'written.txt'), first);
  writeFileSync(join(folder, 'written.txt'), 'by another program');
  journal.holding(join(folder, 'finished.txt'), second);
  writeFileSync(join(folder, 'finished.txt'), '');
  kill(journal);
  sweep();
  expect(readdirSync(folder).toSorted()).toEqual(['finished.txt', 'written.txt']);
});

it('finds the folder at another mount point, and names that are not UTF-8', async () => {
  const odd = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]);
  mkdirSync(odd);
  const journal = startJournal();
  writeFileSync(journal.tempIn(odd), 'half');
  kill(journal);
  const elsewhere = join(await makeTestDir('sweep-elsewhere'), 'mounted');
  renameSync(mountPoint, elsewhere);
  mkdirSync(mountPoint);
  expect(sweep([elsewhere])).toBe(1);
});

it('keeps the journal while no mount point shows the destination, and gives it up when that was deleted', async () => {
  kill(startJournal());
  expect(sweep([await makeTestDir('sweep-subvolume')])).toBe(0);
  expect(existsSync(journalPath(dataDir, TEMP_ID))).toBe(true);
  rmdirSync(folder);
  expect(sweep()).toBe(0);
  expect(existsSync(journalPath(dataDir, TEMP_ID))).toBe(false);
});

it.each(['', 'garbage\n', '{"version":1,"fing'])('gives up a journal that is damaged from its first line on: %j', (text) => {
  mkdirSync(join(dataDir, 'copies'));
  writeFileSync(journalPath(dataDir, TEMP_ID), text);
  expect(sweep()).toBe(0);
  expect(existsSync(journalPath(dataDir, TEMP_ID))).toBe(false);
});
