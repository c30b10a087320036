import { InvalidArgumentError } from 'commander';
import type { LocationRulesPatch } from '#shared/contract/location.ts';
import { parseSize } from './parse-size.ts';

/** Rules that are one word. */
const WORDS: Record<string, LocationRulesPatch> = {
  'skip-hidden': { skipHidden: true },
  'keep-hidden': { skipHidden: false },
  'skip-development': { skipDevelopment: true },
  'keep-development': { skipDevelopment: false },
  'skip-system-junk': { skipSystemJunk: true },
  'keep-system-junk': { skipSystemJunk: false },
  gitignore: { honourGitignore: true },
  'no-gitignore': { honourGitignore: false },
  'cross-volumes': { crossVolumes: true },
  'one-volume': { crossVolumes: false },
  'any-extension': { onlyExtensions: [] },
  'any-name': { excludeGlobs: [] },
  'any-size': { maxFileBytes: null, minFileBytes: null },
};

/** Rules with something after a colon. */
const VALUES: Record<string, (value: string, rules: LocationRulesPatch) => LocationRulesPatch> = {
  only: (value, { onlyExtensions = [] }) => ({ onlyExtensions: [...new Set([...onlyExtensions, ...extensions(value)])] }),
  never: (value, { excludeGlobs = [] }) => ({ excludeGlobs: [...excludeGlobs, glob(value)] }),
  'skip-larger-than': (value) => ({ maxFileBytes: size(value) }),
  'skip-smaller-than': (value) => ({ minFileBytes: size(value) }),
};

/** What may be written after `--rule`, for help and completion. */
export const RULES: readonly { rule: string; meaning: string }[] = [
  { rule: 'skip-hidden', meaning: 'leave out names that begin with a dot' },
  { rule: 'keep-hidden', meaning: 'names that begin with a dot are in (the default)' },
  { rule: 'skip-development', meaning: 'leave out node_modules, build output, the inside of .git, caches' },
  { rule: 'keep-development', meaning: 'those are in (the default)' },
  { rule: 'skip-system-junk', meaning: 'leave out .DS_Store, Thumbs.db, $RECYCLE.BIN and the like (the default)' },
  { rule: 'keep-system-junk', meaning: 'those are in' },
  { rule: 'gitignore', meaning: 'leave out what .gitignore files name' },
  { rule: 'no-gitignore', meaning: '.gitignore files mean nothing (the default)' },
  { rule: 'only:', meaning: 'only files with these extensions: only:jpg,png' },
  { rule: 'any-extension', meaning: 'files of every extension (the default)' },
  { rule: 'never:', meaning: 'leave out what a glob matches: never:*.bak, never:old/**' },
  { rule: 'any-name', meaning: 'no glob leaves anything out (the default)' },
  { rule: 'skip-larger-than:', meaning: 'leave out larger files: skip-larger-than:2GB' },
  { rule: 'skip-smaller-than:', meaning: 'leave out smaller files: skip-smaller-than:4KiB' },
  { rule: 'any-size', meaning: 'files of every size (the default)' },
  { rule: 'cross-volumes', meaning: 'also what is mounted below the folder' },
  { rule: 'one-volume', meaning: 'stop where another file system is mounted (the default)' },
];

/**
 * For `--rule`, which may be given several times: adds one rule to those before it. `only:` and `never:` of one command add up; of other
 * rules that contradict each other the last one holds.
 */
export function addRule(text: string, rules: LocationRulesPatch = {}): LocationRulesPatch {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const isKnown = Object.hasOwn(colon < 0 ? WORDS : VALUES, name);
  if (isKnown && colon < 0) return { ...rules, ...WORDS[name] };
  if (isKnown) return { ...rules, ...VALUES[name]?.(text.slice(colon + 1), rules) };
  if (Object.hasOwn(VALUES, name)) throw new InvalidArgumentError(`The rule ${name} needs a value after a colon: ${example(name)}.`);
  if (Object.hasOwn(WORDS, name)) throw new InvalidArgumentError(`The rule ${name} stands alone, without a colon.`);
  throw new InvalidArgumentError(`There is no such rule. The rules are ${RULES.map(({ rule }) => rule).join(', ')}.`);
}

function example(name: string): string {
  return { only: 'only:jpg,png', never: 'never:*.bak' }[name] ?? `${name}:10MB`;
}

function extensions(value: string): string[] {
  const found = value.split(',').map((part) => part.trim().replace(/^\./, '').toLowerCase());
  if (found.includes('')) throw new InvalidArgumentError('Give extensions separated by commas, such as only:jpg,png.');
  const wrong = found.find((extension) => /[./\\]/.test(extension));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(
      'An extension is what follows the last dot of a name: only:gz, not only:tar.gz. For names there is never:GLOB.',
    );
  }
  return found;
}

function glob(value: string): string {
  if (value === '')
    throw new InvalidArgumentError('Give a glob after never:, such as never:*.bak (in quotes, so that the shell leaves it alone).');
  return value;
}

function size(value: string): number {
  const bytes = parseSize(value);
  if (bytes === null) throw new InvalidArgumentError('Give a size such as 4096, 500kB, 1.5GB or 2GiB.');
  return bytes;
}
