import type { ActionDefinition } from '#core/action/action-definition.ts';
import { emptyPreview } from '#core/action/empty-preview.ts';
import { undoImpossible } from '#core/action/told-undo.ts';
import type { JobStart } from '#core/job/job-definition.ts';
import type { Jobs } from '#core/job/jobs.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { Job } from '#shared/contract/job.ts';
import { reason } from '#shared/contract/reason.ts';
import type { ChangeSurroundings } from '../file-task/change-surroundings.ts';
import { MOST_TOLD, toldObstacles } from '../file-task/told-changes.ts';
import { createDeleteJob, type DeleteInput, DeleteOutput, type DeleteVolumes } from './delete-job.ts';

const FOR_GOOD = reason('deleted-for-good', {});

/** Deletes files and folders for good, as a job. */
export function createDeleteAction(surroundings: ChangeSurroundings, jobs: Jobs, volumes: DeleteVolumes): ActionDefinition<'file.delete'> {
  const { tasks, addresses, kept } = surroundings;
  const look = async (sources: readonly string[], isCounted: boolean, signal?: AbortSignal) => {
    const placed = sources.map((source) => ({ source, ...addresses.volumeOf(source) }));
    const waitsFor = placed.flatMap(({ fingerprint, isPluggedIn }) => (isPluggedIn || fingerprint === null ? [] : [fingerprint]));
    const paths = placed.flatMap(({ source, isPluggedIn }) => (isPluggedIn ? [addresses.toPath(source)] : []));
    const plan = await tasks.run('plan-delete', { request: { paths, kept: kept() }, isCounted }, { signal });
    return { plan, waitsFor: [...new Set(waitsFor)], fingerprints: [...new Set(placed.flatMap(({ fingerprint }) => fingerprint ?? []))] };
  };
  const start = async (input: DeleteInput, { library }: JobStart): Promise<Job> => {
    const { plan, fingerprints } = await look(input.sources, false);
    // What is gone is done, for a job that is asked for (once more); a user who names it has made a mistake.
    const obstacle = plan.obstacles.find(({ code }) => input.action !== undefined || code !== 'PATH_NOT_FOUND');
    if (obstacle) throw new MooringError(obstacle.code, obstacle.message, { details: { reason: obstacle.reason } });
    return jobs.dispatch(deleteJob, input, { volumes: fingerprints, writesTo: fingerprints, library });
  };
  const deleteJob = createDeleteJob(surroundings, volumes, start);
  jobs.register(deleteJob);
  return {
    type: 'file.delete',
    preview: async ({ sources }, signal) => {
      const { plan, waitsFor } = await look(sources, true, signal);
      const { files, folders, symlinks, bytes } = plan.counts;
      return {
        ...emptyPreview(undoImpossible(FOR_GOOD)),
        ...{ files, folders, symlinks, totalBytes: bytes, waitsFor, needsConfirmation: true },
        changes: plan.sources.slice(0, MOST_TOLD).map((path) => ({ from: addresses.of(path), to: null })),
        changeCount: plan.sources.length,
        obstacles: toldObstacles(plan.obstacles, addresses),
        obstacleCount: plan.obstacles.length,
      };
    },
    execute: async ({ sources, expected }, { id, library }) => ({ job: await start({ sources, expected, action: id }, { library }) }),
    conclude: ({ output }: Job) => {
      const done = DeleteOutput.safeParse(output).data;
      const undo = { reason: FOR_GOOD };
      if (!done) return { result: null, undo };
      const changes = done.deleted.map((from) => ({ from, to: null }));
      return { result: { kind: 'changes', changes, changeCount: done.deletedCount, bytes: done.bytes }, undo };
    },
  };
}
