import type { CompletionDetailCode } from '#shared/contract/search.ts';
import { fillIn, type ParamsOf } from './sentences.ts';

/** What each code says. */
const DETAILS = {
  'filter-ext': 'extension, as in {example}',
  'filter-kind': 'kind of file, as in {example}',
  'filter-size': 'size, as in {example}',
  'filter-modified': 'last changed, as in {example}',
  'filter-created': 'made, as in {example}',
  'filter-in': 'below a folder, as in {example}',
  'filter-volume': 'on a drive, as in {example}',
  'filter-location': 'in a location, as in {example}',
  'filter-is': 'state, as in {example}',
  'filter-name': 'regular expression, as in {example}',
  'state-offline': 'on a drive that is not plugged in',
  'state-online': 'on a drive that is plugged in',
  'state-hidden': 'name begins with a dot',
  'state-empty': 'no bytes, or nothing in it',
  'size-over': 'more than {size}',
  'size-under': 'less than {size}',
  'size-between': 'from {from} to {to}',
  'size-none': 'empty',
  'time-last-hours': 'in the last {count} hours',
  'time-last-days': 'in the last {count} days',
  'time-last-year': 'in the last year',
  'time-over-year': 'more than a year ago',
  'volume-online': 'online',
  'volume-offline': 'offline',
  'location-on': 'location on {volume}',
} as const satisfies Record<CompletionDetailCode, string>;

/** What a completion means. */
export interface CompletionDetail {
  /** In English; empty where the label says it. */
  detail: string;
  /** Null where `detail` is nothing to be translated. */
  detailCode: CompletionDetailCode | null;
  detailParams: Record<string, string>;
}

export const NO_DETAIL: CompletionDetail = { detail: '', detailCode: null, detailParams: {} };

export function detail<Code extends CompletionDetailCode>(code: Code, ...[params]: ParamsOf<(typeof DETAILS)[Code]>): CompletionDetail {
  return { detail: fillIn(DETAILS[code], { ...params }), detailCode: code, detailParams: { ...params } };
}

/** Such as the way to a folder. */
export function plainDetail(text: string): CompletionDetail {
  return { ...NO_DETAIL, detail: text };
}
