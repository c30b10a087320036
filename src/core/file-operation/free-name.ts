import type { NativePath } from '#core/fs/native-path.ts';

const MAX_NAME_BYTES = 255;

/**
 * `name (2).ext` and so on. The stem is shortened where the name would be longer than 255 bytes.
 *
 * @param number from 2
 */
export function numberedName(name: NativePath, number: number): NativePath {
  // As Latin-1 each byte of a name that is not UTF-8 is one character.
  if (typeof name !== 'string')
    return Buffer.from(
      withNumber(name.toString('latin1'), number, (text) => text.length),
      'latin1',
    );
  return withNumber(name, number, (text) => Buffer.byteLength(text));
}

function withNumber(name: string, number: number, lengthOf: (text: string) => number): string {
  const dot = name.lastIndexOf('.');
  const hasExtension = dot > 0 && dot < name.length - 1;
  const ending = ` (${number})${hasExtension ? name.slice(dot) : ''}`;
  const stem = [...(hasExtension ? name.slice(0, dot) : name)];
  while (stem.length > 1 && lengthOf(stem.join('') + ending) > MAX_NAME_BYTES) stem.pop();
  return stem.join('') + ending;
}
