import type { TransferReportLine } from '#shared/contract/file.ts';
import type { Session } from '../session.ts';
import { formatSize } from './figures.ts';
import type { Places } from './places.ts';
import { formatTable } from './table.ts';

const CSV_FIELDS = ['source', 'target', 'bytes', 'digest', 'state'] as const;

export function formatReport(
  { items, nextCursor }: { items: readonly TransferReportLine[]; nextCursor: string | null },
  { colors, units }: Pick<Session, 'colors' | 'units'>,
  at: Places,
): string {
  if (items.length === 0) return 'No file was copied or moved.';
  const table = formatTable(
    [{ title: 'State' }, { title: 'Size', align: 'right' }, { title: 'BLAKE3' }, { title: 'File' }],
    items.map(({ state, bytes, digest, target }) => [state, formatSize(bytes, units), digest ?? '–', at(target)]),
  );
  return nextCursor ? `${table}\n${colors.dim(`Go on with --cursor ${nextCursor}`)}` : table;
}

/** RFC 4180, with a header. Addresses stay as they are: their control characters are encoded. */
export function reportHeader(): string {
  return `${CSV_FIELDS.join(',')}\r\n`;
}

export function reportLine(line: TransferReportLine): string {
  return `${CSV_FIELDS.map((field) => csvField(line[field])).join(',')}\r\n`;
}

function csvField(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
