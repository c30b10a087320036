import { lstatSync, readlinkSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { v7 as newUuid } from 'uuid';
import type { LibraryDatabase, LibraryWriter } from '#core/db/library-database.ts';
import { devices, entries, locations } from '#core/db/schema.ts';
import { kindOf } from '#core/entry/describe-entry.ts';
import { splitNanoseconds } from '#core/entry/entry-facts.ts';
import { naturalSortKey } from '#core/entry/natural-sort-key.ts';
import { KIND_RANK } from '#core/entry/row-order.ts';
import { displayName, joinPath, type NativePath } from '#core/fs/native-path.ts';
import { namesIn } from '#core/fs/read-folder.ts';
import { storedExtension } from '#core/indexing/entry-inserts.ts';
import { LocationRules } from '#shared/contract/location.ts';

export interface HandMadeLocation {
  folder: NativePath;
  volumeFingerprint: string;
  /** Of the folder, within its volume. */
  pathInVolume: NativePath;
  deviceId: string;
  rules?: Partial<LocationRules>;
}

interface Sums {
  size: number;
  fileCount: number;
  folderCount: number;
}

/** Enters a folder and all below it into a database, in the plainest way there is: what the indexer should have made of it. @returns the location's uuid */
export function indexByHand(database: Pick<LibraryDatabase, 'transact'>, location: HandMadeLocation): string {
  const { folder, volumeFingerprint, pathInVolume, deviceId, rules = {} } = location;
  const uuid = newUuid();
  const now = new Date().toISOString();
  database.transact((tx) => {
    const device = { uuid: deviceId, name: 'test', os: 'linux' as const, osVersion: '1', lastSeenAt: now, createdAt: now };
    tx.insert(devices).values(device).onConflictDoNothing().run();
    const row = { uuid, deviceId, volumeFingerprint, path: pathInVolume, name: 'test', indexMode: 'shallow' as const, watchEnabled: true };
    const { id } = tx
      .insert(locations)
      .values({ ...row, rules: LocationRules.parse(rules), createdAt: now })
      .returning()
      .get();
    const { rowId } = enter(tx, folder, '', null, id);
    tx.update(locations).set({ rootEntryId: rowId }).where(eq(locations.id, id)).run();
  });
  return uuid;
}

function enter(
  tx: LibraryWriter,
  path: NativePath,
  name: NativePath,
  parentId: number | null,
  locationId: number,
): Sums & { rowId: number } {
  const stats = lstatSync(path, { bigint: true });
  const kind = kindOf(stats);
  const { ms: modifiedMs, ns: modifiedNs } = splitNanoseconds(stats.mtimeNs);
  const row = {
    ...{ locationId, parentId, name, sortKey: naturalSortKey(displayName(name)), kind: KIND_RANK[kind], modifiedMs, modifiedNs },
    size: kind === 'folder' ? 0 : Number(stats.size),
    bornMs: stats.birthtimeNs > 0 ? splitNanoseconds(stats.birthtimeNs).ms : null,
    mode: Number(stats.mode) & 0o7777,
    extension: kind === 'file' ? storedExtension(name) : null,
    linkTarget: kind === 'symlink' ? readlinkSync(path) : null,
  };
  const { id: rowId } = tx.insert(entries).values(row).returning({ id: entries.id }).get();
  const sums = {
    size: kind === 'file' ? row.size : 0,
    fileCount: kind === 'folder' ? 0 : 1,
    folderCount: kind === 'folder' ? 1 : 0,
    rowId,
  };
  if (kind !== 'folder') return sums;
  const below: Sums = { size: 0, fileCount: 0, folderCount: 0 };
  const names = [...namesIn(path)];
  for (const child of names) {
    const found = enter(tx, joinPath(path, child), child, rowId, locationId);
    below.size += found.size;
    below.fileCount += found.fileCount;
    below.folderCount += found.folderCount;
  }
  const counts = { ...below, childCount: names.length, listedMs: modifiedMs, listedNs: modifiedNs };
  tx.update(entries).set(counts).where(eq(entries.id, rowId)).run();
  return { ...below, folderCount: below.folderCount + 1, rowId };
}
