const NS_PER_SECOND = 1_000_000_000n;
/** What a number of seconds of our days can tell apart. */
const STEP_SECONDS = 2 ** -22;

/**
 * A time as `utimes` takes it, never later than it is, so that no copy seems newer than its source and no second is rounded up. Exact to a
 * quarter of a microsecond. Times before 1970 as a `Date`, to the millisecond: Node takes negative numbers for the present.
 */
export function utimeOf(timeNs: bigint): number | Date {
  if (timeNs < 0n) return new Date(Math.floor(Number(timeNs) / 1e6));
  const seconds = Number(timeNs / NS_PER_SECOND);
  const exact = seconds + Number(timeNs % NS_PER_SECOND) / 1e9;
  const fraction = BigInt(Math.round((exact - seconds) * 1e9));
  return fraction > timeNs % NS_PER_SECOND ? exact - STEP_SECONDS : exact;
}

/** What a file system that counts nanoseconds has when `utimes` was given that (libuv: the whole seconds, and the rest as it is, without its fraction). */
export function storedTimeOf(utime: number | Date): bigint {
  if (utime instanceof Date) return BigInt(utime.getTime()) * 1_000_000n;
  const seconds = Math.trunc(utime);
  return BigInt(seconds) * NS_PER_SECOND + BigInt(Math.trunc((utime - seconds) * 1e9));
}
