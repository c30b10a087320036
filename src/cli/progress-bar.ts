import { SingleBar } from 'cli-progress';
import type { JobProgress } from '#shared/contract/job.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { currentText, progressText } from './printers/job-state.ts';

const BAR_WIDTH = 24;
const WINDOW_MS = 3000;

/** The progress of a job on one line of a terminal. On stderr, so that stdout stays a result. */
export class ProgressBar {
  readonly #units: SizeUnits;
  readonly #bar: SingleBar;
  /** Of the last seconds, oldest first. */
  readonly #samples: { atMs: number; items: number }[] = [];
  #isStarted = false;

  constructor(units: SizeUnits) {
    this.#units = units;
    this.#bar = new SingleBar({
      format: (_options, _params, { line }: { line: string }) => line,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      linewrap: false,
      forceRedraw: true,
    });
  }

  show(progress: JobProgress): void {
    this.showText(progressLine(progress, this.#units, this.#itemsPerSecond(progress.itemsDone)));
  }

  showText(line: string): void {
    if (!this.#isStarted) this.#bar.start(1, 0, { line });
    this.#isStarted = true;
    this.#bar.update(0, { line });
  }

  #itemsPerSecond(items: number): number | null {
    const atMs = performance.now();
    this.#samples.push({ atMs, items });
    while (this.#samples.length > 2 && atMs - (this.#samples[0]?.atMs ?? atMs) > WINDOW_MS) this.#samples.shift();
    const [oldest] = this.#samples;
    const seconds = (atMs - (oldest?.atMs ?? atMs)) / 1000;
    return oldest && seconds > 0 && items > oldest.items ? (items - oldest.items) / seconds : null;
  }

  /** Takes the line away. May be called several times. */
  end(): void {
    if (this.#isStarted) this.#bar.stop();
    this.#isStarted = false;
  }
}

/** Without a bar while the amount of work is not known: one that stands still would look like work that does. */
export function progressLine(progress: JobProgress, units: SizeUnits, itemsPerSecond: number | null = null): string {
  const { fraction } = progress;
  const bar = fraction === null ? [] : [barText(fraction, BAR_WIDTH), `${String(Math.floor(fraction * 100)).padStart(3)} %`];
  return [...bar, progressText(progress, units, itemsPerSecond), currentText(progress)].filter((part) => part !== '').join('  ');
}

export function barText(fraction: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
