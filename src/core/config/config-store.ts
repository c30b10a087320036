import { join } from 'node:path';
import type { Config, ConfigPatch } from '#shared/contract/config.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Logger } from '../log/logger.ts';
import { isJsonObject, type JsonObject, migrateConfigDocument, patchConfigDocument, readConfigDocument } from './config-document.ts';
import { readJsonFile, setAside, writeJsonFile } from './json-file.ts';

export interface ConfigNotice {
  code: 'CONFIG_DAMAGED' | 'CONFIG_INVALID';
  message: string;
}

/** `mooring.json`: the configuration of one data folder. The file is written only when something changes. */
export class ConfigStore {
  #document: JsonObject;
  #config: Config;
  #writing: Promise<unknown> = Promise.resolve();
  /** What the user has to be told about the file as it was found. */
  readonly notices: readonly ConfigNotice[];
  readonly #path: string;
  readonly #events: EventBus;

  private constructor(path: string, document: JsonObject, config: Config, notices: ConfigNotice[], events: EventBus) {
    this.#path = path;
    this.#document = document;
    this.#config = config;
    this.notices = notices;
    this.#events = events;
  }

  /** Reads `mooring.json`. A damaged file is kept as `mooring.json.bad-TIMESTAMP`, and defaults are used for what could not be read. */
  static async load(dataDir: string, { events, log }: { events: EventBus; log: Logger }): Promise<ConfigStore> {
    const path = join(dataDir, 'mooring.json');
    const notices: ConfigNotice[] = [];
    const found = await readDocument(path);
    const document = migrateConfigDocument(found.document);
    const { config, problems } = readConfigDocument(document);
    if (found.damage || problems.length > 0) {
      const copy = await setAside(path);
      notices.push(
        found.damage
          ? {
              code: 'CONFIG_DAMAGED',
              message: `The configuration could not be read (${found.damage}). Defaults are used; the file is kept as ${copy}.`,
            }
          : {
              code: 'CONFIG_INVALID',
              message: `In the configuration ${problems.join(', ')}. Defaults are used there; the file is kept as ${copy}.`,
            },
      );
    }
    for (const notice of notices) log.warn({ code: notice.code }, notice.message);
    const store = new ConfigStore(path, document, config, notices, events);
    if (notices.length > 0) await store.#write(patchConfigDocument(document, config));
    return store;
  }

  get current(): Config {
    return this.#config;
  }

  /** Changes the configuration on disk, then in memory. Updates run one after the other. */
  update(patch: ConfigPatch): Promise<Config> {
    const result = this.#writing.then(async () => {
      const document = patchConfigDocument(this.#document, patch);
      if (JSON.stringify(document) === JSON.stringify(this.#document)) return this.#config;
      await this.#write(document);
      this.#events.publish({ type: 'ConfigChanged', config: this.#config });
      return this.#config;
    });
    this.#writing = result.catch(() => undefined);
    return result;
  }

  async #write(document: JsonObject): Promise<void> {
    await writeJsonFile(this.#path, document);
    this.#document = document;
    this.#config = readConfigDocument(document).config;
  }
}

async function readDocument(path: string): Promise<{ document: JsonObject; damage: string | null }> {
  try {
    const value = (await readJsonFile(path)) ?? {};
    return isJsonObject(value) ? { document: value, damage: null } : { document: {}, damage: 'it is not a JSON object' };
  } catch (error) {
    if (error instanceof SyntaxError) return { document: {}, damage: error.message };
    throw error;
  }
}
