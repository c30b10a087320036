import { createInterface } from 'node:readline/promises';
import { MooringError } from '#shared/contract/error.ts';
import type { Session } from './session.ts';

export function canAsk({ isJson }: Session): boolean {
  return !isJson && process.stdin.isTTY && process.stdout.isTTY;
}

/**
 * Asks a person at a terminal before something is done that cannot be undone; programs are not asked. No answer means no.
 * @throws CANCELLED when the answer is no
 */
export async function confirm(session: Session, question: string): Promise<void> {
  if (!canAsk(session)) return;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl+D and Ctrl+C are answers too.
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
    if (!/^y(es)?$/i.test(answer.trim())) throw new MooringError('CANCELLED', 'Nothing was changed.');
  } finally {
    terminal.close();
  }
}
