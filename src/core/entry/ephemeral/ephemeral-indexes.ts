import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as newUuid } from 'uuid';
import type { Migration } from '#core/db/migrations.ts';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { joinVolumePath, splitVolumePath } from '#core/fs/path-names.ts';
import { refuseUnlessReadable } from '#core/fs/readable-folder.ts';
import type { ChangedFolder, IndexedRoot, ScanProgress } from '#core/indexing/index-task.ts';
import type { IndexedDatabase } from '#core/indexing/index-worker-client.ts';
import type { Indexers } from '#core/indexing/indexers.ts';
import { rulesChange } from '#core/indexing/rules/rules-change.ts';
import type { JobContext } from '#core/job/job-definition.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { LocationRow } from '#core/location/location-rows.ts';
import type { Logger } from '#core/log/logger.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { IndexMetrics } from '#shared/contract/indexing.ts';
import type { Job } from '#shared/contract/job.ts';
import type { ScanDepth } from '#shared/contract/location.ts';
import type { Device } from '#shared/contract/system.ts';
import { formatVolumePath } from '#shared/sd-path.ts';
import type { Addresses, EntryAddress } from '../entry-address.ts';
import { IndexedFolders } from '../indexed-folders.ts';
import { isListed } from '../stored-entry.ts';
import { EPHEMERAL_RULES, EphemeralIndex } from './ephemeral-index.ts';
import { type EphemeralScanInput, ephemeralScanJob } from './ephemeral-scan-job.ts';

export interface EphemeralIndexesOptions {
  dataDir: string;
  device: Device;
  migrations: readonly Migration[];
  volumes: { readonly live: readonly LiveVolume[] };
  addresses: Addresses;
  indexers: Indexers;
  jobs: Jobs;
  /** Folders that are never looked into: the data folder, and those of libraries. */
  excluded: () => NativePath[];
  log: Logger;
  nowMs?: () => number;
}

const IDLE_LIMIT_MS = 30 * 60 * 1000;
const LOOK_INTERVAL_MS = 60_000;
/** Least recently used ones go first. */
const MOST_INDEXES = 16;

/**
 * Indexes of folders that no location holds: made by a scan that was asked for, kept for half an hour after their last use, and taken over
 * when such a folder becomes a location. Their files are in `DATA/ephemeral`, and gone when Mooring stops.
 */
export class EphemeralIndexes {
  /** In the order of their last use. */
  #indexes: EphemeralIndex[] = [];
  readonly #options: EphemeralIndexesOptions;
  readonly #folder: string;
  readonly #job: ReturnType<typeof ephemeralScanJob>;
  readonly #indexed = new IndexedFolders();
  readonly #timer: NodeJS.Timeout;

  constructor(options: EphemeralIndexesOptions) {
    this.#options = { ...options, log: options.log.child({ component: 'entry' }) };
    this.#folder = join(options.dataDir, 'ephemeral');
    // What a killed process has left.
    rmSync(this.#folder, { recursive: true, force: true });
    this.#job = ephemeralScanJob({ run: (context) => this.#run(context), start: (input) => this.scan(input) });
    options.jobs.register(this.#job);
    this.#timer = setInterval(() => void this.forgetIdle(), LOOK_INTERVAL_MS);
    this.#timer.unref();
  }

  /**
   * Starts a job that looks at a folder, and at all below it.
   * @throws MooringError `VOLUME_OFFLINE`, `VOLUME_NOT_FOUND`, `INVALID_INPUT`, `NOT_SUPPORTED`, and as `refuseUnlessReadable` does
   */
  async scan(input: EphemeralScanInput): Promise<Job> {
    const { fingerprint, path } = this.#placeOf(input.path);
    await refuseUnlessReadable(path);
    return this.#options.jobs.dispatch(this.#job, input, { volumes: [fingerprint] });
  }

  /** The index that has the entries of a folder. That counts as its use. */
  covering(address: EntryAddress): EphemeralIndex | null {
    const index = this.#indexes.findLast((candidate) => {
      const found = candidate.covers(address) ? this.#indexed.find(candidate, address) : null;
      return found !== null && isListed(found.entry);
    });
    if (index) this.#use(index);
    return index ?? null;
  }

  /**
   * Gives a location that has no entries yet what is known of its folder: without touching the disk.
   * @returns how it is to be scanned then, for what has changed since and for its rules; null when nothing is known of it
   */
  async promote(library: IndexedDatabase, row: LocationRow, signal: AbortSignal): Promise<ScanDepth | null> {
    const address: EntryAddress = { fingerprint: row.volumeFingerprint, names: splitVolumePath(row.path), path: null, outer: [] };
    const index = this.covering(address);
    const found = index && this.#indexed.find(index, address);
    if (!index || !found) return null;
    try {
      await this.#rest(index);
      const task = { locationId: row.id, databasePath: index.databasePath, entryId: found.entry.id };
      await this.#options.indexers.for(library).adopt(task, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      this.#options.log.warn({ err: error, location: row.uuid }, 'What was known of a folder could not be taken over: it is read anew');
      return null;
    }
    if (index.names.length === address.names.length) void this.#forget(index);
    return rulesChange(EPHEMERAL_RULES, row.rules) === 'none' ? 'quick' : 'full';
  }

