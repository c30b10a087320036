import type { z } from 'zod';
import type { TransferReportLine } from '../../../shared/contract/file.ts';

export type ReportFormat = 'csv' | 'json';

/** A report as a file: CSV as RFC 4180 has it, or JSON. @param readable of an address, for people to read */
export function reportText(
  lines: readonly z.infer<typeof TransferReportLine>[],
  format: ReportFormat,
  readable: (address: string) => string,
): string {
  const plain = lines.map((line) => ({ ...line, source: readable(line.source), target: readable(line.target) }));
  if (format === 'json') return `${JSON.stringify(plain, null, 2)}\n`;
  const rows = plain.map(({ source, target, bytes, digest, state }) => [source, target, String(bytes), digest ?? '', state]);
  return [['source', 'target', 'bytes', 'blake3', 'state'], ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/**
 * A name may hold anything. What a spreadsheet would take for a formula gets an apostrophe in front, as
 * https://owasp.org/www-community/attacks/CSV_Injection advises.
 */
function field(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
