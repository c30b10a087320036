import type { IndexMetrics } from '#shared/contract/indexing.ts';

/** Of several passes over the same location: what they changed and looked at in sum, and at which speed. */
export function addMetrics(before: IndexMetrics | null, now: IndexMetrics): IndexMetrics {
  if (!before) return now;
  const sum = (field: NumericMetric) => before[field] + now[field];
  const seconds = secondsOf(before) + secondsOf(now);
  const entriesSeen = sum('entriesSeen');
  const bytesSeen = sum('bytesSeen');
  return {
    created: sum('created'),
    modified: sum('modified'),
    moved: sum('moved'),
    removed: sum('removed'),
    foldersListed: sum('foldersListed'),
    entriesSeen,
    bytesSeen,
    entriesPerSecond: seconds > 0 ? entriesSeen / seconds : 0,
    bytesPerSecond: seconds > 0 ? bytesSeen / seconds : 0,
    phaseMs: addByKey(before.phaseMs, now.phaseMs),
    databaseReads: sum('databaseReads'),
    databaseWrites: sum('databaseWrites'),
    unchanged: sum('unchanged'),
    // Each pass meets the same ones again.
    problems: Math.max(before.problems, now.problems),
  };
}

type NumericMetric = Exclude<keyof IndexMetrics, 'phaseMs'>;

/** How long a pass took, from what it says of its speed. */
function secondsOf({ entriesSeen, entriesPerSecond }: IndexMetrics): number {
  return entriesPerSecond > 0 ? entriesSeen / entriesPerSecond : 0;
}

function addByKey(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...keys].map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)]));
}
