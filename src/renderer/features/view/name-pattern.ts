/**
 * A test for names that are like a pattern: `*` stands for any letters, `?` for one; several patterns are separated by semicolons. What has neither
 * is found anywhere in a name. Case does not count. Null where there is no pattern.
 */
export function namePattern(text: string): ((name: string) => boolean) | null {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return null;
  const tests = parts.map(toExpression);
  return (name) => tests.some((test) => test.test(name.normalize('NFC')));
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .normalize('NFC')
    .replace(/[\\^$.*+?()[\]{}|]/g, (letter) => (letter === '*' ? '.*' : letter === '?' ? '.' : `\\${letter}`));
  const isWhole = /[*?]/.test(pattern);
  return new RegExp(isWhole ? `^${source}$` : source, 'isu');
}
