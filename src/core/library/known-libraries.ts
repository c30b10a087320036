import { join } from 'node:path';
import { z } from 'zod';
import { Library } from '#shared/contract/library.ts';
import { readJsonFile, setAside, writeJsonFile } from '../config/json-file.ts';
import type { Logger } from '../log/logger.ts';

/** A library that was open here before: enough to show it, and to find it again when its drive is mounted elsewhere. */
const KnownLibrary = Library.omit({ status: true, isCurrent: true, problem: true }).extend({
  /** The volume that it lies on, and where on it; null where the volume cannot be recognised again. */
  volume: z.object({ fingerprint: z.string(), relativePath: z.string() }).nullable(),
});
export type KnownLibrary = z.infer<typeof KnownLibrary>;

const Document = z.object({ version: z.literal(1), libraries: z.array(KnownLibrary) });

/** `known-libraries.json` in the data folder. Everything in it can be found again by looking, so a damaged file costs little. */
export class KnownLibraries {
  #libraries: Map<string, KnownLibrary>;
  #writing: Promise<unknown> = Promise.resolve();
  readonly #path: string;

  private constructor(path: string, libraries: KnownLibrary[]) {
    this.#path = path;
    this.#libraries = new Map(libraries.map((library) => [library.id, library]));
  }

  static async load(dataDir: string, log: Logger): Promise<KnownLibraries> {
    const path = join(dataDir, 'known-libraries.json');
    try {
      const value = await readJsonFile(path);
      return new KnownLibraries(path, value === undefined ? [] : Document.parse(value).libraries);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      log.warn({ err: error, copy: await setAside(path) }, 'The list of known libraries could not be read');
      return new KnownLibraries(path, []);
    }
  }

  get all(): readonly KnownLibrary[] {
    return [...this.#libraries.values()];
  }

  get(id: string): KnownLibrary | undefined {
    return this.#libraries.get(id);
  }

  async remember(library: KnownLibrary): Promise<void> {
    if (JSON.stringify(this.#libraries.get(library.id)) === JSON.stringify(library)) return;
    this.#libraries.set(library.id, library);
    await this.#write();
  }

  async forget(id: string): Promise<void> {
    if (this.#libraries.delete(id)) await this.#write();
  }

  #write(): Promise<void> {
    const result = this.#writing.then(() => writeJsonFile(this.#path, { version: 1, libraries: this.all }));
    this.#writing = result.catch(() => undefined);
    return result;
  }
}
