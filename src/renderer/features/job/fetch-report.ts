import type { z } from 'zod';
import type { TransferReportLine } from '../../../shared/contract/file.ts';
import { engine } from '../../app/engine.ts';

const PAGE_SIZE = 1000;

/** All lines of the report of a copy or move. */
export async function fetchReport(job: string): Promise<z.infer<typeof TransferReportLine>[]> {
  const lines: z.infer<typeof TransferReportLine>[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof engine.files.report>> = await engine.files.report({
      job,
      limit: PAGE_SIZE,
      ...(cursor === null ? {} : { cursor }),
    });
    lines.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lines;
}
