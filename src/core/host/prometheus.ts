import { Gauge, Registry } from 'prom-client';
import type { Metrics } from '#shared/contract/system.ts';

export const PROMETHEUS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** The engine's own counters in Prometheus' text format. Counted there, only written down here, hence gauges that are set. */
export function metricsToPrometheus(metrics: Metrics): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `mooring_${name}`, help, labelNames, registers: [registry] });

  gauge('uptime_seconds', 'Seconds since the engine started').set(metrics.uptimeSeconds);
  gauge('calls_error_ratio', 'Failed calls as a fraction of all').set(metrics.calls.errorRate);
  gauge('call_duration_mean_seconds', 'Mean duration of all calls').set(metrics.calls.meanMs / 1000);
  gauge('call_duration_p95_seconds', '95th percentile of the duration of all calls').set(metrics.calls.p95Ms / 1000);
  const calls = gauge('calls_total', 'Calls by procedure and outcome', ['procedure', 'outcome']);
  const mean = gauge('procedure_duration_mean_seconds', 'Mean duration of calls by procedure', ['procedure']);
  const p95 = gauge('procedure_duration_p95_seconds', '95th percentile of the duration of calls by procedure', ['procedure']);
  for (const { procedure, total, failed, meanMs, p95Ms } of metrics.calls.byProcedure) {
    calls.set({ procedure, outcome: 'ok' }, total - failed);
    calls.set({ procedure, outcome: 'failed' }, failed);
    mean.set({ procedure }, meanMs / 1000);
    p95.set({ procedure }, p95Ms / 1000);
  }
  const operations = gauge('volume_operations_total', 'Volume operations by type and status', ['type', 'status']);
  for (const { type, status, count } of metrics.volumeOperations) operations.set({ type, status }, count);
  const jobs = gauge('jobs', 'Jobs by status', ['status']);
  for (const { status, count } of metrics.jobs) jobs.set({ status }, count);
  gauge('events_published_total', 'Domain events published').set(metrics.events.published);
  gauge('events_lost_total', 'Domain events that slow subscribers lost').set(metrics.events.lost);
  gauge('event_subscribers', 'Open subscriptions').set(metrics.events.subscribers);
  return registry.metrics();
}
