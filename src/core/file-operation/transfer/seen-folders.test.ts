import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { factsOf } from '../file-facts.ts';
import { SeenFolders } from './seen-folders.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-seen-'));
  writeFileSync(join(folder, 'file'), 'text');
  mkdirSync(join(folder, 'sub'));
  utimesSync(folder, 1, 1);
});
afterEach(() => rmSync(folder, { recursive: true }));

function look(seen: SeenFolders): void {
  const begun = seen.begin(folder, factsOf(folder));
  if (begun) for (const name of ['file', 'sub']) seen.note(begun, name, factsOf(join(folder, name)));
}

it('knows a folder that is as it was, once, and of what is in it the facts of files alone', () => {
  const seen = new SeenFolders(() => undefined);
  look(seen);
  const known = seen.take(folder, factsOf(folder));
  expect(known?.names).toEqual(['file', 'sub']);
  expect([...(known?.files.keys() ?? [])]).toEqual(['file']);
  expect(seen.take(folder, factsOf(folder))).toBeNull();
});

it('does not know a folder that has changed since, or so shortly before that its time may not tell', () => {
  const seen = new SeenFolders(() => undefined);
  look(seen);
  writeFileSync(join(folder, 'new'), '');
  expect(seen.take(folder, factsOf(folder))).toBeNull();
  look(seen);
  expect(seen.take(folder, factsOf(folder))).toBeNull();
});

it('tells of many files, and keeps no more than memory is worth', () => {
  const onMany = vi.fn();
  const seen = new SeenFolders(onMany);
  const facts = factsOf(join(folder, 'file'));
  const begun = seen.begin(folder, factsOf(folder));
  let kept = 0;
  while (begun && seen.note(begun, `${kept}`, facts)) kept++;
  expect(kept).toBeGreaterThan(1000);
  expect(onMany).toHaveBeenCalledTimes(1);
  seen.drop(folder);
  expect(seen.take(folder, factsOf(folder))).toBeNull();
  expect(seen.begin(folder, factsOf(folder))).toBeNull();
});
