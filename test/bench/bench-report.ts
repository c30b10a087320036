interface Figure {
  what: string;
  value: number;
  unit: string;
  /** What the same run measured of another program; the ratio is ours over theirs. */
  peer?: { name: string; value: number };
  goal?: string;
}

/** Collects the figures of one benchmark and prints them, as a table or as one JSON document with `--json`. */
export class BenchReport {
  readonly #name: string;
  readonly #figures: Figure[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  add(figure: Figure): void {
    this.#figures.push(figure);
    if (!wantsJson()) console.log(toLine(figure));
  }

  finish(): void {
    if (!wantsJson()) return;
    const figures = this.#figures.map((figure) => ({ ...figure, ratio: figure.peer ? figure.value / figure.peer.value : null }));
    console.log(JSON.stringify({ benchmark: this.#name, figures }));
  }
}

function wantsJson(): boolean {
  return process.argv.includes('--json');
}

function toLine({ what, value, unit, peer, goal }: Figure): string {
  const ours = `${what.padEnd(52)} ${round(value).padStart(9)} ${unit.padEnd(8)}`;
  const theirs = peer ? `${peer.name} ${round(peer.value)}: ${(value / peer.value).toFixed(2)} ×` : '';
  return `${ours} ${theirs}${goal ? `  (goal ${goal})` : ''}`.trimEnd();
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
