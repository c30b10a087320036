/** Lower case, without its dot; null for `.profile` and `README`. */
export function extensionOf(name: string): string | null {
  const dot = name.lastIndexOf('.');
  return dot > 0 && dot < name.length - 1 ? name.slice(dot + 1).toLowerCase() : null;
}

/** Milliseconds since 1970, rounded down, of a time in nanoseconds, and the nanoseconds beyond them: as the index has them. */
export function splitNanoseconds(nanoseconds: bigint): { ms: number; ns: number } {
  const ns = ((nanoseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  return { ms: Number((nanoseconds - ns) / 1_000_000n), ns: Number(ns) };
}

/** The first moment that a date of four-digit years cannot tell. */
export const UNTELLABLE_MS = Date.UTC(10_000, 0);

/** Null for times that a date of four-digit years cannot tell; file systems hold them all the same. */
export function toTimestamp(ms: number): string | null {
  const whole = Math.floor(ms);
  const isTellable = whole >= Date.UTC(1, 0) && whole < UNTELLABLE_MS;
  return isTellable ? new Date(whole).toISOString() : null;
}

/** When something was made, as far as that is known and can be told. */
export function tellableBirth(bornMs: number | null): number | null {
  return bornMs !== null && bornMs >= 0 && bornMs < UNTELLABLE_MS ? bornMs : null;
}
