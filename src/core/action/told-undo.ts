import type { ActionPreview, ActionRecord } from '#shared/contract/action.ts';
import { type Reason, reason, sentenceOf } from '#shared/contract/reason.ts';
import type { UndoFacts } from './action-definition.ts';

/** What is said of taking something back before it is done. */
export const UNDO_POSSIBLE: ActionPreview['undo'] = { isPossible: true, reason: null };

export function undoImpossible(why: Reason): ActionPreview['undo'] {
  return { isPossible: false, reason: sentenceOf(why), why };
}

/** Of an undoing. */
export const UNDO_IS_FINAL = undoImpossible(reason('undo-is-final', {}));

/** The state of what cannot be taken back. */
export function impossible(why: Reason): Pick<ActionRecord['undo'], 'state' | 'reason' | 'why'> {
  return { state: 'impossible', reason: sentenceOf(why), why };
}

/** What is said of an undoing that is over: how the next is refused. */
export const UNDOING: UndoFacts = { reason: reason('undo-is-final', {}) };
