import { createInterface } from 'node:readline/promises';
import type { ConflictPolicy } from '#shared/contract/file.ts';
import { safeText } from './printers/safe-text.ts';

const ANSWERS: Record<string, ConflictPolicy> = { s: 'skip', o: 'overwrite', n: 'newer', r: 'rename' };

/** Asks what to do with files that are there already; null: nothing. */
export async function askConflictPolicy(message: string): Promise<ConflictPolicy | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${safeText(message)}\n[s]kip, [o]verwrite, overwrite if [n]ewer, [r]ename, or [c]ancel? `);
    return ANSWERS[answer.trim().charAt(0).toLowerCase()] ?? null;
  } finally {
    terminal.close();
  }
}
