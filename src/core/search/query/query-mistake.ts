import type { QueryProblem, QueryProblemCode } from '#shared/contract/search.ts';
import { fillIn, type ParamsOf } from './sentences.ts';

/** What each code says. `{name}` stands for a parameter, which whoever says it in another language gets as well. */
const PROBLEMS = {
  'or-before-missing': 'Before OR something is missing.',
  'or-after-missing': 'After OR something is missing.',
  'excluded-missing': 'What is to be left out is missing.',
  'bracket-closes-nothing': 'This bracket closes nothing. Put text with brackets into quotes.',
  'bracket-not-closed': 'This bracket is not closed. Put text with brackets into quotes.',
  'brackets-too-deep': 'Brackets go {most} deep at most.',
  'quote-not-closed': 'Here begins a quote that does not end.',
  'regex-not-closed': 'Here begins a regular expression; its second slash is missing.',
  'too-many-parts': 'Only the first {most} parts of a query count.',
  'too-many-values': 'Only the first {most} values count.',
  'word-empty': 'Nothing can be looked for by this.',
  'wildcards-too-long': 'A word with * has at most {most} characters.',
  'filter-unknown': 'There is no filter “{name}:”. To look for this text, put it into quotes.',
  'filter-misspelt': 'There is no filter “{name}:”. Did you mean {near}:? To look for this text, put it into quotes.',
  'value-missing': 'After {name}: something is missing, as in {example}.',
  'name-missing': 'A name is missing here.',
  'folder-missing': 'A folder is missing. Write it as in:Photos or in:"Photos/2023".',
  'kind-unknown': 'There is no kind “{value}”. Some are image, video, audio, document, archive, code, folder.',
  'state-unknown': 'There is no is:{value}. There are {states}.',
  'state-misspelt': 'There is no is:{value}. Did you mean is:{near}?',
  'size-missing': 'A size is missing. Write it as size:>10mb, size:<=1.5GiB or size:1k..5m.',
  'size-unreadable': '“{value}” is not a size. Write it as size:>10mb, size:<=1.5GiB or size:1k..5m.',
  'time-missing': 'A time is missing. Write it as <7d, today, 2024-05, >=2024-05-13 or 2023..2024-06.',
  'time-unreadable': '“{value}” is not a time. Write it as <7d, today, 2024-05, >=2024-05-13 or 2023..2024-06.',
  'time-too-old': '“{value}” is longer ago than dates go back.',
  'date-impossible': 'There is no {value}.',
  'regex-expected': 'After name: stands a regular expression, as in name:/{value}/. To look for words, write them alone.',
  'regex-missing': 'A regular expression is missing: name:/^img_\\d+/',
  'regex-too-long': 'A regular expression has at most {most} characters.',
  'regex-flags': 'Nothing but a space follows the second slash; case never matters.',
  'regex-invalid': 'This is not a regular expression: {reason}.',
  'duplicates-not-known-yet': 'Duplicates are not known yet, so this part is left out.',
  'favorites-not-known-yet': 'Favourites are not known yet, so this part is left out.',
  'tags-not-known-yet': 'Tags are not known yet, so this part is left out.',
  'content-not-known-yet': 'Texts inside of files are not known yet, so this part is left out.',
  'cameras-not-known-yet': 'Cameras are not known yet, so this part is left out.',
  'copies-not-known-yet': 'Copies are not known yet, so this part is left out.',
} as const satisfies Record<QueryProblemCode, string>;

type Params<Code extends QueryProblemCode> = ParamsOf<(typeof PROBLEMS)[Code]>;

/** A problem without its place. */
export type Complaint = Omit<QueryProblem, 'start' | 'end'>;

export function complaint<Code extends QueryProblemCode>(code: Code, ...[params]: Params<Code>): Complaint {
  const kind = code.endsWith('-not-known-yet') ? 'unknown-yet' : 'mistake';
  return { kind, code, params: { ...params }, message: fillIn(PROBLEMS[code], { ...params }) };
}

/** What is wrong with the value of a filter, told to whoever wrote it. Caught by the parser, which knows the place. */
export class QueryMistake extends Error {
  override readonly name = 'QueryMistake';
  readonly complaint: Complaint;

  constructor(about: Complaint) {
    super(about.message);
    this.complaint = about;
  }
}

export function mistake<Code extends QueryProblemCode>(code: Code, ...params: Params<Code>): QueryMistake {
  return new QueryMistake(complaint(code, ...params));
}
