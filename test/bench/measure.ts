/** @param share 0.5 for the median */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export async function timeMs(work: () => Promise<unknown> | unknown): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

/** Times of several runs, one after the other. */
export async function timesMs(runs: number, work: () => Promise<unknown> | unknown): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await timeMs(work));
  return times;
}

export async function medianMs(runs: number, work: () => Promise<unknown> | unknown): Promise<number> {
  return percentile(await timesMs(runs, work), 0.5);
}

/** Calls per second with `inFlight` calls at a time, over about `durationMs`. */
export async function callsPerSecond(call: () => Promise<unknown>, durationMs = 1500, inFlight = 32): Promise<number> {
  await Promise.all(Array.from({ length: inFlight }, call));
  const startMs = performance.now();
  let calls = 0;
  const worker = async () => {
    while (performance.now() - startMs < durationMs) {
      await call();
      calls++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return calls / ((performance.now() - startMs) / 1000);
}
