import type { Query } from './query.ts';
import { QueryMistake } from './query-mistake.ts';

/** Longer ones are not written by hand, and cost more to make ready than to run. */
const MOST_CHARACTERS = 500;

/**
 * Makes a regular expression of JavaScript, for which case does not matter; `(?-i:…)` is for where it does. Characters are whole ones (flag `u`)
 * where the expression allows it.
 * @throws QueryMistake
 */
export function readRegex(source: string, flags: string): Query {
  if (source === '') throw new QueryMistake('A regular expression is missing: name:/^img_\\d+/');
  if (source.length > MOST_CHARACTERS) throw new QueryMistake(`A regular expression has at most ${MOST_CHARACTERS} characters.`);
  if (!/^[iu]*$/.test(flags)) throw new QueryMistake('Nothing but a space follows the second slash; case never matters.');
  try {
    return { type: 'regex', regex: compile(source) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = error.message.replace(/^Invalid regular expression: .*: /s, '');
    throw new QueryMistake(`This is not a regular expression: ${reason.toLowerCase()}.`);
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
