import { reasonError } from '#core/fs/reason-error.ts';
import { regexReason } from '#core/search/query/regex-reason.ts';
import { MooringError } from '#shared/contract/error.ts';
import type { RenameRule } from '#shared/contract/file.ts';

/** What a new name is made of. */
export interface NamedFile {
  name: string;
  /** What looks like the extension of a folder is a part of its name. */
  isFolder: boolean;
  modifiedMs: number;
}

/** Makes a new name of a file's own, given its place in the batch. @throws MooringError `INVALID_INPUT` when it makes none that anything could have */
export type NameMaker = (file: NamedFile, index: number) => string;

/** A field of a template, with what stands after its colon. */
const FIELD = /\{([a-z]+)(?::(\d{1,2}))?\}/g;
const FIELDS = new Set(['name', 'ext', 'n', 'date', 'time']);

/**
 * Reads a rule: what is to be found is replaced first, then the template applied, then the letters changed.
 *
 * @throws MooringError `INVALID_INPUT` for an expression or a template that cannot be read
 */
export function readRule(rule: RenameRule): NameMaker {
  const replace = replacer(rule);
  const fill = filler(rule);
  return (file, index) => {
    const made = withLetters(fill({ ...file, name: replace(file.name) }, rule.start + index * rule.step), rule.letters, file.isFolder);
    if (made !== '' && made !== '.' && made !== '..' && !/[/\0]/.test(made)) return made;
    throw reasonError('INVALID_INPUT', 'impossible-by-rule', { made, name: file.name });
  };
}

function replacer({ find, replace, isRegex, isCaseSensitive }: RenameRule): (name: string) => string {
  if (find === '') return (name) => name;
  const flags = isCaseSensitive ? 'gu' : 'giu';
  if (!isRegex) {
    const literal = new RegExp(find.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), flags);
    return (name) => name.replace(literal, () => replace);
  }
  const expression = readExpression(find, flags);
  return (name) => name.replace(expression, replace);
}

function readExpression(find: string, flags: string): RegExp {
  try {
    return new RegExp(find, flags);
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error);
    const { reasonCode } = regexReason(said);
    const details = { reason: { code: 'no-expression', params: { reason: said, reasonCode } } };
    throw new MooringError('INVALID_INPUT', `This is no expression that can be read: ${said}.`, { details });
  }
}

function filler({ template }: RenameRule): (file: NamedFile, number: number) => string {
  if (template === null) return ({ name }) => name;
  const unknown = [...template.matchAll(/\{([^}]*)\}/g)].find(
    ([field]) => !new RegExp(`^${FIELD.source}$`).test(field) || !FIELDS.has(fieldName(field)),
  );
  if (unknown) throw reasonError('INVALID_INPUT', 'no-field', { field: unknown[0] });
  return ({ name, isFolder, modifiedMs }, number) => {
    const { stem, extension } = splitName(name, isFolder);
    const at = new Date(modifiedMs);
    // Where there is no extension, there is no dot before it either.
    const fitting = extension === '' ? template.replaceAll('.{ext}', '') : template;
    return fitting.replace(FIELD, (_, field: string, digits: string | undefined) => {
      if (field === 'name') return stem;
      if (field === 'ext') return extension;
      if (field === 'n') return String(number).padStart(Number(digits ?? 1), '0');
      return field === 'date' ? localDate(at) : localTime(at);
    });
  };
}

function fieldName(field: string): string {
  return /[a-z]+/.exec(field)?.[0] ?? '';
}

function withLetters(name: string, letters: RenameRule['letters'], isFolder: boolean): string {
  if (letters === 'lower') return name.toLowerCase();
  if (letters === 'upper') return name.toUpperCase();
  if (letters === 'keep') return name;
  const { stem, extension } = splitName(name, isFolder);
  const titled = stem.toLowerCase().replace(/(?<![\p{L}\p{N}\p{M}'’])\p{L}/gu, (letter) => letter.toUpperCase());
  return extension === '' ? titled : `${titled}.${extension}`;
}

function splitName(name: string, isFolder: boolean): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  if (isFolder || dot <= 0 || dot === name.length - 1) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot + 1) };
}

function localDate(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Without colons, which many file systems refuse. */
function localTime(at: Date): string {
  return `${two(at.getHours())}-${two(at.getMinutes())}-${two(at.getSeconds())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
