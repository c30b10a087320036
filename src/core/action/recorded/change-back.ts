import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { reasonError } from '#core/fs/reason-error.ts';

/** What a change of something has changed: its fields before and after. */
export const FieldsChanged = z.object({ before: z.record(z.string(), z.unknown()), after: z.record(z.string(), z.unknown()) });
export type FieldsChanged = z.infer<typeof FieldsChanged>;

/** Of the fields that a user has given, those that are something else now; null when all are as they were. */
export function fieldsChanged(given: object, before: object, after: object): FieldsChanged | null {
  const was = new Map(Object.entries(before));
  const is = new Map(Object.entries(after));
  const changed = Object.entries(given).flatMap(([key, value]) =>
    value === undefined || isDeepStrictEqual(was.get(key), is.get(key)) ? [] : [key],
  );
  if (changed.length === 0) return null;
  const pick = (fields: Map<string, unknown>) => Object.fromEntries(changed.map((key) => [key, fields.get(key) ?? null]));
  return { before: pick(was), after: pick(is) };
}

/** @throws MooringError `UNDO_REFUSED` when one of the fields is not any more what it was changed to */
export function refuseIfChangedSince({ after }: FieldsChanged, now: object): void {
  const present = new Map(Object.entries(now));
  const other = Object.entries(after).filter(([key, value]) => !isDeepStrictEqual(present.get(key) ?? null, value));
  if (other.length === 0) return;
  throw reasonError('UNDO_REFUSED', 'changed-again-since', {});
}
