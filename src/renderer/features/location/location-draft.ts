/** What a form about a location holds, and what the engine is given of it. */
import type { IndexMode, Location, LocationRules } from '../../../shared/contract/location.ts';
import { parseSize } from '../../lib/parse-size.ts';

/** As typed: lists and sizes are text until they are sent. */
export interface LocationDraft {
  name: string;
  mode: IndexMode;
  watch: boolean;
  rules: Pick<LocationRules, 'skipSystemJunk' | 'skipHidden' | 'skipDevelopment' | 'honourGitignore' | 'crossVolumes'>;
  /** Extensions, apart by commas or spaces. */
  onlyExtensions: string;
  /** One glob a line. */
  excludeGlobs: string;
  minFileSize: string;
  maxFileSize: string;
}

export const NEW_LOCATION: LocationDraft = {
  name: '',
  mode: 'shallow',
  watch: true,
  rules: { skipSystemJunk: true, skipHidden: false, skipDevelopment: false, honourGitignore: false, crossVolumes: false },
  onlyExtensions: '',
  excludeGlobs: '',
  minFileSize: '',
  maxFileSize: '',
};

/** A location as the form shows it; `rulesOf` gives the same rules back. */
export function draftOf({ name, mode, watchEnabled, rules }: Location): LocationDraft {
  const { onlyExtensions, excludeGlobs, minFileBytes, maxFileBytes, ...switches } = rules;
  return {
    name,
    mode,
    watch: watchEnabled,
    rules: switches,
    onlyExtensions: onlyExtensions.join(', '),
    excludeGlobs: excludeGlobs.join('\n'),
    minFileSize: sizeText(minFileBytes),
    maxFileSize: sizeText(maxFileBytes),
  };
}

/** Which fields cannot be understood. */
export function draftProblems(draft: LocationDraft): { minFileSize: boolean; maxFileSize: boolean; isUpsideDown: boolean } {
  const [min, max] = [parseSize(draft.minFileSize), parseSize(draft.maxFileSize)];
  return {
    minFileSize: draft.minFileSize.trim() !== '' && min === null,
    maxFileSize: draft.maxFileSize.trim() !== '' && max === null,
    isUpsideDown: min !== null && max !== null && min > max,
  };
}

/** The rules that a draft means. */
export function rulesOf(draft: LocationDraft): LocationRules {
  const extensions = draft.onlyExtensions.split(/[\s,;]+/).map((text) => text.replace(/^\*?\./, '').toLowerCase());
  const globs = draft.excludeGlobs.split('\n').map((line) => line.trim());
  return {
    ...draft.rules,
    onlyExtensions: [...new Set(extensions)].filter((text) => text !== ''),
    excludeGlobs: [...new Set(globs)].filter((text) => text !== ''),
    minFileBytes: parseSize(draft.minFileSize),
    maxFileBytes: parseSize(draft.maxFileSize),
  };
}

/** Exact, in the largest unit that keeps it so: `1500000` is “1500 kB”. */
function sizeText(bytes: number | null): string {
  if (bytes === null) return '';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [value, power] = [bytes, 0];
  while (value !== 0 && value % 1000 === 0 && power < units.length - 1) [value, power] = [value / 1000, power + 1];
  return `${value} ${units[power]}`;
}
