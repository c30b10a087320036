import { LocationRules, type LocationRulesPatch } from '#shared/contract/location.ts';

/**
 * What changed rules ask for. `prune`: they only leave out more than before, and what that is can be told from what is known: no disk
 * is touched. `walk`: the whole location has to be listed anew, folders that have not changed included.
 */
export type RulesChange = 'none' | 'prune' | 'walk';

/** The rules with the patch's in place of their own; each list in order and without repetitions, so that equal rules are equal. */
export function applyRulesPatch(rules: LocationRules, patch: LocationRulesPatch): LocationRules {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const applied = LocationRules.parse({ ...rules, ...given });
  return { ...applied, onlyExtensions: sortedSet(applied.onlyExtensions), excludeGlobs: sortedSet(applied.excludeGlobs) };
}

export function rulesChange(before: LocationRules, after: LocationRules): RulesChange {
  const changes = [
    switched(before.skipSystemJunk, after.skipSystemJunk),
    switched(before.skipHidden, after.skipHidden),
    developmentChange(before, after),
    // What .gitignore files say, and what lies on other volumes, is known by the disk alone.
    before.honourGitignore === after.honourGitignore ? 'none' : 'walk',
    before.crossVolumes === after.crossVolumes ? 'none' : 'walk',
    extensionsChange(before.onlyExtensions, after.onlyExtensions),
    listChange(before.excludeGlobs, after.excludeGlobs),
    limitChange(before.maxFileBytes ?? Number.POSITIVE_INFINITY, after.maxFileBytes ?? Number.POSITIVE_INFINITY),
    limitChange(-(before.minFileBytes ?? 0), -(after.minFileBytes ?? 0)),
  ];
  if (changes.includes('walk')) return 'walk';
  return changes.includes('prune') ? 'prune' : 'none';
}

function switched(before: boolean, after: boolean): RulesChange {
  return before === after ? 'none' : after ? 'prune' : 'walk';
}

/** Some artefacts are recognised by a file beside them, which may be left out itself and so not be known. */
function developmentChange(before: LocationRules, after: LocationRules): RulesChange {
  const change = switched(before.skipDevelopment, after.skipDevelopment);
  const { onlyExtensions, excludeGlobs, maxFileBytes, minFileBytes, honourGitignore } = before;
  const mayHideMarkers =
    onlyExtensions.length + excludeGlobs.length > 0 || maxFileBytes !== null || (minFileBytes ?? 0) > 0 || honourGitignore;
  return change === 'prune' && mayHideMarkers ? 'walk' : change;
}

/** None at all means every extension. */
function extensionsChange(before: readonly string[], after: readonly string[]): RulesChange {
  if (isSubset(after, before) && isSubset(before, after)) return 'none';
  if (after.length === 0) return 'walk';
  return before.length === 0 || isSubset(after, before) ? 'prune' : 'walk';
}

function listChange(before: readonly string[], after: readonly string[]): RulesChange {
  if (!isSubset(before, after)) return 'walk';
  return isSubset(after, before) ? 'none' : 'prune';
}

/** @param before what is above it is left out */
function limitChange(before: number, after: number): RulesChange {
  if (before === after) return 'none';
  return after < before ? 'prune' : 'walk';
}

function isSubset(a: readonly string[], b: readonly string[]): boolean {
  const all = new Set(b);
  return a.every((item) => all.has(item));
}

function sortedSet(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}
