import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { baseName, fromBytes, type NativePath, toBytes } from '#core/fs/native-path.ts';
import { sizeBelow } from './size-below.ts';
import { percentEncode } from './trash-info.ts';

/**
 * Notes how much a folder in the trash holds: `SIZE MTIME NAME` lines, as the specification has them, MTIME being that of its record. It spares
 * others the counting, and is left out where counting would take long, or cannot be written.
 *
 * @param file the trash's `directorysizes`
 */
export function noteDirectorySize(file: NativePath, folder: NativePath, record: NativePath): void {
  const size = sizeBelow(folder);
  if (size === null) return;
  const seconds = Math.floor(lstatSync(record).mtimeMs / 1000);
  rewrite(file, baseName(folder), `${size} ${seconds} ${percentEncode(baseName(folder))}`);
}

export function forgetDirectorySize(file: NativePath, name: NativePath): void {
  rewrite(file, name, null);
}

function rewrite(file: NativePath, name: NativePath, line: string | null): void {
  const encoded = percentEncode(name);
  try {
    const present = readLines(file);
    const others = present.filter((one) => one.split(' ')[2] !== encoded);
    if (line === null && others.length === present.length) return;
    const temporary = fromBytes(Buffer.concat([toBytes(file), Buffer.from(`.${process.pid}-${performance.now().toString(36)}`)]));
    try {
      writeFileSync(temporary, [...others, ...(line === null ? [] : [line])].map((one) => `${one}\n`).join(''), {
        flag: 'wx',
        mode: 0o600,
      });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch {
    // Nothing but a cache: whoever finds no line counts by himself.
  }
}

function readLines(file: NativePath): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return []; // There is none yet.
  }
}
