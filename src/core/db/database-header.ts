import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { errorNumber } from '../fs/fs-error.ts';

/** ASCII `MOOR`: SQLite's `application_id` of a library's database. */
export const APPLICATION_ID = 0x4d4f4f52;

const HEADER_BYTES = 100;
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

export type DatabaseHeader = { kind: 'missing' } | { kind: 'damaged' } | { kind: 'sqlite'; applicationId: number; userVersion: number };

/**
 * What the first bytes of a database file say, read without SQLite, so that nothing is written beside a file that is not ours.
 * While a write-ahead log waits to be merged, `userVersion` may be older than the database's.
 * Offsets: https://www.sqlite.org/fileformat2.html#the_database_header
 */
export function readDatabaseHeader(path: string): DatabaseHeader {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return { kind: 'missing' };
    throw error;
  }
  try {
    if (!fstatSync(fd).isFile()) return { kind: 'damaged' };
    const header = Buffer.alloc(HEADER_BYTES);
    const length = readSync(fd, header, 0, HEADER_BYTES, 0);
    if (length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC)) return { kind: 'damaged' };
    return { kind: 'sqlite', userVersion: header.readInt32BE(60), applicationId: header.readInt32BE(68) };
  } finally {
    closeSync(fd);
  }
}
