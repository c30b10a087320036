/** How well an entry fits: the greater the better. What is no matter of words fits as well as can be. Those of names are written by `scan-names.as`. */
export const RANK = { none: 0, folder: 1, inside: 2, wordStart: 3, start: 4, whole: 5 } as const;
