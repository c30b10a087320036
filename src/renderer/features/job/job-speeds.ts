import { create } from 'zustand';
import type { JobProgress } from '../../../shared/contract/job.ts';

/** How fast a job was at a moment. */
export interface SpeedSample {
  /** Milliseconds since 1970. */
  at: number;
  bytesPerSecond: number;
}

/** The graph tells of the last minute. */
export const SPEED_SPAN_MS = 60_000;
/** Progress comes ten times a second: drawn are so many a second. */
const LEAST_PAUSE_MS = 500;

/** By the id of the job. */
export const useJobSpeeds = create<{ samples: ReadonlyMap<string, readonly SpeedSample[]> }>(() => ({ samples: new Map() }));

export function recordSpeed(jobId: string, { bytesPerSecond }: JobProgress, timestamp: string): void {
  if (bytesPerSecond === null) return;
  const { samples } = useJobSpeeds.getState();
  const before = samples.get(jobId) ?? [];
  const at = Date.parse(timestamp);
  const last = before.at(-1);
  if (last && at - last.at < LEAST_PAUSE_MS) return;
  const kept = before.filter((sample) => at - sample.at <= SPEED_SPAN_MS);
  // Jobs that have said nothing for a minute are over, or stand still: there is nothing to draw of them.
  const others = [...samples].filter(([id, list]) => id !== jobId && at - (list.at(-1)?.at ?? 0) <= SPEED_SPAN_MS);
  useJobSpeeds.setState({ samples: new Map([...others, [jobId, [...kept, { at, bytesPerSecond }]]]) });
}
