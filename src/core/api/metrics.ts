import type { Metrics } from '#shared/contract/system.ts';

/** Durations kept of each procedure: enough for a steady 95th percentile, and bounded. */
const WINDOW = 512;

/** Counts the calls of clients, by procedure. Durations are kept of the newest calls alone. */
export class CallMetrics {
  #byProcedure = new Map<string, CallCounter>();

  record(procedure: string, durationMs: number, hasFailed: boolean): void {
    const counter = this.#byProcedure.get(procedure) ?? new CallCounter();
    this.#byProcedure.set(procedure, counter);
    counter.record(durationMs, hasFailed);
  }

  snapshot(): Metrics['calls'] {
    const counters = [...this.#byProcedure];
    const durations = counters.flatMap(([, counter]) => counter.durations());
    const total = counters.reduce((sum, [, counter]) => sum + counter.total, 0);
    const failed = counters.reduce((sum, [, counter]) => sum + counter.failed, 0);
    return {
      total,
      failed,
      errorRate: total === 0 ? 0 : failed / total,
      ...summarize(durations),
      byProcedure: counters
        .map(([procedure, counter]) => ({
          procedure,
          total: counter.total,
          failed: counter.failed,
          ...summarize(counter.durations()),
        }))
        .toSorted((a, b) => (a.procedure < b.procedure ? -1 : 1)),
    };
  }
}

class CallCounter {
  total = 0;
  failed = 0;
  readonly #ring: number[] = [];

  record(durationMs: number, hasFailed: boolean): void {
    this.#ring[this.total % WINDOW] = durationMs;
    this.total++;
    if (hasFailed) this.failed++;
  }

  durations(): readonly number[] {
    return this.#ring;
  }
}

function summarize(durations: readonly number[]): { meanMs: number; p95Ms: number } {
  const sorted = durations.toSorted((a, b) => a - b);
  const sum = sorted.reduce((total, duration) => total + duration, 0);
  return { meanMs: sorted.length === 0 ? 0 : sum / sorted.length, p95Ms: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0 };
}
