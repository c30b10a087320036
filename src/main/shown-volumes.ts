import type { Logger } from '#core/log/logger.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import type { Volume } from '#shared/contract/volume.ts';

export interface VolumeChange {
  volumes: readonly Volume[];
  /** Plugged in since the last time, with the question whether to track them still open. */
  asking: readonly Volume[];
  /** Fingerprints about which nothing is asked any more. */
  settled: readonly string[];
}

/** The list of drives as the tray shows it. It is asked for again after each change and never reckoned with otherwise. */
export class ShownVolumes {
  readonly #onChange: (change: VolumeChange) => void;
  readonly #log: Logger;
  #asked: Set<string> | null = null;
  #refreshing = false;
  #again: EngineClient | null = null;

  constructor(onChange: (change: VolumeChange) => void, log: Logger) {
    this.#onChange = onChange;
    this.#log = log;
  }

  /** What is there when an engine is first seen is no news. */
  async start(client: EngineClient): Promise<void> {
    this.#asked = null;
    await this.refresh(client);
  }

  /** Bursts of events end in one further call. */
  async refresh(client: EngineClient): Promise<void> {
    if (this.#refreshing) {
      this.#again = client;
      return;
    }
    this.#refreshing = true;
    try {
      const { items } = await client.volumes.list({});
      this.#show(items.filter((volume) => volume.isUserVisible || volume.tracking));
    } catch (error) {
      // The engine may be going; with the next one the list is asked for again.
      this.#log.warn({ err: error }, 'The drives could not be listed');
    } finally {
      this.#refreshing = false;
    }
    const next = this.#again;
    this.#again = null;
    if (next) await this.refresh(next);
  }

  #show(volumes: readonly Volume[]): void {
    const asking = volumes.filter((volume) => volume.isMounted && volume.prompt === 'track');
    const known = this.#asked;
    const now = new Set(asking.map((volume) => volume.fingerprint));
    this.#asked = now;
    this.#onChange({
      volumes,
      asking: known ? asking.filter((volume) => !known.has(volume.fingerprint)) : [],
      settled: known ? [...known].filter((fingerprint) => !now.has(fingerprint)) : [],
    });
  }
}
