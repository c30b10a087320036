import { useQuery } from '@tanstack/react-query';
import type { Location } from '../../../shared/contract/location.ts';
import { jobsQuery } from '../job/job-queries.ts';
import { type LocationStatus, statusOf } from './location-facts.ts';

/** How a location stands. Drawn again when that changes, and not with the progress of jobs. */
export function useLocationStatus(location: Location): LocationStatus {
  const { data } = useQuery({
    ...jobsQuery,
    select: (list) =>
      statusOf(
        location,
        list.items.find(({ id }) => id === location.jobId),
      ),
  });
  return data ?? statusOf(location);
}
