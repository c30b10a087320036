/** @file What people write where a path is asked for, as addresses that the engine understands. */
import type { Location } from '../../../shared/contract/location.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { joinAddress } from '../../../shared/sd-path.ts';
import { mountPointToSdPath, parentPath, volumeRoot } from '../../lib/entry-path.ts';

/** What a name may mean. */
export interface PathContext {
  /** Address of the open folder: what is relative begins there. */
  folder: string;
  volumes: readonly Pick<Volume, 'name' | 'fingerprint' | 'mountPoint'>[];
  locations: readonly Pick<Location, 'name' | 'path'>[];
  deviceId: string;
}

const isAbsolute = (text: string) => /^(?:sd:\/\/|[/~]|[A-Za-z]:[\\/]|\\\\)/.test(text);

/**
 * An address or plain path for the engine: of `sd://…`, a plain path, `~`, `file://…`, the name of a drive or location with or without a way
 * from there (`Backup/2024`, `Backup: /2024`), or a way from the open folder (`../Papers`).
 */
export function readTypedPath(text: string, context: PathContext): string {
  const typed = fromFileUrl(withoutQuotes(text.trim()));
  if (isAbsolute(typed)) return typed;
  const place = placesOf(context)
    .filter(({ name }) => isBelow(typed, name))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return place ? walk(place.address, typed.slice(place.name.length)) : walk(context.folder, typed);
}

/** The drives and locations that can be named, with the addresses of their roots. */
export function placesOf({ volumes, locations, deviceId }: PathContext): { name: string; address: string }[] {
  return [
    ...locations.map(({ name, path }) => ({ name, address: path })),
    ...volumes.map(({ name, fingerprint, mountPoint }) => ({
      name,
      address: mountPoint === null ? volumeRoot(fingerprint) : mountPointToSdPath(deviceId, mountPoint),
    })),
  ];
}

/** What was written up to the last slash, and what of a name comes after it. */
export function splitTypedPath(text: string): { folder: string; begun: string } {
  const cut = Math.max(text.lastIndexOf('/'), /^(?:[A-Za-z]:|\\\\)/.test(text) ? text.lastIndexOf('\\') : -1) + 1;
  return { folder: text.slice(0, cut), begun: text.slice(cut) };
}

function isBelow(typed: string, name: string): boolean {
  const rest = typed.slice(name.length);
  return (
    name !== '' &&
    typed.toLocaleLowerCase().startsWith(name.toLocaleLowerCase()) &&
    (rest === '' || /^(?::\s*(?:[/\\]|$)|[/\\])/.test(rest))
  );
}

function walk(from: string, way: string): string {
  return way
    .replace(/^:\s*/, '')
    .split('/')
    .reduce((folder, name) => {
      if (name === '' || name === '.') return folder;
      return name === '..' ? (parentPath(folder) ?? folder) : joinAddress(folder, name);
    }, from);
}

/** As shells and other programs write paths with spaces. */
function withoutQuotes(text: string): string {
  const [, , inside] = /^(["'])(.+)\1$/s.exec(text) ?? [];
  return inside ?? text;
}

function fromFileUrl(text: string): string {
  if (!text.startsWith('file:///')) return text;
  try {
    const path = decodeURIComponent(text.slice('file://'.length));
    return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
  } catch {
    // Damaged escapes: the engine says that there is no such path.
    return text;
  }
}
