import { foldText } from '#core/search/query/fold-text.ts';
import type { ActionRecord } from '#shared/contract/action.ts';
import { parseSdPath } from '#shared/sd-path.ts';

/** Of longer lists, an action is found by so many items. */
const MOST_WORDS_OF = 10_000;

/** What an action is found by: its type, and all texts of its input and result, folded as searches compare them; addresses as the paths they are. */
export function actionWords({ type, input, result }: Pick<ActionRecord, 'type' | 'input' | 'result'>): string {
  return foldText([type, ...textsOf(input), ...textsOf(result)].join('\n'));
}

/** The words that an action has to hold, each somewhere. */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/\s+/)
    .filter((word) => word !== '');
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [plainText(value)];
  if (Array.isArray(value)) return value.slice(0, MOST_WORDS_OF).flatMap(textsOf);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function plainText(text: string): string {
  const parsed = text.startsWith('sd://') ? parseSdPath(text) : null;
  return parsed && 'path' in parsed ? new TextDecoder().decode(parsed.path) : text;
}
