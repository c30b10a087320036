import { count } from 'drizzle-orm';
import type { EngineServices } from '#core/engine.ts';
import type { Metrics } from '#shared/contract/system.ts';
import { volumeOperations } from '../db/schema.ts';

export function systemMetrics({ startedAt, metrics, libraries, jobs, events }: EngineServices): Metrics {
  return {
    uptimeSeconds: (Date.now() - startedAt.getTime()) / 1000,
    calls: metrics.snapshot(),
    volumeOperations: countVolumeOperations(libraries),
    jobs: [...jobs.countsByStatus()].map(([status, total]) => ({ status, count: total })),
    events: events.statistics(),
  };
}

/** Over all open libraries. */
function countVolumeOperations({ opened }: EngineServices['libraries']): Metrics['volumeOperations'] {
  const totals = new Map<string, Metrics['volumeOperations'][number]>();
  for (const library of opened) {
    const rows = library.read((db) =>
      db
        .select({ type: volumeOperations.type, status: volumeOperations.status, count: count() })
        .from(volumeOperations)
        .groupBy(volumeOperations.type, volumeOperations.status)
        .all(),
    );
    for (const row of rows) {
      const key = `${row.type} ${row.status}`;
      totals.set(key, { ...row, count: row.count + (totals.get(key)?.count ?? 0) });
    }
  }
  return [...totals.values()];
}
