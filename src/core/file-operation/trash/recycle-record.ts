/** What a `$I` file of the Windows recycle bin says. */
export interface RecycleRecord {
  sizeBytes: bigint;
  deletedAt: Date;
  /** With drive letter and backslashes. */
  originalPath: string;
}

/** FILETIME counts tenths of microseconds since 1601. */
const TICKS_PER_MS = 10_000n;
const MS_FROM_1601_TO_1970 = 11_644_473_600_000n;
const VERSION_VISTA = 1n;
const VERSION_WINDOWS_10 = 2n;
/** Of version 1 the path has 260 characters, whatever of them is used. */
const VISTA_CHARACTERS = 260;
const HEADER_BYTES = 24;
const MOST_CHARACTERS = 32_768;

/**
 * Version 2, of Windows 10 and later: version, size and FILETIME in 8 bytes each, the number of characters with the ending NUL in 4, and the
 * path in UTF-16, all little-endian (as described by libyal's "Windows Recycle.Bin file formats").
 */
export function formatRecycleRecord({ sizeBytes, deletedAt, originalPath }: RecycleRecord): Buffer {
  const header = Buffer.alloc(HEADER_BYTES + 4);
  header.writeBigInt64LE(VERSION_WINDOWS_10, 0);
  header.writeBigInt64LE(sizeBytes, 8);
  header.writeBigInt64LE((BigInt(deletedAt.getTime()) + MS_FROM_1601_TO_1970) * TICKS_PER_MS, 16);
  header.writeUInt32LE(originalPath.length + 1, HEADER_BYTES);
  return Buffer.concat([header, Buffer.from(`${originalPath}\0`, 'utf16le')]);
}

/** Reads versions 1 and 2; null for anything else. */
export function parseRecycleRecord(bytes: Buffer): RecycleRecord | null {
  if (bytes.length < HEADER_BYTES) return null;
  const version = bytes.readBigInt64LE(0);
  if (version !== VERSION_VISTA && version !== VERSION_WINDOWS_10) return null;
  const isVista = version === VERSION_VISTA;
  if (!isVista && bytes.length < HEADER_BYTES + 4) return null;
  const characters = isVista ? VISTA_CHARACTERS : bytes.readUInt32LE(HEADER_BYTES);
  const start = isVista ? HEADER_BYTES : HEADER_BYTES + 4;
  if (characters > MOST_CHARACTERS || bytes.length < start + characters * 2) return null;
  const text = bytes.toString('utf16le', start, start + characters * 2);
  const end = text.indexOf('\0');
  const ms = bytes.readBigInt64LE(16) / TICKS_PER_MS - MS_FROM_1601_TO_1970;
  return { sizeBytes: bytes.readBigInt64LE(8), deletedAt: new Date(Number(ms)), originalPath: end < 0 ? text : text.slice(0, end) };
}
