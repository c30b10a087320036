import { customType } from 'drizzle-orm/sqlite-core';
import { parse, stringify } from 'uuid';

/** A UUID, stored as its 16 bytes, read and written as the usual text. */
export const uuidBlob = customType<{ data: string; driverData: Buffer }>({
  dataType: () => 'blob',
  toDriver: (text) => Buffer.from(parse(text)),
  fromDriver: (bytes) => stringify(bytes),
});

/** A moment: integer milliseconds UTC in the database, ISO 8601 here. */
export const timestamp = customType<{ data: string; driverData: number }>({
  dataType: () => 'integer',
  toDriver: (iso) => Date.parse(iso),
  fromDriver: (ms) => new Date(ms).toISOString(),
});
