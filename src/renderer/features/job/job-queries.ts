import { type QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Job, JobStatus } from '../../../shared/contract/job.ts';
import { engine, query } from '../../app/engine.ts';

const UNFINISHED: readonly JobStatus[] = ['running', 'queued', 'paused'];
/** The engine's limit. */
const MOST = 1000;
const PAGE_SIZE = 100;

/** The newest jobs, and all that have not ended, however long ago they were started. Newest first. */
export const jobsQuery = { ...query.jobs.list.queryOptions({ input: {} }), queryFn: fetchJobs };

async function fetchJobs() {
  const [newest, ...unfinished] = await Promise.all([
    engine.jobs.list({ limit: PAGE_SIZE }),
    ...UNFINISHED.map((status) => engine.jobs.list({ status, limit: MOST })),
  ]);
  const older = unfinished.flatMap((page) => page.items).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return { items: withoutTwins([...newest.items, ...older]), nextCursor: newest.nextCursor };
}

function withoutTwins(jobs: readonly Job[]): Job[] {
  return [...new Map(jobs.map((job) => [job.id, job])).values()];
}

export function useJobs() {
  return useQuery(jobsQuery);
}

/** One job out of those that are known; undefined when it is not among them. */
export function useJob(id: string | null): Job | undefined {
  return useQuery({ ...jobsQuery, select: (list) => list.items.find((job) => job.id === id) }).data;
}

export function useActiveJobCount(): number {
  return useQuery({ ...jobsQuery, select: (list) => list.items.filter(isActive).length }).data ?? 0;
}

/** Adds the next page of the history to what is known. */
export function useOlderJobs() {
  const client = useQueryClient();
  return useMutation({ mutationFn: (cursor: string) => fetchOlder(client, cursor), networkMode: 'always' });
}

async function fetchOlder(client: QueryClient, cursor: string): Promise<void> {
  const page = await engine.jobs.list({ limit: PAGE_SIZE, cursor });
  client.setQueryData(jobsQuery.queryKey, (old) =>
    old ? { items: withoutTwins([...page.items, ...old.items]).sort(newestFirst), nextCursor: page.nextCursor } : old,
  );
}

const newestFirst = (a: Job, b: Job) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);

/** What did not work in a job. `count` is how many there are now: more are fetched as they come. */
export function useJobProblems(id: string, count: number) {
  const listing = useInfiniteQuery(
    query.jobs.problems.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      enabled: count > 0,
      staleTime: 0,
    }),
  );
  return { ...listing, items: listing.data?.pages.flatMap((page) => page.items) ?? [] };
}

export function useJobLog(id: string) {
  const listing = useInfiniteQuery(
    query.jobs.log.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      staleTime: 0,
    }),
  );
  return { ...listing, items: listing.data?.pages.flatMap((page) => page.items) ?? [] };
}

const byTurn = (a: Job, b: Job) => a.turn - b.turn || a.id.localeCompare(b.id);

/** Jobs that have not ended: those that have begun, then those that wait, in the order in which they will begin. */
export function inOrder(jobs: readonly Job[]): Job[] {
  const isFirst = (job: Job) => Number(job.priority === 'user');
  const waiting = jobs.filter(({ status }) => status === 'queued').sort((a, b) => isFirst(b) - isFirst(a) || byTurn(a, b));
  return [...jobs.filter(({ status }) => status !== 'queued'), ...waiting];
}

export const useCancelJob = () => useMutation(query.jobs.cancel.mutationOptions());
export const usePauseJob = () => useMutation(query.jobs.pause.mutationOptions());
export const useResumeJob = () => useMutation(query.jobs.resume.mutationOptions());
/** Where a job stands among those of its priority that wait, and how it gets to another place. */
export function useJobQueue(job: Job) {
  const reorder = useMutation(query.jobs.reorder.mutationOptions());
  const waiting = (useJobs().data?.items ?? []).filter(({ status, priority }) => status === 'queued' && priority === job.priority);
  const queue = waiting.sort(byTurn);
  const at = queue.findIndex(({ id }) => id === job.id);
  const behindNext = queue[at + 2];
  return {
    isBusy: reorder.isPending,
    /** The job in front of which it would stand, one place earlier. */
    before: at > 0 ? queue[at - 1]?.id : undefined,
    after: at >= 0 && at < queue.length - 1 ? (behindNext ? { before: behindNext.id } : ('last' as const)) : undefined,
    move: (to: 'last' | { before: string }, onError: (error: unknown) => void) => reorder.mutate({ id: job.id, to }, { onError }),
  };
}

export const useRetryJob = () => useMutation(query.jobs.retry.mutationOptions());

/** Forgets all that have ended, here as well as in the engine. */
export function useClearJobs() {
  const client = useQueryClient();
  return useMutation(
    query.jobs.clearFinished.mutationOptions({ onSuccess: () => client.invalidateQueries({ queryKey: query.jobs.list.key() }) }),
  );
}

export function isActive(job: Job): boolean {
  return job.status === 'queued' || job.status === 'running' || job.status === 'paused';
}

/** Whether starting it again may bring something. */
export function canRetry(job: Job): boolean {
  return job.status === 'failed' || job.status === 'cancelled' || (job.status === 'completed' && job.problemCount > 0);
}

/** Whether it is worth the user's attention unasked: not what Mooring does by itself. */
export function isOfUser(job: Job): boolean {
  return job.priority === 'user' && job.parentId === null;
}

/** Whether Mooring did it by itself, and nothing was wrong: of no interest to most. */
export function isRoutine(job: Job): boolean {
  return !isOfUser(job) && job.status === 'completed' && job.problemCount === 0;
}
