import type { Query } from './query.ts';
import { mistake } from './query-mistake.ts';
import type { WallClock, WallTime } from './wall-clock.ts';

type TimeField = 'modified' | 'created';

/** From inclusive, before exclusive, in milliseconds since 1970; null: open. */
interface Span {
  from: number | null;
  before: number | null;
}

/** What times are counted from. */
export interface TimeContext {
  now: number;
  clock: WallClock;
}

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
/** Of the same length always. Months and years are counted by the calendar. */
const UNIT_MS: Readonly<Record<string, number>> = { s: SECOND, min: 60 * SECOND, h: HOUR, d: DAY, w: 7 * DAY };
const UNIT_MONTHS: Readonly<Record<string, number>> = { m: 1, mo: 1, y: 12 };
const AGE = /^(\d{1,9})(s|min|h|d|w|mo?|y)$/i;
const DATE = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?)?$/i;

/** Days and longer: what a word stands for, from the wall time of now. */
const NAMED_SPANS: Readonly<Record<string, (today: Required<WallTime>, weekday: number) => [WallTime, WallTime]>> = {
  today: (now) => [day(now), day(now, 1)],
  yesterday: (now) => [day(now, -1), day(now)],
  thisweek: (now, weekday) => [day(now, -weekday), day(now, 7 - weekday)],
  lastweek: (now, weekday) => [day(now, -weekday - 7), day(now, -weekday)],
  thismonth: (now) => [month(now), month(now, 1)],
  lastmonth: (now) => [month(now, -1), month(now)],
  thisyear: (now) => [year(now), year(now, 1)],
  lastyear: (now) => [year(now, -1), year(now)],
};

/** The words that stand for days, as completion offers them. */
export const TIME_WORDS = ['today', 'yesterday', 'this-week', 'last-week', 'this-month', 'last-month', 'this-year', 'last-year'];

/**
 * Reads ages (`<7d` younger, `>1y` older, `7d..30d`), dates (`2024`, `2024-05`, `2024-05-13`, `"2024-05-13 10:30"`, with `<`, `<=`, `>`, `>=`,
 * `..`) and words (`today`, `last-month`). Weeks begin on Monday.
 * @throws QueryMistake
 */
export function readTime(text: string, field: TimeField, context: TimeContext): Query {
  const range = text.split('..');
  const { from, before } = range.length === 2 ? readRange(range[0] ?? '', range[1] ?? '', context) : readSingle(text, context);
  return { type: 'time', field, from, before };
}

function readSingle(text: string, context: TimeContext): Span {
  const [, sign = '', rest = ''] = /^(<=|>=|<|>|=|)(.*)$/s.exec(text) ?? [];
  const age = readAge(rest, context);
  if (age !== null) return sign.startsWith('>') ? { from: null, before: age } : { from: age, before: null };
  const { from, before } = readSpan(rest, text, context);
  if (sign === '<') return { from: null, before: from };
  if (sign === '<=') return { from: null, before };
  if (sign === '>') return { from: before, before: null };
  if (sign === '>=') return { from, before: null };
  return { from, before };
}

/** From the earlier end to the later one, whichever is written first. */
function readRange(first: string, second: string, context: TimeContext): Span {
  const [start, end] = [first, second].map((text) => (text.trim() === '' ? null : readPoint(text, context)));
  if (!start && !end) throw mistake('time-missing');
  if (!start) return { from: null, before: end?.before ?? null };
  if (!end) return { from: start.from, before: null };
  return { from: Math.min(start.from, end.from), before: Math.max(start.before, end.before) };
}

function readPoint(text: string, context: TimeContext): { from: number; before: number } {
  const age = readAge(text, context);
  return age === null ? readSpan(text, text, context) : { from: age, before: age };
}

/** The moment that is so long ago; null when it is no age. */
function readAge(text: string, { now, clock }: TimeContext): number | null {
  const [, figure, unit = ''] = AGE.exec(text.trim()) ?? [];
  if (figure === undefined) return null;
  const ms = UNIT_MS[unit.toLowerCase()];
  const months = UNIT_MONTHS[unit.toLowerCase()] ?? 0;
  const moment = ms === undefined ? monthsBefore(now, months * Number(figure), clock) : now - ms * Number(figure);
  if (Number.isNaN(new Date(moment).getTime())) throw mistake('time-too-old', { value: text });
  return moment;
}

/** The same day and time of an earlier month, or its last day where it has no such. */
function monthsBefore(now: number, months: number, clock: WallClock): number {
  const time = clock.toWallTime(now);
  const first = new Date(Date.UTC(2000, 0, 1));
  first.setUTCFullYear(time.year, time.month - 1 - months, 1);
  if (Number.isNaN(first.getTime())) return Number.NaN;
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  return clock.toMoment({ ...time, year, month, day: Math.min(time.day, daysOf(year, month)) });
}

function readSpan(text: string, whole: string, { now, clock }: TimeContext): { from: number; before: number } {
  const written = text.trim();
  const key = written.toLowerCase().replace(/[-_ ]/g, '');
  const named = Object.hasOwn(NAMED_SPANS, key) ? NAMED_SPANS[key] : undefined;
  if (named) {
    const today = clock.toWallTime(now);
    const [from, before] = named(today, weekdayOf(today));
    return { from: clock.toMoment(from), before: clock.toMoment(before) };
  }
  const fields = DATE.exec(written);
  if (!fields) throw mistake('time-unreadable', { value: whole });
  const [y = 0, mo, d, h, min, s] = fields.slice(1).map((field) => (field === undefined ? undefined : Number(field)));
  if (!isDate(y, mo, d, h, min, s)) throw mistake('date-impossible', { value: written });
  const start = { year: y, month: mo ?? 1, day: d ?? 1, hour: h ?? 0, minute: min ?? 0, second: s ?? 0 };
  const from = clock.toMoment(start);
  if (s !== undefined) return { from, before: from + SECOND };
  if (min !== undefined) return { from, before: from + 60 * SECOND };
  const [years, months, days] = d !== undefined ? [0, 0, 1] : mo !== undefined ? [0, 1, 0] : [1, 0, 0];
  return { from, before: clock.toMoment({ ...start, year: y + years, month: start.month + months, day: start.day + days }) };
}

function isDate(y: number, mo = 1, d = 1, h = 0, min = 0, s = 0): boolean {
  return y >= 1 && mo >= 1 && mo <= 12 && d >= 1 && d <= daysOf(y, mo) && h <= 23 && min <= 59 && s <= 59;
}

function daysOf(year: number, month: number): number {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

/** 0 for Monday. */
function weekdayOf({ year, month, day }: WallTime): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}

function day({ year, month, day }: WallTime, add = 0): WallTime {
  return { year, month, day: day + add };
}

function month({ year, month }: WallTime, add = 0): WallTime {
  return { year, month: month + add, day: 1 };
}

function year({ year }: WallTime, add = 0): WallTime {
  return { year: year + add, month: 1, day: 1 };
}
