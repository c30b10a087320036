import { join } from 'node:path';
import { z } from 'zod';
import { MooringError } from '#shared/contract/error.ts';
import { LibrarySettings, LibraryStatistics } from '#shared/contract/library.ts';
import { Timestamp } from '#shared/contract/paging.ts';
import { readJsonFile, setAside, writeJsonFile } from '../config/json-file.ts';

/** Version of the layout of `library.json`. */
export const MANIFEST_VERSION = 1;

/** `library.json`. Keys that this version does not know survive a round trip. */
export const LibraryManifest = z.looseObject({
  version: z.number().int(),
  id: z.uuid(),
  name: z.string().min(1),
  description: z.string().default(''),
  createdAt: Timestamp,
  settings: z.looseObject(LibrarySettings.shape),
  statistics: LibraryStatistics.nullable().default(null).catch(null),
});
export type LibraryManifest = z.infer<typeof LibraryManifest>;

/** Fields that are left out or undefined stay as they are. */
export type LibrarySettingsPatch = { [Field in keyof LibrarySettings]?: LibrarySettings[Field] | undefined };

export const DEFAULT_LIBRARY_SETTINGS: LibrarySettings = {
  generateThumbnails: true,
  thumbnailQuality: 85,
  thumbnailSizes: [128, 256, 512],
  syncEnabled: false,
};

/**
 * Reads the `library.json` of a library's folder.
 * @throws MooringError `LIBRARY_NOT_FOUND` when the folder is missing, `NOT_A_LIBRARY`, `LIBRARY_TOO_NEW`, `LIBRARY_DAMAGED`
 */
export async function readManifest(folder: string): Promise<LibraryManifest> {
  const path = manifestPath(folder);
  const value = await readManifestFile(path);
  if (typeof value === 'object' && value !== null && 'version' in value && Number(value.version) > MANIFEST_VERSION) {
    throw new MooringError(
      'LIBRARY_TOO_NEW',
      `The library at ${folder} was written by a newer version of Mooring. Update Mooring to open it; nothing was changed.`,
    );
  }
  const manifest = LibraryManifest.safeParse(value);
  if (manifest.success) return manifest.data;
  throw new MooringError('LIBRARY_DAMAGED', `${path} is damaged: ${describeIssues(manifest.error)}.`);
}

/**
 * Writes a `library.json` that is damaged or missing anew, from what is known of the library elsewhere. A damaged one is kept
 * beside it. One that can be read, or that a newer Mooring has written, stays.
 * @returns whether it was needed
 */
export async function mendManifest(
  folder: string,
  known: Pick<LibraryManifest, 'id' | 'name' | 'description' | 'createdAt' | 'settings'>,
): Promise<boolean> {
  const problem = await readManifest(folder).then(
    () => null,
    (error: unknown) => (error instanceof MooringError ? error.code : null),
  );
  if (problem !== 'LIBRARY_DAMAGED' && problem !== 'NOT_A_LIBRARY') return false;
  if (problem === 'LIBRARY_DAMAGED') await setAside(manifestPath(folder));
  const { id, name, description, createdAt, settings } = known;
  await writeManifest(folder, { version: MANIFEST_VERSION, id, name, description, createdAt, settings, statistics: null });
  return true;
}

export async function writeManifest(folder: string, manifest: LibraryManifest): Promise<void> {
  await writeJsonFile(manifestPath(folder), manifest);
}

async function readManifestFile(path: string): Promise<unknown> {
  let value: unknown;
  try {
    value = await readJsonFile(path);
  } catch (error) {
    if (error instanceof SyntaxError) throw new MooringError('LIBRARY_DAMAGED', `${path} is damaged: ${error.message}.`, { cause: error });
    throw error;
  }
  if (value === undefined)
    throw new MooringError('NOT_A_LIBRARY', `There is no library.json at ${path}. Choose a folder whose name ends in .sdlibrary.`);
  return value;
}

function describeIssues({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `“${path.join('.')}”: ${message}`).join('; ');
}

function manifestPath(folder: string): string {
  return join(folder, 'library.json');
}

export function patchSettings<Settings extends LibrarySettings>(settings: Settings, patch: LibrarySettingsPatch): Settings {
  return { ...settings, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) };
}
