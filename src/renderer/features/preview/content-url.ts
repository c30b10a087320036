import type { Entry } from '../../../shared/contract/entry.ts';
import { mediaKindOf, type Viewer } from '../../../shared/media-type.ts';

/** What has to be known of a file. */
export type Shown = Pick<Entry, 'path' | 'kind' | 'name' | 'linkTarget' | 'sizeBytes' | 'modifiedAt' | 'problem'>;

/**
 * Where the bytes of a file are, on the desktop and in a browser alike; null where there are none: of folders, and while its drive is not plugged
 * in. Another address when the file has changed, so that what shows it begins anew.
 */
export function contentUrl(entry: Shown): string | null {
  if (entry.problem !== null || (entry.kind !== 'file' && entry.kind !== 'symlink')) return null;
  // What can be reached has an address by device; one by volume is that of a drive that is away.
  if (entry.path.startsWith('sd://volume/')) return null;
  const version = `${entry.modifiedAt ?? ''}-${entry.sizeBytes ?? ''}`;
  return `/content?${new URLSearchParams({ path: entry.path, v: version })}`;
}

/** What a file is shown with, by its name, or that of what a link leads to; null where that says nothing, which its first bytes may. */
export function viewerOf({ name, linkTarget }: Pick<Entry, 'name' | 'linkTarget'>): Viewer | null {
  return mediaKindOf(extensionOf(linkTarget ?? name))?.viewer ?? null;
}

/** Without the dot; null where there is none. Names that begin with their only dot have it as their extension: `.gitignore`. */
export function extensionOf(name: string): string | null {
  return /\.([^.]+)$/.exec(name)?.[1] ?? null;
}

/** Larger files would take longer to show than is worth it for a small picture. */
const LARGEST_THUMBNAIL_BYTES = 12_000_000;

/** The address of a picture that may stand for a file in a list; null where there is none. */
export function thumbnailUrl(entry: Shown): string | null {
  if (entry.kind !== 'file' || viewerOf(entry) !== 'image' || (entry.sizeBytes ?? 0) > LARGEST_THUMBNAIL_BYTES) return null;
  return contentUrl(entry);
}
