import type { RegexReason } from './contract/search.ts';

/** What is wrong with a regular expression, in English: the engine and the page say the same. */
export const REGEX_REASONS: Record<RegexReason, string> = {
  'group-not-closed': 'a group is not closed',
  'bracket-closes-nothing': 'a bracket closes nothing',
  'class-not-closed': 'a square bracket is not closed',
  'nothing-to-repeat': 'there is nothing to repeat',
  'counts-reversed': 'in curly brackets the larger number comes first',
  'range-reversed': 'in square brackets the later character comes first',
  'brackets-alone': 'brackets stand alone',
  'backslash-at-end': 'after the last backslash something is missing',
  'escape-unknown': 'nothing is known that begins with a backslash like this',
  'group-unknown': 'nothing is known that begins with (? like this',
  other: 'it is not well formed',
};
