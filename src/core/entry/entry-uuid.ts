import { createHash } from 'node:crypto';
import { parse, stringify } from 'uuid';

/** Row ids are never given twice, and 48 bits last for nine million entries a second for a year. */
const ID_BYTES = 6;
const LARGEST_ID = 2 ** (8 * ID_BYTES) - 1;

/**
 * The uuid of an entry, made of its library's and its row id, so that no row has to store one. A UUID of version 8 (RFC 9562, section 5.8):
 *
 * ```
 * 0               4       6       8      10              16
 * | library hash  | hash  | 8hhh  | 10hh…  | row id, big-endian |
 * ```
 *
 * Its first ten bytes are those of the SHA-256 of the library's uuid, but for the version (`8`) and the variant (`10`) in their places;
 * its last six are the row id.
 *
 * @param entryId `entries.id`
 */
export function entryUuid(libraryId: string, entryId: number): string {
  return entryUuids(libraryId)(entryId);
}

/** `entryUuid` for many entries of one library. */
export function entryUuids(libraryId: string): (entryId: number) => string {
  const prefix = prefixes.get(libraryId) ?? stringify(prefixOf(libraryId)).slice(0, -2 * ID_BYTES);
  prefixes.set(libraryId, prefix);
  return (entryId) => {
    if (!Number.isSafeInteger(entryId) || entryId < 0 || entryId > LARGEST_ID) throw new RangeError(`${entryId} is no id of an entry.`);
    return prefix + entryId.toString(16).padStart(2 * ID_BYTES, '0');
  };
}

/** Of libraries that were asked for: there are few. */
const prefixes = new Map<string, string>();

/** The row id in a uuid; null when it is not of an entry of this library. */
export function entryIdOf(libraryId: string, uuid: string): number | null {
  const bytes = bytesOf(uuid);
  if (!bytes?.subarray(0, -ID_BYTES).equals(prefixOf(libraryId).subarray(0, -ID_BYTES))) return null;
  return bytes.readUIntBE(bytes.length - ID_BYTES, ID_BYTES);
}

function prefixOf(libraryId: string): Buffer {
  const bytes = createHash('sha256').update(parse(libraryId)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

function bytesOf(uuid: string): Buffer | null {
  try {
    return Buffer.from(parse(uuid));
  } catch {
    return null; // It is no uuid at all.
  }
}
