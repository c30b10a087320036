import { customType } from 'drizzle-orm/sqlite-core';
import { parse, stringify } from 'uuid';
import { fromBytes, type NativePath } from '#core/fs/native-path.ts';

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

/**
 * A name or path from a disk: SQLite text where it is UTF-8, else a blob of its bytes. Equal bytes always have the same form,
 * so plain comparison is exact.
 */
export const nativePath = customType<{ data: NativePath; driverData: string | Buffer }>({
  dataType: () => 'blob',
  toDriver: (path) => path,
  fromDriver: (value) => (typeof value === 'string' ? value : fromBytes(value)),
});

/** Whatever JSON cannot say, as MessagePack. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'blob' });
