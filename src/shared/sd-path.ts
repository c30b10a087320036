/**
 * SdPath: the address of a file anywhere. `sd://DEVICE/absolute/path` names a path on a device; `sd://content/CASID`
 * names content wherever it lies; `sd://volume/FINGERPRINT/path` names a path within a volume, plugged in or not. The path part is percent-encoded byte by byte, so that names which are not valid
 * UTF-8 survive in it.
 */
export type SdPath =
  | { type: 'physical'; deviceId: string; path: Uint8Array }
  | { type: 'volume'; fingerprint: string; path: Uint8Array }
  | { type: 'content'; casId: string };

const UNRESERVED = /^[A-Za-z0-9\-._~/!$&'()+,;=@:]$/;
/** What `encodeURI` leaves as it is besides what is unreserved here. */
const LEFT_BY_ENCODE_URI = /[?#*]/g;
const encoder = new TextEncoder();

/** @param path absolute path as bytes, or as a string when it is valid UTF-8 */
export function formatSdPath(deviceId: string, path: Uint8Array | string): string {
  return `sd://${deviceId}${encodePath(path)}`;
}

/** @param path below the mount point, with or without a slash before it */
export function formatVolumePath(fingerprint: string, path: Uint8Array | string): string {
  return `sd://volume/${fingerprint}${encodePath(path)}`;
}

/** @param name one name below the address of a folder, never a path */
export function joinAddress(folder: string, name: Uint8Array | string): string {
  const encoded = encode(name);
  return folder.endsWith('/') ? folder + encoded : `${folder}/${encoded}`;
}

function encodePath(path: Uint8Array | string): string {
  const encoded = encode(path);
  return encoded.startsWith('/') ? encoded : `/${encoded}`;
}

function encode(path: Uint8Array | string): string {
  if (typeof path === 'string') return encodeURI(path.toWellFormed()).replace(LEFT_BY_ENCODE_URI, percent);
  let encoded = '';
  for (const byte of path) {
    const char = String.fromCharCode(byte);
    encoded += byte < 0x80 && UNRESERVED.test(char) ? char : percent(char);
  }
  return encoded;
}

/** @param char of one byte */
function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Parses `sd://…`; null when it is not an SdPath (a plain path, or damaged percent-encoding). */
export function parseSdPath(text: string): SdPath | null {
  const match = /^sd:\/\/([^/]+)(\/.*)$/s.exec(text);
  if (!match) return null;
  const [, authority = '', encoded = ''] = match;
  if (authority === 'content') return { type: 'content', casId: encoded.slice(1) };
  if (authority === 'volume') {
    const [, fingerprint = '', within = '/'] = /^\/([^/]+)(\/.*)?$/s.exec(encoded) ?? [];
    const path = decodePercent(within);
    return path && /^[0-9a-f]{64}$/.test(fingerprint) ? { type: 'volume', fingerprint, path } : null;
  }
  const path = decodePercent(encoded);
  return path ? { type: 'physical', deviceId: authority, path } : null;
}

function decodePercent(encoded: string): Uint8Array | null {
  const bytes: number[] = [];
  for (const part of encoded.split(/(%[\s\S]{0,2})/)) {
    if (!part.startsWith('%')) bytes.push(...encoder.encode(part));
    else if (/^%[0-9a-f]{2}$/i.test(part)) bytes.push(Number.parseInt(part.slice(1), 16));
    else return null;
  }
  return Uint8Array.from(bytes);
}
