import { createHash } from 'node:crypto';
import type { ActionPreview, ActionRecord, FileAction } from '#shared/contract/action.ts';

const REMEMBERED = 64;

/** What was last shown of actions that were looked at before they were done, in numbers. */
export class Expectations {
  /** Oldest first. */
  readonly #byAction = new Map<string, NonNullable<ActionRecord['expected']>>();

  note(action: FileAction, preview: ActionPreview): void {
    const key = keyOf(action);
    this.#byAction.delete(key);
    this.#byAction.set(key, inNumbers(preview));
    const [oldest] = this.#byAction.keys();
    if (this.#byAction.size > REMEMBERED && oldest !== undefined) this.#byAction.delete(oldest);
  }

  of(action: FileAction): ActionRecord['expected'] {
    return this.#byAction.get(keyOf(action)) ?? null;
  }
}

export function inNumbers({
  files,
  folders,
  totalBytes,
  conflictCount,
  obstacleCount,
}: ActionPreview): NonNullable<ActionRecord['expected']> {
  return { files, folders, totalBytes, conflicts: conflictCount, obstacles: obstacleCount };
}

/** Answers to conflicts, and what was expected, are given after they were shown. */
function keyOf(action: FileAction): string {
  const {
    onConflict: _policy,
    answers: _answers,
    expected: _expected,
    ...asked
  } = { onConflict: null, answers: null, expected: null, ...action };
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64');
}
