import { describe, expect, it } from 'vitest';
import { LocationRules, type LocationRulesPatch } from '#shared/contract/location.ts';
import { applyRulesPatch, type RulesChange, rulesChange } from './rules-change.ts';

const base = LocationRules.parse({});

describe('changed rules', () => {
  it.each<[LocationRulesPatch, LocationRulesPatch, RulesChange]>([
    [{}, {}, 'none'],
    [{ onlyExtensions: ['a', 'b'] }, { onlyExtensions: ['b', 'a', 'a'] }, 'none'],
    [{}, { minFileBytes: 0 }, 'none'],
    [{}, { skipHidden: true }, 'prune'],
    [{ skipHidden: true }, { skipHidden: false }, 'walk'],
    [{}, { skipDevelopment: true }, 'prune'],
    [{ onlyExtensions: ['rs'] }, { skipDevelopment: true }, 'walk'],
    [{}, { honourGitignore: true }, 'walk'],
    [{}, { crossVolumes: true }, 'walk'],
    [{ crossVolumes: true }, { crossVolumes: false }, 'walk'],
    [{}, { onlyExtensions: ['jpg'] }, 'prune'],
    [{ onlyExtensions: ['jpg', 'png'] }, { onlyExtensions: ['jpg'] }, 'prune'],
    [{ onlyExtensions: ['jpg'] }, { onlyExtensions: ['png'] }, 'walk'],
    [{ onlyExtensions: ['jpg'] }, { onlyExtensions: [] }, 'walk'],
    [{}, { excludeGlobs: ['*.log'] }, 'prune'],
    [{ excludeGlobs: ['*.log', 'b'] }, { excludeGlobs: ['*.log'] }, 'walk'],
    [{}, { maxFileBytes: 10 }, 'prune'],
    [{ maxFileBytes: 10 }, { maxFileBytes: null }, 'walk'],
    [{ minFileBytes: 10 }, { minFileBytes: 20 }, 'prune'],
    [{ minFileBytes: 10 }, { minFileBytes: 5 }, 'walk'],
    [{}, { skipHidden: true, skipSystemJunk: false }, 'walk'],
  ])('from %j by %j ask for: %s', (before, patch, expected) => {
    const rules = applyRulesPatch(base, before);
    expect(rulesChange(rules, applyRulesPatch(rules, patch))).toBe(expected);
  });

  it('leave alone what a patch does not name', () => {
    const rules = applyRulesPatch(base, { skipHidden: true, onlyExtensions: ['B', 'a', 'b'] });
    expect(applyRulesPatch(rules, { maxFileBytes: 5, skipHidden: undefined })).toEqual({ ...rules, maxFileBytes: 5 });
    expect(rules.onlyExtensions).toEqual(['a', 'b']);
  });
});
