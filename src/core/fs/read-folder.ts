import { type Dirent, opendirSync } from 'node:fs';
import { fromBytes, type NativePath } from './native-path.ts';

/** Entries that are fetched from the system at once. */
const BUFFERED = 1024;

/**
 * What is in a folder, in the disk's own order, with names as bytes; read as it is asked for, so that a folder of any size
 * needs little memory.
 *
 * @throws an error of `node:fs`
 */
export function* readFolder(folder: NativePath): Generator<{ bytes: Buffer; dirent: Dirent }, void> {
  // Node's types know neither this encoding here, nor that names are bytes then.
  const directory = opendirSync(folder, { encoding: 'buffer' as BufferEncoding, bufferSize: BUFFERED });
  try {
    for (let dirent = directory.readSync(); dirent; dirent = directory.readSync())
      yield { bytes: dirent.name as unknown as Buffer, dirent };
  } finally {
    directory.closeSync();
  }
}

/** Names in a folder, as `readFolder` finds them. @throws an error of `node:fs` */
export function* namesIn(folder: NativePath): Generator<NativePath, void> {
  for (const { bytes } of readFolder(folder)) yield fromBytes(bytes);
}
