/** @file What is wrong with a regular expression, of what V8 says in English, and with other words in each version. */
import type { RegexReason } from '#shared/contract/search.ts';
import { REGEX_REASONS } from '#shared/regex-reasons.ts';

/** The first that fits. */
const SAID_BY_V8: readonly (readonly [said: RegExp, reason: RegexReason])[] = [
  [/unterminated group/i, 'group-not-closed'],
  [/unmatched '\)'/i, 'bracket-closes-nothing'],
  [/unterminated character class/i, 'class-not-closed'],
  [/nothing to repeat|invalid quantifier/i, 'nothing-to-repeat'],
  [/numbers out of order/i, 'counts-reversed'],
  [/range out of order/i, 'range-reversed'],
  [/lone quantifier|incomplete quantifier/i, 'brackets-alone'],
  [/\\ at end/i, 'backslash-at-end'],
  [/escape|property name|character class/i, 'escape-unknown'],
  [/group|reference|flag/i, 'group-unknown'],
];

/** @param message of V8's `SyntaxError` */
export function regexReason(message: string): { reason: string; reasonCode: RegexReason } {
  const said = message.replace(/^Invalid regular expression: .*: /s, '');
  const reasonCode = SAID_BY_V8.find(([pattern]) => pattern.test(said))?.[1] ?? 'other';
  return { reason: REGEX_REASONS[reasonCode], reasonCode };
}
