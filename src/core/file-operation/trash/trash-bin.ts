import { z } from 'zod';
import { baseName, displayName } from '#core/fs/native-path.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { TrashedItem } from '#shared/contract/file.ts';
import type { FileAddresses } from '../file-task/file-addresses.ts';
import type { TrashListing } from '../file-task/file-task.ts';
import type { FileTasks } from '../file-task/file-tasks.ts';

export interface TrashBinOptions {
  tasks: FileTasks;
  addresses: FileAddresses;
  volumes: { readonly live: readonly Pick<LiveVolume, 'mountPoints' | 'unresponsive' | 'hiddenBecause'>[] };
}

/** What lies in the trash of the volumes that are mounted now. */
export class TrashBin {
  readonly #options: TrashBinOptions;

  constructor(options: TrashBinOptions) {
    this.#options = options;
  }

  /** Newest first. @throws MooringError `CURSOR_INVALID`, `VOLUME_UNRESPONSIVE` */
  async list({
    cursor,
    limit,
  }: {
    cursor?: string | undefined;
    limit: number;
  }): Promise<{ items: TrashedItem[]; nextCursor: string | null }> {
    const { tasks, addresses, volumes } = this.#options;
    const after = cursor === undefined ? null : readCursor(cursor);
    const mountPoints = volumes.live.flatMap((live) => (live.unresponsive || live.hiddenBecause === 'pseudo' ? [] : live.mountPoints));
    const listed = (await tasks.run('list-trash', { mountPoints })).map((listing) => ({ key: keyOf(listing, addresses), listing }));
    const sorted = listed.toSorted((a, b) => (a.key < b.key ? 1 : -1)).filter(({ key }) => after === null || key < after);
    const page = sorted.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(({ listing }) => this.#item(listing)),
      nextCursor: sorted.length > limit && last ? writeCursor(last.key) : null,
    };
  }

  #item({ path, originalPath, trashedMs, kind, sizeBytes }: TrashListing): TrashedItem {
    const { addresses } = this.#options;
    const address = addresses.of(path);
    return {
      id: address,
      name: displayName(baseName(originalPath)),
      kind,
      sizeBytes,
      originalPath: addresses.of(originalPath),
      path: address,
      volumeFingerprint: addresses.volumeOf(address).fingerprint,
      trashedAt: trashedMs === null ? null : new Date(trashedMs).toISOString(),
    };
  }
}

/** Sorts by time, then by place. */
function keyOf({ path, trashedMs }: TrashListing, addresses: FileAddresses): string {
  return `${String(Math.max(0, trashedMs ?? 0)).padStart(16, '0')} ${addresses.of(path)}`;
}

const Cursor = z.object({ after: z.string() });

function writeCursor(after: string): string {
  return Buffer.from(JSON.stringify({ after })).toString('base64url');
}

function readCursor(cursor: string): string {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))).after;
  } catch (error) {
    throw new MooringError('CURSOR_INVALID', 'This cursor is not one of this list. Start again from the first page.', { cause: error });
  }
}
