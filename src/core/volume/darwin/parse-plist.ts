import { parse } from 'plist';

export type PlistDictionary = Readonly<Record<string, unknown>>;

/** A property list whose root is a dictionary, as every `diskutil … -plist` prints it; null when it is anything else. */
export function parsePlist(xml: string): PlistDictionary | null {
  if (!xml.includes('<dict')) return null;
  try {
    return asDictionary(parse(xml));
  } catch {
    // Not XML, or cut off: the tool has nothing to say.
    return null;
  }
}

export function asDictionary(value: unknown): PlistDictionary | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date || ArrayBuffer.isView(value))
    return null;
  return value as PlistDictionary;
}

export function dictionaries(value: unknown): PlistDictionary[] {
  return Array.isArray(value) ? value.map(asDictionary).filter((item) => item !== null) : [];
}

/** A string that says something; null for an absent, empty or other value. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.min(value, Number.MAX_SAFE_INTEGER) : null;
}

export function flag(value: unknown): boolean {
  return value === true;
}
