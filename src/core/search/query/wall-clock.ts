/** A moment as clocks show it; months and days count from 1. Fields beyond their range carry over, as in `Date`. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
}

/** Tells wall time of one time zone. */
export interface WallClock {
  /** Milliseconds since 1970 of a wall time; of one that is skipped in spring, about an hour later. NaN beyond what dates can tell. */
  toMoment(time: WallTime): number;
  toWallTime(moment: number): Required<WallTime>;
}

/** @param timeZone as IANA calls it; left out or unknown, that of this computer */
export function wallClockOf(timeZone: string | undefined): WallClock {
  const format = timeZone === undefined ? null : formatOf(timeZone);
  return format ? zonedClock(format) : LOCAL_CLOCK;
}

const LOCAL_CLOCK: WallClock = {
  toMoment({ year, month, day, hour = 0, minute = 0, second = 0 }) {
    const date = new Date(2000, 0, 1, hour, minute, second);
    // The constructor takes years before 100 for those of the last century.
    date.setFullYear(year, month - 1, day);
    date.setHours(hour, minute, second);
    return date.getTime();
  },
  toWallTime(moment) {
    const date = new Date(moment);
    const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    return { year, month, day, hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds() };
  },
};

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  const numeric = 'numeric';
  try {
    return new Intl.DateTimeFormat('en-u-ca-gregory-hc-h23', {
      timeZone,
      era: 'short',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function zonedClock(format: Intl.DateTimeFormat): WallClock {
  const toWallTime = (moment: number) => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const year = parts.get('era') === 'BC' ? 1 - of('year') : of('year');
    return { year, month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') };
  };
  return {
    toWallTime,
    toMoment(time) {
      const wanted = toUtc(time);
      let moment = wanted;
      // The first guess is off by the offset of the zone, the second where that changes in between.
      for (let round = 0; round < 2; round++) {
        if (Number.isNaN(new Date(moment).getTime())) return Number.NaN;
        moment += wanted - toUtc(toWallTime(moment));
      }
      return moment;
    },
  };
}

function toUtc({ year, month, day, hour = 0, minute = 0, second = 0 }: WallTime): number {
  const date = new Date(Date.UTC(2000, 0, 1, hour, minute, second));
  return date.setUTCFullYear(year, month - 1, day);
}
