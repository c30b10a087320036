import { Config, type ConfigPatch } from '#shared/contract/config.ts';
import { DEFAULT_CONFIG } from './default-config.ts';

export type JsonObject = Record<string, unknown>;

/** Version of the layout of `mooring.json`. */
export const CONFIG_VERSION = 1;

/** `CONFIG_MIGRATIONS[n]` turns a document of version n into one of version n + 1. */
const CONFIG_MIGRATIONS: Record<number, (document: JsonObject) => JsonObject> = {
  // Version 0: files without a version number, written by hand.
  0: (document) => ({ ...document }),
};

/** Brings an older document to the present version. A newer one is left as it is, so that going back to the newer Mooring loses nothing. */
export function migrateConfigDocument(document: JsonObject): JsonObject {
  let version = Number.isSafeInteger(document.version) ? Math.max(0, Number(document.version)) : 0;
  let migrated = document;
  for (; version < CONFIG_VERSION; version++) migrated = { ...CONFIG_MIGRATIONS[version]?.(migrated), version: version + 1 };
  return migrated;
}

/** The configuration that a document means: its valid fields over the defaults, and a sentence about each field that is not valid. */
export function readConfigDocument(document: JsonObject): { config: Config; problems: string[] } {
  const problems: string[] = [];
  const sections = Object.entries(DEFAULT_CONFIG).map(([section, defaults]) => {
    const given = document[section];
    if (given !== undefined && !isJsonObject(given)) problems.push(`“${section}” is not an object`);
    const shape: Record<string, { safeParse(value: unknown): { success: boolean } }> = Config.shape[section as keyof Config].shape;
    const fields = Object.entries(defaults).map(([key, standard]) => {
      const value = isJsonObject(given) ? given[key] : undefined;
      if (value === undefined) return [key, standard];
      if (shape[key]?.safeParse(value).success) return [key, value];
      problems.push(`“${section}.${key}” cannot be ${JSON.stringify(value)}`);
      return [key, standard];
    });
    return [section, Object.fromEntries(fields)];
  });
  return { config: Config.parse(Object.fromEntries(sections)), problems };
}

/** `document` with the fields of `patch` set: arrays replace, objects merge, all other keys stay. */
export function patchConfigDocument(document: JsonObject, patch: ConfigPatch): JsonObject {
  const patched: JsonObject = { version: CONFIG_VERSION, ...document };
  for (const [section, fields] of Object.entries(patch)) {
    if (fields === undefined) continue;
    const present = patched[section];
    patched[section] = { ...(isJsonObject(present) ? present : {}), ...fields };
  }
  return patched;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
