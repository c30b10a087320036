import type { LogLine, Metrics } from '#shared/contract/system.ts';
import type { Session } from '../session.ts';
import { formatDuration } from './figures.ts';
import { safeText } from './safe-text.ts';
import { formatFields, formatTable } from './table.ts';

export function formatLogLine(line: LogLine, colors: Session['colors']): string {
  const color = { fatal: colors.red, error: colors.red, warn: colors.yellow, info: colors.reset, debug: colors.dim, trace: colors.dim }[
    line.level
  ];
  const fields = Object.keys(line.fields).length > 0 ? ` ${colors.dim(safeText(JSON.stringify(line.fields)))}` : '';
  return `${colors.dim(line.at)} ${color(line.level.padEnd(5))} ${line.component}: ${safeText(line.message)}${fields}`;
}

export function formatMetrics(metrics: Metrics): string {
  const { calls, events } = metrics;
  const summary = formatFields([
    ['Running', formatDuration(metrics.uptimeSeconds)],
    ['Calls', `${calls.total}, ${calls.failed} failed, mean ${calls.meanMs.toFixed(1)} ms, p95 ${calls.p95Ms.toFixed(1)} ms`],
    ['Events', `${events.published} published, ${events.lost} lost, ${events.subscribers} subscribers`],
    ['Jobs', metrics.jobs.map(({ status, count }) => `${count} ${status}`).join(', ') || 'none'],
    ['Volume operations', metrics.volumeOperations.map(({ type, status, count }) => `${count} ${type} ${status}`).join(', ') || 'none'],
  ]);
  if (calls.byProcedure.length === 0) return summary;
  const table = formatTable(
    [
      { title: 'Procedure' },
      { title: 'Calls', align: 'right' },
      { title: 'Failed', align: 'right' },
      { title: 'Mean ms', align: 'right' },
      { title: 'p95 ms', align: 'right' },
    ],
    calls.byProcedure.map((row) => [row.procedure, String(row.total), String(row.failed), row.meanMs.toFixed(1), row.p95Ms.toFixed(1)]),
  );
  return `${summary}\n\n${table}`;
}
