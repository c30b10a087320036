import { describe, expect, it } from 'vitest';
import { LocationRulesPatch } from '#shared/contract/location.ts';
import { addRule, RULES } from './parse-rule.ts';

function rules(...texts: string[]) {
  return texts.reduce<LocationRulesPatch | undefined>((before, text) => addRule(text, before), undefined);
}

describe('rules', () => {
  it('say what is left out, and only what was said', () => {
    expect(rules('skip-hidden', 'keep-system-junk')).toEqual({ skipHidden: true, skipSystemJunk: false });
    expect(rules('gitignore', 'skip-development', 'cross-volumes')).toEqual({
      honourGitignore: true,
      skipDevelopment: true,
      crossVolumes: true,
    });
    expect(rules('skip-larger-than:2GB', 'skip-smaller-than: 4 KiB')).toEqual({ maxFileBytes: 2_000_000_000, minFileBytes: 4096 });
  });

  it('with lists add up', () => {
    expect(rules('only:jpg, .PNG', 'only:jpg,gif')).toEqual({ onlyExtensions: ['jpg', 'png', 'gif'] });
    expect(rules('never:*.bak', 'never:a:b/**')).toEqual({ excludeGlobs: ['*.bak', 'a:b/**'] });
  });

  it('can be taken back; the last one holds', () => {
    expect(rules('skip-hidden', 'keep-hidden')).toEqual({ skipHidden: false });
    expect(rules('only:jpg', 'never:x', 'any-extension', 'any-name', 'any-size')).toEqual({
      onlyExtensions: [],
      excludeGlobs: [],
      maxFileBytes: null,
      minFileBytes: null,
    });
  });

  it('are all in the help, and each of them can be read', () => {
    const values: Record<string, string> = { 'only:': 'jpg', 'never:': '*', 'skip-larger-than:': '1', 'skip-smaller-than:': '1' };
    for (const { rule } of RULES) expect(LocationRulesPatch.safeParse(addRule(rule + (values[rule] ?? ''))).success, rule).toBe(true);
  });

  it.each([
    ['skip-hiden', /no such rule.*skip-hidden/],
    ['', /no such rule/],
    ['constructor', /no such rule/],
    ['__proto__:x', /no such rule/],
    ['only', /only:jpg,png/],
    ['skip-larger-than', /skip-larger-than:10MB/],
    ['skip-hidden:yes', /stands alone/],
    ['only:', /separated by commas/],
    ['only:jpg,,png', /separated by commas/],
    ['only:tar.gz', /only:gz/],
    ['never:', /glob/],
    ['skip-larger-than:big', /size such as/],
    ['skip-smaller-than:-1', /size such as/],
  ])('“%s” is refused with what to write instead', (text, message) => {
    expect(() => addRule(text)).toThrow(message);
  });
});