  /** Brings what is known in line with what our own operations have done. Never rejects: what could not be looked at is forgotten. */
  async follow(changes: readonly ChangedFolder[]): Promise<void> {
    await Promise.all(this.#indexes.map((index) => this.#followIn(index, changes)));
  }

  /** Forgets what nobody has used for half an hour. */
  async forgetIdle(): Promise<void> {
    const now = this.#options.nowMs?.() ?? Date.now();
    const idle = this.#indexes.filter(({ usedAtMs, scans }) => scans.size === 0 && usedAtMs <= now - IDLE_LIMIT_MS);
    await Promise.all(idle.map((index) => this.#forget(index)));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#indexes.map((index) => this.#forget(index)));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run({ input, signal, progress, problem }: JobContext<EphemeralScanInput>): Promise<IndexMetrics> {
    const place = this.#placeOf(input.path);
    const index = this.#indexFor(place.address);
    const stop = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const scan = { abort: () => stop.abort(), ended };
    index.scans.add(scan);
    const root = this.#rootOf(index, place);
    const below = place.address.names.slice(index.names.length);
    const task = {
      root,
      depth: input.depth,
      below,
      maxDepth: input.maxDepth,
      resumeFrom: null,
      walkers: place.live.diskType === 'HDD' ? 1 : 2,
    };
    try {
      const listener = {
        onProblem: problem,
        onProgress: ({ phase, currentPath, counts }: ScanProgress) => {
          const currentItem = currentPath === null ? null : displayName(currentPath);
          progress({ phase, currentItem, itemsDone: counts.entriesSeen, bytesDone: counts.bytesSeen });
        },
      };
      const metrics = await this.#options.indexers.for(index).scan(task, listener, AbortSignal.any([signal, stop.signal]));
      this.#use(index);
      return metrics;
    } finally {
      index.scans.delete(scan);
      end();
    }
  }

  async #followIn(index: EphemeralIndex, changes: readonly ChangedFolder[]): Promise<void> {
    const { addresses, indexers, log } = this.#options;
    const folders = changes.filter(({ path }) => index.covers(addresses.ofPath(path)));
    if (folders.length === 0) return;
    try {
      const task = { roots: [this.#rootOf(index, this.#placeOf(formatOf(index)))], folders };
      await indexers.for(index).applyChanges(task, {}, new AbortController().signal);
    } catch (error) {
      log.debug({ err: error, path: index.databasePath }, 'An ephemeral index could not follow what was changed');
      void this.#forget(index);
    }
  }

  #rootOf(index: EphemeralIndex, { path, mountPoint, live }: { path: NativePath; mountPoint: string; live: LiveVolume }): IndexedRoot {
    return {
      locationId: index.locationId,
      path: this.#options.addresses.read(formatOf(index)).path ?? path,
      mountPoint,
      drive: live.drive ?? null,
      rules: EPHEMERAL_RULES,
      excluded: this.#options.excluded(),
    };
  }

  /** The index that a folder belongs to: one that is there and holds it, else a new one. */
  #indexFor(address: EntryAddress): EphemeralIndex {
    const present = this.#indexes.findLast((index) => index.covers(address));
    if (present) {
      this.#use(present);
      return present;
    }
    const { device, migrations } = this.#options;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const nowMs = this.#options.nowMs?.() ?? Date.now();
    const index = new EphemeralIndex(join(this.#folder, `${newUuid()}.db`), address, { device, migrations, nowMs });
    this.#indexes.push(index);
    const surplus = this.#indexes.filter(({ scans }) => scans.size === 0).slice(0, Math.max(0, this.#indexes.length - MOST_INDEXES));
    for (const oldest of surplus) if (oldest !== index) void this.#forget(oldest);
    return index;
  }

  #use(index: EphemeralIndex): void {
    index.usedAtMs = this.#options.nowMs?.() ?? Date.now();
    this.#indexes = [...this.#indexes.filter((other) => other !== index), index];
  }

  /** Ends what works on an index; afterwards no thread has it open. */
  async #rest(index: EphemeralIndex): Promise<void> {
    const scans = [...index.scans];
    for (const scan of scans) scan.abort();
    await Promise.all(scans.map(({ ended }) => ended));
    await this.#options.indexers.release(index);
  }

  async #forget(index: EphemeralIndex): Promise<void> {
    this.#indexes = this.#indexes.filter((other) => other !== index);
    try {
      await this.#rest(index);
      index.remove();
    } catch (error) {
      this.#options.log.warn(
        { err: error, path: index.databasePath },
        'An ephemeral index could not be removed; the next start removes it',
      );
    }
  }

  /** @throws MooringError `VOLUME_OFFLINE`, `VOLUME_NOT_FOUND` */
  #placeOf(input: string): { address: EntryAddress; path: NativePath; live: LiveVolume; mountPoint: string; fingerprint: string } {
    const address = this.#options.addresses.read(input);
    const { path, fingerprint } = address;
    if (path === null) throw this.#options.addresses.offline(address);
    const live = this.#options.volumes.live.find((volume) => volume.fingerprint === fingerprint);
    const mountPoint = live?.mountPoints[0];
    if (!live || mountPoint === undefined || fingerprint === null) {
      throw new MooringError(
        'VOLUME_NOT_FOUND',
        `“${displayName(path)}” lies on no volume that is known: it can be browsed, but not indexed.`,
      );
    }
    return { address, path, live, mountPoint, fingerprint };
  }
}

function formatOf({ fingerprint, names }: EphemeralIndex): string {
  return formatVolumePath(fingerprint, joinVolumePath(names));
}
