/** The one of a few words that somebody may have meant: at most two letters wrong, left out, too many or swapped. Null when none is so near. */
export function nearestOf(word: string, words: readonly string[]): string | null {
  if (word.length > 20) return null;
  const most = word.length < 4 ? 1 : 2;
  let nearest: string | null = null;
  let least = most + 1;
  for (const candidate of words) {
    const distance = distanceOf(word, candidate);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** Optimal string alignment distance: Damerau–Levenshtein in which no part is changed twice. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (line: number[], column: number) => line[column] ?? 0;
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, at(before, j - 2) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
