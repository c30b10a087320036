import { expect, it } from 'vitest';
import { RenameRule } from '#shared/contract/file.ts';
import { readRule } from './apply-rule.ts';

const modifiedMs = new Date(2024, 0, 2, 3, 4, 5).getTime();
const rename = (rule: Partial<RenameRule>, ...names: string[]) => {
  const make = readRule(RenameRule.parse(rule));
  return names.map((name, index) => make({ name, isFolder: false, modifiedMs }, index));
};

it('replaces text everywhere in a name, with or without regard to case', () => {
  expect(rename({ find: 'a.', replace: '$1' }, 'a.a.txt', 'A.txt')).toEqual(['$1$1txt', 'A.txt']);
  expect(rename({ find: 'IMG_', replace: 'Sea ', isCaseSensitive: false }, 'img_1.jpg', 'IMG_2.jpg')).toEqual(['Sea 1.jpg', 'Sea 2.jpg']);
  expect(rename({ find: '[({*+?^$|/\\', replace: '' }, 'a[({*+?^$|/\\b')).toEqual(['ab']);
});

it('replaces by expressions with groups', () => {
  expect(rename({ find: String.raw`(\d+)-(\w+)`, replace: '$2 $1', isRegex: true }, '7-up.txt')).toEqual(['up 7.txt']);
  expect(rename({ find: '.', replace: 'x', isRegex: true }, '😀é')).toEqual(['xx']);
});

it('fills templates with stem, extension, numbers and times', () => {
  expect(rename({ template: 'Holiday {n:3}.{ext}', start: 9, step: 2 }, 'a.jpg', 'b.JPG')).toEqual(['Holiday 009.jpg', 'Holiday 011.JPG']);
  expect(rename({ template: '{date} {time} {name}.{ext}' }, 'note.txt')).toEqual(['2024-01-02 03-04-05 note.txt']);
  expect(rename({ find: 'o', replace: '0', template: '{name}-{n}.{ext}' }, 'foo.oo')).toEqual(['f00-1.00']);
});

it('leaves no dot where there is no extension; names that begin with a dot, and folders, have none', () => {
  expect(rename({ template: '{n} {name}.{ext}' }, 'README', '.bashrc', 'a.')).toEqual(['1 README', '2 .bashrc', '3 a.']);
  const make = readRule(RenameRule.parse({ template: '{name} {n}.{ext}' }));
  expect(make({ name: 'v1.2', isFolder: true, modifiedMs }, 0)).toBe('v1.2 1');
});

it('changes letters', () => {
  expect(rename({ letters: 'lower' }, 'ÄB.TXT')).toEqual(['äb.txt']);
  expect(rename({ letters: 'upper' }, 'straße.txt')).toEqual(['STRASSE.TXT']);
  expect(rename({ letters: 'title' }, "my mother's HOLIDAY-photos.JPG")).toEqual(["My Mother's Holiday-Photos.JPG"]);
});

it.each([
  ['a slash', { find: 'a', replace: '/' }],
  ['nothing', { find: 'a' }],
  ['the folder above', { find: 'a', replace: '..' }],
])('refuses a rule that makes %s of a name', (_, rule) => {
  expect(() => rename(rule, 'a')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('“a”') }));
});

it.each([
  [{ find: '(', isRegex: true }, 'expression'],
  [{ template: '{nme}' }, '“{nme}”'],
  [{ template: '{n:x}' }, '“{n:x}”'],
])('says what is wrong with the rule %j', (rule, part) => {
  expect(() => rename(rule, 'a')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining(part) }));
});
