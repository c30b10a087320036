import { useMutation, useQuery } from '@tanstack/react-query';
import type { Job } from '../../../shared/contract/job.ts';
import { query } from '../../app/engine.ts';

export const jobsQuery = query.jobs.list.queryOptions({ input: {} });

export function useJobs() {
  return useQuery(jobsQuery);
}

export const useCancelJob = () => useMutation(query.jobs.cancel.mutationOptions());

export function isActive(job: Job): boolean {
  return job.status === 'queued' || job.status === 'running' || job.status === 'paused';
}
