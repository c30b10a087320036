import { isUtf8 } from 'node:buffer';
import { homedir } from 'node:os';
import path from 'node:path';
import { MooringError } from '#shared/contract/error.ts';
import { formatSdPath, parseSdPath } from '#shared/sd-path.ts';

/**
 * An absolute, normalised path as this system has it: a string, or the bytes themselves where they are not UTF-8 (on
 * Linux a name is any bytes but `/` and NUL). Always a string when the bytes are UTF-8, so that equal paths compare equal
 * with `samePath`. Every function of `node:fs` takes one.
 */
export type NativePath = string | Buffer;

const isWindows = process.platform === 'win32';

/**
 * Reads a path that a client sent: `sd://DEVICE/…`, or a plain absolute path on this device; `~` at its beginning is the home folder of the
 * user whom the engine runs as. `..` and repeated slashes
 * are resolved by the text alone, as a shell's `cd` does.
 *
 * @throws MooringError `INVALID_INPUT` for relative paths, NUL bytes and damaged SdPaths; `NOT_SUPPORTED` for a path on
 *   another device and for content addresses
 */
export function toNativePath(input: string, deviceId: string): NativePath {
  if (/^sd:/i.test(input)) return fromBytes(readSdPath(input, deviceId));
  return absolute(
    input.replace(/^~(?=$|[\\/])/, () => homedir()),
    input,
  );
}

/** @returns the lossless address that clients use: `sd://DEVICE/…`, percent-encoded byte by byte */
export function toSdPath(nativePath: NativePath, deviceId: string): string {
  if (typeof nativePath !== 'string') return formatSdPath(deviceId, nativePath);
  return formatSdPath(deviceId, isWindows ? nativePath.replaceAll('\\', '/') : nativePath);
}

/** The path made of bytes: a string when they are UTF-8. Bytes from `readdir` must pass through here. */
export function fromBytes(bytes: Buffer): NativePath {
  return isUtf8(bytes) ? bytes.toString('utf8') : bytes;
}

/** A path as it arrives in another thread, where a Buffer has become a plain byte array. */
export function fromMessage(path: string | Uint8Array): NativePath {
  return typeof path === 'string' ? path : fromBytes(Buffer.from(path));
}

/** @param name one name as `readdir` gave it, never a path */
export function joinPath(folder: NativePath, name: NativePath): NativePath {
  if (typeof folder === 'string' && typeof name === 'string') {
    return folder.endsWith(path.sep) ? folder + name : folder + path.sep + name;
  }
  const bytes = toBytes(folder);
  const separator = bytes.at(-1) === 0x2f ? '' : '/';
  return fromBytes(Buffer.concat([bytes, Buffer.from(separator), toBytes(name)]));
}

/** The last part of a path; empty for a root. */
export function baseName(nativePath: NativePath): NativePath {
  if (typeof nativePath === 'string') return path.basename(nativePath);
  return fromBytes(nativePath.subarray(nativePath.lastIndexOf(0x2f) + 1));
}

/** The folder that holds it; a root is its own parent. */
export function parentOf(nativePath: NativePath): NativePath {
  if (typeof nativePath === 'string') return path.dirname(nativePath);
  const end = nativePath.lastIndexOf(0x2f);
  return fromBytes(nativePath.subarray(0, Math.max(end, 1)));
}

/** A path or name for people to read: what is not UTF-8 appears as U+FFFD. Never use it to address a file. */
export function displayName(nativePath: NativePath): string {
  return typeof nativePath === 'string' ? nativePath.toWellFormed() : nativePath.toString('utf8');
}

export function toBytes(nativePath: NativePath): Buffer {
  return typeof nativePath === 'string' ? Buffer.from(nativePath) : nativePath;
}

export function samePath(a: NativePath, b: NativePath): boolean {
  return typeof a === 'string' ? a === b : typeof b !== 'string' && a.equals(b);
}

/** Whether `nativePath` is `folder` or lies below it, by their text alone. */
export function isWithin(nativePath: NativePath, folder: NativePath): boolean {
  if (samePath(nativePath, folder)) return true;
  const above = joinPath(folder, '');
  if (typeof nativePath === 'string' && typeof above === 'string') return nativePath.startsWith(above);
  const prefix = toBytes(above);
  return toBytes(nativePath).subarray(0, prefix.length).equals(prefix);
}

function readSdPath(input: string, deviceId: string): Buffer {
  const parsed = parseSdPath(input);
  if (!parsed) {
    throw new MooringError('INVALID_INPUT', `“${input}” is not a valid address. Addresses look like sd://DEVICE/folder/file.`);
  }
  if (parsed.type === 'content') {
    throw new MooringError('NOT_SUPPORTED', 'Addresses of content (sd://content/…) cannot be opened. Give the path of a file.');
  }
  if (parsed.type === 'volume') {
    throw new MooringError('NOT_SUPPORTED', 'Addresses within a volume (sd://volume/…) cannot be used here. Give a path on this device.');
  }
  if (parsed.deviceId !== deviceId) {
    throw new MooringError('NOT_SUPPORTED', `“${input}” is on another device. Only files of this device can be opened here.`);
  }
  // Latin-1 carries any bytes through the text functions unharmed.
  const text = Buffer.from(parsed.path).toString('latin1');
  return Buffer.from(absolute(isWindows ? text.replace(/^\/(?=[a-z]:)/i, '') : text, input), 'latin1');
}

function absolute(text: string, shown: string): string {
  if (text.includes('\0')) throw new MooringError('INVALID_INPUT', 'A path cannot hold a NUL character.');
  const rooted = isWindows ? /^([a-z]:[\\/]|[\\/]{2}[^\\/])/i.test(text) : text.startsWith('/');
  if (!rooted) throw new MooringError('INVALID_INPUT', `“${shown}” is not an absolute path. Give the whole path, from the root on.`);
  const normal = path.normalize(text);
  return normal.length > path.parse(normal).root.length ? normal.replace(isWindows ? /[\\/]+$/ : /\/+$/, '') : normal;
}
