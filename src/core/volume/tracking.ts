import { eq, getTableColumns } from 'drizzle-orm';
import { v7 as newUuid } from 'uuid';
import { MooringError } from '#shared/contract/error.ts';
import { indexTotals } from '../db/index-totals.ts';
import type { LibraryReader, LibraryWriter } from '../db/library-database.ts';
import { devices, volumes } from '../db/schema.ts';
import type { LiveVolume } from './live-volume.ts';

/** The part of an open library that volumes need. */
export interface TrackingLibrary {
  readonly id: string;
  read<T>(fn: (db: LibraryReader) => T): T;
  transact<T>(fn: (tx: LibraryWriter) => T): T;
}

/** A row of `volumes`, with totals of what is indexed on it (null where nothing is), and the name of the device that saw it last. */
export type TrackedVolume = typeof volumes.$inferSelect & {
  lastSeenDeviceName: string;
  totalFiles: number | null;
  totalDirectories: number | null;
};

export interface TrackingPatch {
  displayName?: string | undefined;
  isFavorite?: boolean | undefined;
  color?: string | null | undefined;
  icon?: string | null | undefined;
}

/** Everything that the library tracks, mounted or not, with what its index has of it. */
export function trackedVolumes(library: TrackingLibrary): TrackedVolume[] {
  return library.read((db) => {
    const indexed = new Map(indexTotals(db).map((totals) => [totals.fingerprint, totals]));
    const rows = db
      .select({ ...getTableColumns(volumes), lastSeenDeviceName: devices.name })
      .from(volumes)
      .innerJoin(devices, eq(devices.uuid, volumes.lastSeenDeviceId))
      .all();
    return rows.map((row) => {
      const { files = null, folders = null } = indexed.get(row.fingerprint) ?? {};
      return { ...row, totalFiles: files, totalDirectories: folders };
    });
  });
}

/** @throws MooringError `VOLUME_ALREADY_TRACKED` */
export function insertTracking(library: TrackingLibrary, live: LiveVolume, deviceId: string, displayName: string | null): void {
  const now = new Date().toISOString();
  library.transact((tx) => {
    const existing = tx.select({ uuid: volumes.uuid }).from(volumes).where(eq(volumes.fingerprint, live.fingerprint)).get();
    if (existing) throw new MooringError('VOLUME_ALREADY_TRACKED', 'This library tracks the volume already.', { details: existing });
    tx.insert(volumes)
      .values({
        uuid: newUuid(),
        fingerprint: live.fingerprint,
        displayName,
        trackedAt: now,
        hardwareIds: live.hardwareId === null ? [] : [live.hardwareId],
        identitySource: live.identity.source,
        ...sightingOf(live, deviceId, now),
        totalCapacity: live.totalBytes ?? 0,
        availableCapacity: live.availableBytes ?? 0,
      })
      .run();
  });
}

/** @returns false when the library does not track it */
export function deleteTracking(library: TrackingLibrary, fingerprint: string): boolean {
  return library.transact((tx) => tx.delete(volumes).where(eq(volumes.fingerprint, fingerprint)).run().changes > 0);
}

/** @returns false when the library does not track it */
export function updateTracking(library: TrackingLibrary, fingerprint: string, patch: TrackingPatch): boolean {
  // Drizzle leaves out what is undefined; with nothing left it refuses.
  const isEmpty = Object.values(patch).every((value) => value === undefined);
  const columns = isEmpty ? { fingerprint } : patch;
  return library.transact((tx) => tx.update(volumes).set(columns).where(eq(volumes.fingerprint, fingerprint)).run().changes > 0);
}

/** Writes down that these volumes were here just now, in one transaction. Volumes that the library does not track are passed over. */
export function recordSightings(library: TrackingLibrary, seen: readonly LiveVolume[], deviceId: string): void {
  const now = new Date().toISOString();
  const byFingerprint = new Map(seen.map((live) => [live.fingerprint, live]));
  const rows = trackedVolumes(library).filter((row) => byFingerprint.has(row.fingerprint));
  if (rows.length === 0) return;
  library.transact((tx) => {
    for (const row of rows) {
      const live = byFingerprint.get(row.fingerprint);
      if (!live) continue;
      const hardwareIds = row.hardwareIds.length === 0 && live.hardwareId !== null ? [live.hardwareId] : row.hardwareIds;
      tx.update(volumes)
        .set({ ...sightingOf(live, deviceId, now), hardwareIds })
        .where(eq(volumes.fingerprint, row.fingerprint))
        .run();
    }
  });
}

/** Writes down the user's answer whether hardware belongs to a tracked volume. */
export function answerHardware(library: TrackingLibrary, fingerprint: string, hardwareId: string, isSame: boolean): void {
  library.transact((tx) => {
    const row = tx.select().from(volumes).where(eq(volumes.fingerprint, fingerprint)).get();
    if (!row) throw new MooringError('VOLUME_NOT_TRACKED', 'This library does not track the volume that this one resembles.');
    const without = (ids: readonly string[]) => ids.filter((id) => id !== hardwareId);
    tx.update(volumes)
      .set({
        hardwareIds: isSame ? [...without(row.hardwareIds), hardwareId] : without(row.hardwareIds),
        rejectedHardwareIds: isSame ? without(row.rejectedHardwareIds) : [...without(row.rejectedHardwareIds), hardwareId],
      })
      .where(eq(volumes.fingerprint, fingerprint))
      .run();
  });
}

function sightingOf(live: LiveVolume, deviceId: string, now: string) {
  return {
    lastSeenAt: now,
    lastSeenMountPoint: live.mountPoints[0] ?? null,
    lastSeenDeviceId: deviceId,
    fileSystem: live.fileSystem,
    label: live.label,
    mountType: live.mountType,
    diskType: live.diskType,
    hardwareModel: live.hardwareModel,
    // An unresponsive volume tells no sizes: the last known ones stay.
    ...(live.totalBytes === null ? {} : { totalCapacity: live.totalBytes }),
    ...(live.availableBytes === null ? {} : { availableCapacity: live.availableBytes }),
  };
}
