import type { Logger } from '../log/logger.ts';
import type { VolumeDetector } from './detector.ts';

export interface MonitorIntervals {
  refreshIntervalMs: number;
  pollIntervalMs: number;
}

export interface VolumeMonitorOptions {
  detector: Pick<VolumeDetector, 'watch' | 'changeToken'>;
  /** Asked each time, so that changes of the configuration take effect. */
  intervals: () => MonitorIntervals;
  /** The token at the last look; the monitor compares. */
  lastToken: () => string | null;
  /** Looks at what is mounted. Called one at a time. */
  look: () => Promise<void>;
  log: Logger;
}

/** `watching`: the platform reports changes by itself. */
export type MonitorMode = 'starting' | 'watching' | 'polling';

/** Between two looks at least this long, so that a burst of mounts is seen as one change. The first is never delayed. */
const SHORTEST_GAP_MS = 25;
/** A plug storm: after so many looks that the platform has asked for in a row … */
const STORM_LOOKS = 50;
/** … there are only so many a second until it is over. */
const STORM_LOOKS_PER_SECOND = 4;
/** The platform's watcher takes a moment to start; what was mounted meanwhile is looked for afterwards. */
const SETTLE_MS = [150, 1000];
const FIRST_RESTART_MS = 1000;
const LONGEST_RESTART_MS = 5 * 60_000;

/** Decides when to look: at once when the platform reports a change, else by polling, and now and then in any case. */
export class VolumeMonitor {
  #stopped = new AbortController();
  #timers = new Set<NodeJS.Timeout>();
  #pollTimer: NodeJS.Timeout | null = null;
  #refreshTimer: NodeJS.Timeout | null = null;
  #requestTimer: NodeJS.Timeout | null = null;
  #mode: MonitorMode = 'starting';
  #restartMs = FIRST_RESTART_MS;
  #lastLookAt = 0;
  #credit = STORM_LOOKS;
  #creditAt = Date.now();
  readonly #options: VolumeMonitorOptions;

  constructor(options: VolumeMonitorOptions) {
    this.#options = options;
  }

  get mode(): MonitorMode {
    return this.#mode;
  }

  start(): void {
    this.reschedule();
    void this.#watch();
  }

  /** Takes the configured intervals over. */
  reschedule(): void {
    if (this.#stopped.signal.aborted) return;
    const { pollIntervalMs, refreshIntervalMs } = this.#options.intervals();
    clearInterval(this.#pollTimer ?? undefined);
    clearInterval(this.#refreshTimer ?? undefined);
    this.#pollTimer = this.#mode === 'watching' ? null : setInterval(() => void this.#compare(), pollIntervalMs).unref();
    this.#refreshTimer = setInterval(() => void this.#look(), refreshIntervalMs).unref();
  }

  /** Something changed: look as soon as the last look is long enough ago. */
  request(): void {
    if (this.#requestTimer || this.#stopped.signal.aborted) return;
    const waitMs = Math.max(0, this.#lastLookAt + SHORTEST_GAP_MS - Date.now(), this.#stormWaitMs());
    if (waitMs === 0) {
      void this.#look();
      return;
    }
    this.#requestTimer = setTimeout(() => {
      this.#requestTimer = null;
      void this.#look();
    }, waitMs).unref();
  }

  close(): void {
    this.#stopped.abort();
    clearInterval(this.#pollTimer ?? undefined);
    clearInterval(this.#refreshTimer ?? undefined);
    clearTimeout(this.#requestTimer ?? undefined);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #look(): Promise<void> {
    this.#lastLookAt = Date.now();
    await this.#options.look();
    this.#lastLookAt = Date.now();
  }

  async #compare(): Promise<void> {
    // What cannot be told is looked at: the look then says what is wrong.
    const token = await this.#options.detector.changeToken().catch(() => null);
    if (token === null || token !== this.#options.lastToken()) this.request();
  }

  /** A bucket of looks that fills up slowly: 0 while there are some left. */
  #stormWaitMs(): number {
    const now = Date.now();
    this.#credit = Math.min(STORM_LOOKS, this.#credit + ((now - this.#creditAt) / 1000) * STORM_LOOKS_PER_SECOND);
    this.#creditAt = now;
    this.#credit--;
    return this.#credit >= 0 ? 0 : (-this.#credit / STORM_LOOKS_PER_SECOND) * 1000;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopped;
    if (signal.aborted) return;
    const watching = new AbortController();
    const onLost = (reason: string) => {
      this.#options.log.warn({ reason }, 'The system stopped reporting volume changes; polling until it does again');
      this.#setMode('polling');
      watching.abort();
      this.#later(this.#nextRestartMs(), () => void this.#watch());
    };
    const isWatching = await this.#options.detector
      .watch(() => this.request(), onLost, AbortSignal.any([signal, watching.signal]))
      .catch(() => false);
    if (signal.aborted || watching.signal.aborted) return;
    this.#setMode(isWatching ? 'watching' : 'polling');
    if (!isWatching) {
      this.#later(this.#nextRestartMs(), () => void this.#watch());
      return;
    }
    this.#later(LONGEST_RESTART_MS, () => {
      this.#restartMs = FIRST_RESTART_MS;
    });
    for (const settleMs of SETTLE_MS) this.#later(settleMs, () => void this.#compare());
  }

  #setMode(mode: MonitorMode): void {
    if (this.#mode === mode) return;
    this.#mode = mode;
    this.reschedule();
  }

  #nextRestartMs(): number {
    const ms = this.#restartMs;
    this.#restartMs = Math.min(ms * 2, LONGEST_RESTART_MS);
    return ms;
  }

  #later(ms: number, call: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      call();
    }, ms).unref();
    this.#timers.add(timer);
  }
}
