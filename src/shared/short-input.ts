/** @file Inputs of actions and jobs may name very many files. Lists and events have the first of them, and how many there are. */

type Input = Readonly<Record<string, unknown>>;

/** An input whose lists end after so many items. Beside each that had more stands their number, as `…Count`. */
export function shortInput(input: Input, most = 100): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).flatMap(([key, value]) =>
      Array.isArray(value) && value.length > most
        ? [
            [key, value.slice(0, most)],
            [`${key}Count`, value.length],
          ]
        : [[key, value]],
    ),
  );
}

/** How many items a list of an input has, or had before it was made short. */
export function countIn(input: Input, key: string): number {
  const [list, count] = [input[key], input[`${key}Count`]];
  if (typeof count === 'number') return count;
  return Array.isArray(list) ? list.length : 0;
}
