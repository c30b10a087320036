import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventBus } from '#core/events/event-bus.ts';
import { errorNumber } from '#core/fs/fs-error.ts';
import type { Logger } from '#core/log/logger.ts';
import type { LiveVolume } from '#core/volume/live-volume.ts';
import { JOURNALS_FOLDER, journalPath, parseJournal, tempIdOfJournal } from './copy-journal.ts';
import { runCopyTask } from './copy-worker-client.ts';

/** A drive that hangs holds up the others no longer than this; what it has kept from being removed is tried again later. */
const SWEEP_TIMEOUT_MS = 60_000;

export interface CopyLeftoversOptions {
  dataDir: string;
  volumes: { readonly live: readonly Pick<LiveVolume, 'mountPoints' | 'fingerprint' | 'unresponsive'>[] };
  events: EventBus;
  log: Logger;
}

/**
 * Finds the journals of copies that ended without tidying up (killed, or their drive pulled out), and has what they name
 * removed as soon as its volume is there.
 */
export class CopyLeftovers {
  readonly #options: CopyLeftoversOptions;
  readonly #waiting: Set<string>;
  readonly #stopping = new AbortController();
  readonly #stopListening: (() => void)[];
  #sweeping: Promise<void> = Promise.resolve();

  /** To be made before the first copy begins: every journal that is there then belongs to a process that is gone. */
  constructor(options: CopyLeftoversOptions) {
    this.#options = options;
    const { events, dataDir } = options;
    this.#waiting = new Set(journalsIn(dataDir));
    const sweep = () => this.#sweepSoon();
    this.#stopListening = [events.on('VolumeAdded', sweep), events.on('VolumeMountChanged', sweep)];
    this.#sweepSoon();
  }

  /** A copy has ended: what it may have left is removed when its volume is there again. */
  copyEnded(tempId: string): void {
    if (!existsSync(journalPath(this.#options.dataDir, tempId))) return;
    this.#waiting.add(tempId);
    this.#sweepSoon();
  }

  /** Resolves when everything has been removed that can be removed now. */
  get settled(): Promise<void> {
    return this.#sweeping;
  }

  async close(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    this.#stopping.abort();
    await this.#sweeping;
  }

  #sweepSoon(): void {
    if (this.#waiting.size === 0) return;
    this.#sweeping = this.#sweeping.then(() => this.#sweepAll());
  }

  async #sweepAll(): Promise<void> {
    for (const tempId of [...this.#waiting]) {
      if (this.#stopping.signal.aborted) return;
      try {
        await this.#sweep(tempId);
      } catch (error) {
        // It stays for the next time that a volume appears, or this program starts.
        this.#options.log.warn({ err: error, copy: tempId }, 'What a copy has left could not be removed');
      }
    }
  }

  async #sweep(tempId: string): Promise<void> {
    const { dataDir, log, volumes } = this.#options;
    const path = journalPath(dataDir, tempId);
    const fingerprint = readFingerprint(path);
    const volume = volumes.live.find((live) => live.fingerprint === fingerprint);
    if (fingerprint !== null && (!volume || volume.unresponsive)) return;
    const sweep = { journalPath: path, tempId, mountPoints: volume?.mountPoints ?? [] };
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(SWEEP_TIMEOUT_MS)]);
    const removed = await runCopyTask({ task: { task: 'sweep', sweep }, signal });
    if (!existsSync(path)) this.#waiting.delete(tempId);
    if (removed > 0) log.info({ copy: tempId, files: removed }, 'Removed what an unfinished copy had left');
  }
}

/** Of the destination's volume; null when that is not known. */
function readFingerprint(path: string): string | null {
  return parseJournal(readFileSync(path, 'utf8')).header?.fingerprint ?? null;
}

function journalsIn(dataDir: string): string[] {
  try {
    return readdirSync(join(dataDir, JOURNALS_FOLDER)).flatMap((name) => tempIdOfJournal(name) ?? []);
  } catch (error) {
    if (errorNumber(error) === 'ENOENT') return [];
    throw error;
  }
}
