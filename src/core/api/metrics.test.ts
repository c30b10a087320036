import { expect, it } from 'vitest';
import { CallMetrics } from './metrics.ts';

it('counts every call, and keeps the durations of the newest alone', () => {
  const metrics = new CallMetrics();
  for (let call = 0; call < 1000; call++) metrics.record('a.slow', 1000, true);
  for (let call = 0; call < 512; call++) metrics.record('a.slow', call, false);
  metrics.record('b.fast', 5, false);
  const { total, failed, errorRate, byProcedure } = metrics.snapshot();
  expect({ total, failed }).toEqual({ total: 1513, failed: 1000 });
  expect(errorRate).toBeCloseTo(1000 / 1513);
  expect(byProcedure).toEqual([
    { procedure: 'a.slow', total: 1512, failed: 1000, meanMs: 255.5, p95Ms: 486 },
    { procedure: 'b.fast', total: 1, failed: 0, meanMs: 5, p95Ms: 5 },
  ]);
});

it('has figures before the first call', () => {
  expect(new CallMetrics().snapshot()).toEqual({ total: 0, failed: 0, errorRate: 0, meanMs: 0, p95Ms: 0, byProcedure: [] });
});
