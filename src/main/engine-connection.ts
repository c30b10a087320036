import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePortMain } from 'electron';
import type { Logger } from '#core/log/logger.ts';
import type { EngineClient } from '#shared/contract/contract.ts';
import { MooringError, toMooringError } from '#shared/contract/error.ts';
import { attachToEngine, type EngineLink, type OwnEngineOptions, startOwnEngine } from './engine-link.ts';

/** The other process may be just starting, or just ending: between the two, one of our ways must open. */
const HANDOVER_MS = 8000;
const HANDOVER_STEP_MS = 150;
const CRASH_WINDOW_MS = 60_000;
const MAX_CRASHES = 3;

export interface EngineConnectionOptions extends OwnEngineOptions {
  log: Logger;
  /** Called when no engine can be had: what the user is told, and whether to try again. */
  onFailure(error: MooringError): Promise<'again' | 'quit'>;
  /** Called when the answer was to quit. */
  onGivenUp(): void;
}

/**
 * The engine as main sees it: its own one, or that of another process which has the data folder open. When it ends by
 * itself, a new one takes its place.
 */
export class EngineConnection {
  readonly #options: EngineConnectionOptions;
  readonly #listeners: ((client: EngineClient, signal: AbortSignal) => void)[] = [];
  #link: Promise<EngineLink>;
  #linkEnd = new AbortController();
  #current: EngineLink | null = null;
  #crashes: number[] = [];
  #isClosing = false;

  constructor(options: EngineConnectionOptions) {
    this.#options = options;
    this.#link = this.#orGiveUp(this.#connect());
  }

  get mode(): 'own' | 'attached' {
    return this.#current?.mode ?? 'own';
  }

  /** Whether no thread of this process is left of an engine. */
  get hasEnded(): boolean {
    return this.#current?.hasEnded ?? true;
  }

  /** Waits for the engine while it is starting. */
  async client(): Promise<EngineClient> {
    return (await this.#link).client;
  }

  /** Of the process that has the engine; waits for it while it is starting. */
  async socketPath(): Promise<string> {
    return (await this.#link).socketPath;
  }

  async relay(port: MessagePortMain): Promise<void> {
    (await this.#link).relay(port);
  }

  /** Calls `listener` with each engine's client, beginning with the present one; `signal` aborts when that engine is gone. */
  onConnected(listener: (client: EngineClient, signal: AbortSignal) => void): void {
    this.#listeners.push(listener);
    if (this.#current) listener(this.#current.client, this.#linkEnd.signal);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#linkEnd.abort();
    const link = await this.#link.catch(() => null);
    await link?.close();
  }

  async #connect(): Promise<EngineLink> {
    const link = await this.#open();
    this.#linkEnd = new AbortController();
    this.#current = link;
    this.#options.log.info({ mode: link.mode }, 'Connected to the engine');
    void link.ended.then((error) => this.#ended(error));
    for (const listener of this.#listeners) listener(link.client, this.#linkEnd.signal);
    return link;
  }

  async #open(): Promise<EngineLink> {
    for (;;) {
      try {
        return await this.#openOwnOrAttach();
      } catch (error) {
        const failure = toMooringError(error);
        this.#options.log.error({ err: failure }, 'No engine');
        if (this.#isClosing || (await this.#options.onFailure(failure)) === 'quit') throw failure;
      }
    }
  }

  async #openOwnOrAttach(): Promise<EngineLink> {
    const deadline = Date.now() + HANDOVER_MS;
    for (;;) {
      try {
        return await startOwnEngine(this.#options);
      } catch (error) {
        if (toMooringError(error).code !== 'DATA_FOLDER_IN_USE') throw error;
      }
      try {
        return await attachToEngine(this.#options.paths.socketPath);
      } catch (error) {
        if (toMooringError(error).code !== 'ENGINE_UNREACHABLE' || Date.now() > deadline) throw error;
      }
      await delay(HANDOVER_STEP_MS);
    }
  }

  async #ended(error: Error | null): Promise<void> {
    this.#linkEnd.abort();
    this.#current = null;
    if (this.#isClosing) return;
    this.#options.log.warn({ err: error }, 'The engine is gone; connecting again');
    this.#crashes = [...this.#crashes.filter((at) => at > Date.now() - CRASH_WINDOW_MS), Date.now()];
    this.#link = this.#orGiveUp(this.#crashes.length > MAX_CRASHES ? this.#askThenConnect() : this.#connect());
  }

  /** Whoever waits for the engine sees the failure too; that nobody waits is no reason to crash. */
  #orGiveUp(link: Promise<EngineLink>): Promise<EngineLink> {
    link.catch(() => this.#options.onGivenUp());
    return link;
  }

  async #askThenConnect(): Promise<EngineLink> {
    this.#crashes = [];
    const failure = new MooringError('INTERNAL', 'The engine of Mooring stops again and again. The log files say why.');
    if ((await this.#options.onFailure(failure)) === 'quit') throw failure;
    return this.#connect();
  }
}
