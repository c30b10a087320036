import { sep } from 'node:path';
import { fromBytes, isWithin, joinPath, type NativePath, toBytes } from './native-path.ts';

/** A path within a volume, as its names. It is written with `/` on every system, without slashes at its ends. */
export function splitVolumePath(path: NativePath): NativePath[] {
  if (typeof path === 'string') return path.split('/').filter((name) => name !== '');
  // Latin-1 carries any bytes through the text functions unharmed.
  return path
    .toString('latin1')
    .split('/')
    .filter((name) => name !== '')
    .map((name) => fromBytes(Buffer.from(name, 'latin1')));
}

/** The reverse of `splitVolumePath`. */
export function joinVolumePath(names: readonly NativePath[]): NativePath {
  return fromBytes(Buffer.concat(names.flatMap((name, index) => [Buffer.from(index === 0 ? '' : '/'), toBytes(name)])));
}

/** An absolute path, from a folder's path and the names below it. */
export function joinNames(folder: NativePath, names: readonly NativePath[]): NativePath {
  return names.reduce<NativePath>(joinPath, folder);
}

/** The names that lead from `folder` to `nativePath`; null when it does not lie in it. By their text alone. */
export function namesBelow(nativePath: NativePath, folder: NativePath): NativePath[] | null {
  if (!isWithin(nativePath, folder)) return null;
  const rest = toBytes(nativePath).subarray(toBytes(folder).length);
  return splitVolumePath(fromBytes(sep === '/' ? rest : Buffer.from(rest.toString('utf8').replaceAll(sep, '/'))));
}
