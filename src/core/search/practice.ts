import { setImmediate } from 'node:timers/promises';

/** So many pages: V8 makes machine code of what has run some hundred times. */
const TURNS = 120;
/** The first pages are short, since they take longest: nobody should notice that the engine is busy. */
const MORE_HITS_PER_TURN = 4;
const MOST_HITS = 100;
/** Of names in many languages. */
const TEXTS = ['e', 'a', '1', 'in', 's', 'o', 'й', 'r', 'é', '0', 't', '2', 'en', 'i', '本', 'n'];

/**
 * Searches that nobody has asked for, one at a time: without them the first words that somebody types would take five times as long as others, since
 * what describes what they find runs for the first time. What is wrong with one of them ends them; whoever searches will be told.
 */
export async function practise(search: (text: string, limit: number) => Promise<unknown>): Promise<void> {
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      await search(TEXTS[turn % TEXTS.length] ?? '', Math.min(MOST_HITS, MORE_HITS_PER_TURN * (turn + 1)));
      await setImmediate();
    }
  } catch {
    // The library was closed, or it cannot be searched: the next search says so.
  }
}
