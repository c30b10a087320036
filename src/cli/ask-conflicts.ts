import { createInterface, type Interface } from 'node:readline/promises';
import type { ConflictAnswer, FileConflict } from '#shared/contract/file.ts';
import { conflictLines } from './printers/action-preview.ts';
import { formatCount } from './printers/figures.ts';
import type { Places } from './printers/places.ts';
import type { Session } from './session.ts';

const ANSWERS: Record<string, ConflictAnswer> = { s: 'skip', o: 'overwrite', n: 'newer', k: 'rename' };
const CHOICES = '[s]kip, [o]verwrite, overwrite if [n]ewer, [k]eep both; in capitals for all that follow; [c]ancel? ';

export interface ConflictAnswers {
  answers: { source: string; answer: ConflictAnswer }[];
  /** For all that was not asked about; null: those were all. */
  rest: ConflictAnswer | null;
}

/**
 * Asks a person at a terminal about each name that is taken.
 *
 * @param count of all conflicts: `conflicts` holds the first ones
 * @returns null when the answer is to do nothing
 */
export async function askConflicts(
  session: Session,
  { conflicts, conflictCount }: { conflicts: readonly FileConflict[]; conflictCount: number },
  at: Places,
): Promise<ConflictAnswers | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl+D and Ctrl+C are answers too.
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('c')));
  // What comes next begins a line of its own.
  terminal.once('SIGINT', () => {
    session.note('');
    terminal.close();
  });
  try {
    session.note(`${formatCount(conflictCount, 'name is', 'names are')} taken.`);
    const answers: ConflictAnswers['answers'] = [];
    for (const [index, conflict] of conflicts.entries()) {
      session.note(`${index + 1} of ${conflictCount}:\n${conflictLines(conflict, session, at)}`);
      const letter = await ask(terminal, closed);
      const answer = ANSWERS[letter.toLowerCase()];
      if (!answer) return null;
      if (letter !== letter.toLowerCase()) return { answers, rest: answer };
      answers.push({ source: conflict.source.path, answer });
    }
    if (conflictCount === conflicts.length) return { answers, rest: null };
    session.note(`For the other ${conflictCount - conflicts.length}:`);
    const rest = ANSWERS[(await ask(terminal, closed)).toLowerCase()];
    return rest ? { answers, rest } : null;
  } finally {
    terminal.close();
  }
}

/** Until it is one of the letters. */
async function ask(terminal: Interface, closed: Promise<string>): Promise<string> {
  for (;;) {
    const letter = (await Promise.race([terminal.question(CHOICES), closed])).trim().charAt(0);
    if (letter.toLowerCase() === 'c' || ANSWERS[letter.toLowerCase()]) return letter;
  }
}
