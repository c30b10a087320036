/** A name as its stem and its extension with the dot: what is selected when a file gets another name. A dot in front belongs to the stem. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const isExtension = dot > 0 && dot < name.length - 1 && !/\s/.test(name.slice(dot));
  return isExtension ? { stem: name.slice(0, dot), extension: name.slice(dot) } : { stem: name, extension: '' };
}

/** The name, or the first of `name (2)`, `name (3)` … that is not taken. Case is taken for the same: it is on many drives. */
export function freeName(name: string, taken: Iterable<string>): string {
  const used = new Set([...taken].map((other) => other.toLowerCase()));
  const { stem, extension } = splitName(name);
  let candidate = name;
  for (let number = 2; used.has(candidate.toLowerCase()); number += 1) candidate = `${stem} (${number})${extension}`;
  return candidate;
}
