import { z } from 'zod';
import { displayName, type NativePath } from '#core/fs/native-path.ts';
import { reasonError } from '#core/fs/reason-error.ts';
import { defineJob, type JobStart } from '#core/job/job-definition.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import { DeleteExpected } from '#shared/contract/action.ts';
import { PathInput } from '#shared/contract/entry.ts';
import { MOST_CHOSEN } from '#shared/contract/file.ts';
import type { Job } from '#shared/contract/job.ts';
import type { ChangeSurroundings } from '../file-task/change-surroundings.ts';
import type { FileTaskMessage } from '../file-task/file-task.ts';
import { MOST_TOLD, toOwnChanges } from '../file-task/told-changes.ts';
import { type DeleteCounts, noCounts } from './delete-task.ts';

/** By volume where one is known. `action`: whose job this is. `expected`: what the user has been shown. */
const DeleteInput = z.object({
  sources: z.array(PathInput).min(1).max(MOST_CHOSEN),
  action: z.uuid().optional(),
  expected: DeleteExpected.optional(),
});
export type DeleteInput = z.infer<typeof DeleteInput>;
/** What is gone already. Nothing else is needed to go on: what is not there any more is done. */
const DeleteState = z.object({ files: z.number(), folders: z.number(), symlinks: z.number(), bytes: z.number() });

export const DeleteOutput = DeleteState.extend({
  /** What was named and is gone as a whole; the first thousand. */
  deleted: z.array(z.string()),
  deletedCount: z.number(),
});

/** What is asked of the volume manager. */
export interface DeleteVolumes {
  readonly live: readonly Pick<LiveVolume, 'fingerprint' | 'drive'>[];
  ensureFresh(): Promise<void>;
}

/**
 * Deletes files and folders for good.
 *
 * @param start checks and dispatches it
 */
export function createDeleteJob(
  surroundings: ChangeSurroundings,
  volumes: DeleteVolumes,
  start: (input: DeleteInput, options: JobStart) => Promise<Job>,
) {
  const { tasks, addresses, follow, kept } = surroundings;
  return defineJob({
    name: 'file-delete',
    input: DeleteInput,
    state: DeleteState,
    output: DeleteOutput,
    start,
    async run({ input: { sources, expected }, state, signal, ...job }) {
      await volumes.ensureFresh();
      const paths = sources.map((source) => addresses.toPath(source));
      const drives = drivesOf(sources);
      // What goes on has been compared before, and is less by now.
      if (expected && state === null) await refuseMore(paths, expected, signal);
      const problems: Extract<FileTaskMessage, { type: 'problem' }>[] = [];
      const deleted: string[] = [];
      let counts: DeleteCounts = state ?? noCounts();
      const before = itemsOf(counts);
      job.progress({ phase: 'deleting', itemsDone: before, bytesDone: counts.bytes });
      const onMessage = (message: FileTaskMessage) => {
        if (message.type === 'problem') problems.push(message);
        else if (message.type === 'deleted') {
          counts = message.counts;
          job.checkpoint(counts);
          if (message.isWhole) deleted.push(addresses.of(message.path));
          void follow.changed(changesOf(message));
        } else if (message.progress) job.progress(toProgress(message.progress));
      };
      try {
        counts = await tasks.run('delete', { request: { paths, kept: kept() }, counts }, { signal, onMessage });
      } catch (error) {
        // What it was at is deleted in part.
        void follow.changed(paths.map((folder) => ({ folder, names: null })));
        throw error;
      }
      // Where a drive was pulled out nothing is found either: that is not deleted.
      await volumes.ensureFresh();
      if (drivesOf(sources) !== drives) throw reasonError('VOLUME_OFFLINE', 'unplugged-while-deleting', {});
      for (const { path, code, message, reason } of problems) job.problem({ path: addresses.of(path), code, message, reason });
      await follow.changed(toOwnChanges(paths.map((path) => ({ from: path, to: null }))));
      return { ...counts, deleted: deleted.slice(0, MOST_TOLD), deletedCount: deleted.length };
    },
  });

  /** @throws MooringError `CONFLICT` where there is more than was shown */
  async function refuseMore(paths: NativePath[], expected: DeleteExpected, signal: AbortSignal): Promise<void> {
    const { counts } = await tasks.run('plan-delete', { request: { paths, kept: kept() }, isCounted: true }, { signal });
    const { files, folders, symlinks, bytes } = counts;
    const isMore = files > expected.files || folders > expected.folders || symlinks > expected.symlinks || bytes > expected.totalBytes;
    if (isMore) throw reasonError('CONFLICT', 'more-than-shown', { files, folders });
  }

  /** Which drives they are on, and which time these were plugged in. */
  function drivesOf(sources: readonly string[]): string {
    const fingerprints = new Set(sources.map((source) => addresses.volumeOf(source).fingerprint));
    return JSON.stringify(volumes.live.flatMap(({ fingerprint, drive }) => (fingerprints.has(fingerprint) ? [[fingerprint, drive]] : [])));
  }
}

/** Of a folder that is deleted in part nothing more is known than that it has changed. */
function changesOf({ path, isWhole }: Extract<FileTaskMessage, { type: 'deleted' }>) {
  return isWhole ? toOwnChanges([{ from: path, to: null }]) : [{ folder: path, names: null }];
}

function toProgress({ currentItem, itemsDone, bytesDone }: NonNullable<Extract<FileTaskMessage, { type: 'progress' }>['progress']>) {
  return { currentItem: currentItem === null ? null : displayName(currentItem), itemsDone, bytesDone };
}

function itemsOf({ files, folders, symlinks }: DeleteCounts): number {
  return files + folders + symlinks;
}
