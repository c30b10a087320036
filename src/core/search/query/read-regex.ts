import type { Query } from './query.ts';
import { mistake } from './query-mistake.ts';
import { regexReason } from './regex-reason.ts';

/** Longer ones are not written by hand, and cost more to make ready than to run. */
const MOST_CHARACTERS = 500;

/**
 * Makes a regular expression of JavaScript, for which case does not matter; `(?-i:…)` is for where it does. Characters are whole ones (flag `u`)
 * where the expression allows it.
 * @throws QueryMistake
 */
export function readRegex(source: string, flags: string): Query {
  if (source === '') throw mistake('regex-missing');
  if (source.length > MOST_CHARACTERS) throw mistake('regex-too-long', { most: String(MOST_CHARACTERS) });
  if (!/^[iu]*$/.test(flags)) throw mistake('regex-flags');
  try {
    return { type: 'regex', regex: compile(source), isMarked: true };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const params = regexReason(error.message);
    throw mistake('regex-invalid', params);
  }
}

/** What escapes more than needed, such as `\-`, is refused with the flag `u`, and not without it. */
function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'iu');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return new RegExp(source, 'i');
  }
}
