import { z } from 'zod';

/** Keyset paging: `nextCursor` is opaque; `null` means that this was the last page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const PageInput = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  cursor: z.string().max(4096).optional(),
});

/** ISO 8601, UTC, with milliseconds. */
export const Timestamp = z.iso.datetime({ precision: 3 });

/** Bytes as a plain number: exact up to 8 PiB. */
export const ByteCount = z.number().int().nonnegative();

/** What `z.boolean()` would be if query strings could carry booleans. */
export const Flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());
