import type { ActionRecord } from '#shared/contract/action.ts';
import { shortInput } from '#shared/short-input.ts';

/** What is remembered of an action. */
export interface StoredAction {
  record: ActionRecord;
  /** How it is taken back: for the definition of its type alone. Null when it cannot be. */
  undoFacts: Record<string, unknown> | null;
}

/** So many items of a list are shown where many actions are; `get` has all. */
const ITEMS_SHOWN = 100;

/** As lists and events have it: an action may name thousands of files. */
export function abbreviated(record: ActionRecord): ActionRecord {
  const { input, result } = record;
  return { ...record, input: shortInput(input, ITEMS_SHOWN), result: result && shortResult(result) };
}

function shortResult(result: NonNullable<ActionRecord['result']>): ActionRecord['result'] {
  if (result.kind === 'changes') return { ...result, changes: result.changes.slice(0, ITEMS_SHOWN) };
  if (result.kind === 'transfer') return { ...result, created: result.created.slice(0, ITEMS_SHOWN) };
  return result;
}
