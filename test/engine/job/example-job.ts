/** @file The worked example of ARCHITECTURE.md: a job that adds up the sizes of the files below a folder of a volume. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { toFsError } from '#core/fs/fs-error.ts';
import { defineJob } from '#core/job/job-definition.ts';
import type { Jobs } from '#core/job/jobs.ts';
import type { Volumes } from '#core/volume/volumes.ts';
import type { Job } from '#shared/contract/job.ts';

/** The folder by volume and path within it: after a restart the volume may be mounted elsewhere. */
const Input = z.object({ volume: z.string(), folder: z.string() });
/** Folders that are still to be read, and what the others held. */
const State = z.object({ pending: z.array(z.string()), files: z.number(), bytes: z.number() });

export function createFolderSizeJob(jobs: Jobs, volumes: Volumes) {
  const folderSize = defineJob({
    name: 'folder-size',
    input: Input,
    state: State,
    yieldsVolume: true,
    async start({ volume, folder }, { library }): Promise<Job> {
      const { fingerprint } = volumes.findLive(volume, library?.id);
      return jobs.dispatch(folderSize, { volume: fingerprint, folder }, { volumes: [fingerprint], library });
    },
    async run({ input, state, ...job }) {
      const { mountPoints } = volumes.findLive(input.volume);
      const root = mountPoints[0] ?? '';
      const { pending, ...found } = state ?? { pending: [input.folder], files: 0, bytes: 0 };
      for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
        job.checkInterrupt();
        try {
          for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
            const path = join(folder, entry.name);
            if (entry.isDirectory()) pending.push(path);
            if (!entry.isFile()) continue;
            found.bytes += (await lstat(join(root, path))).size;
            found.files++;
          }
        } catch (error) {
          // Is it the folder, or has the drive gone? Then the job waits for it.
          await volumes.ensureFresh();
          volumes.findLive(input.volume);
          const { code, message } = toFsError(error, join(root, folder));
          job.problem({ path: join(root, folder), code, message });
        }
        job.progress({ phase: 'adding up', currentItem: folder, itemsDone: found.files, bytesDone: found.bytes });
        job.checkpoint({ pending: [...pending], ...found });
      }
      return found;
    },
  });
  return folderSize;
}
