import { readdirSync } from 'node:fs';
import { seededRandom } from './seeded-random.ts';
import { EXTENSIONS, LATIN_WORDS, OTHER_SHARE, OTHER_WORDS } from './seeded-words.ts';

/** Names that programs give. */
const SYSTEM_FOLDERS = ['/usr/bin', '/usr/lib', '/usr/lib/x86_64-linux-gnu', '/usr/share', '/usr/include', '/usr/share/doc', '/etc'];

export interface SeededNames {
  number(): number;
  fileName(): string;
  folderName(): string;
}

/** Names as they are on people's drives: in several scripts, of cameras and of programs, and some that no other file has. */
export function seededNames(seed: number): SeededNames {
  const number = seededRandom(seed);
  const pick = (from: readonly string[]) => from[Math.floor(number() * from.length)] ?? '';
  const word = () => pick(number() < OTHER_SHARE ? OTHER_WORDS : LATIN_WORDS);
  const ofSystem = SYSTEM_FOLDERS.flatMap(namesIn);
  const hex = () => Math.floor(number() * 2 ** 32).toString(16);
  const fileName = () => {
    const style = number();
    if (style < 0.25 && ofSystem.length > 0) return pick(ofSystem);
    if (style < 0.35) return `${hex()}${hex()}.${pick(EXTENSIONS)}`;
    if (style < 0.55) return `IMG_${1000 + Math.floor(number() * 9000)}.${pick(EXTENSIONS)}`;
    if (style < 0.8) return `${word()}_${word()}-${Math.floor(number() * 1000)}.${pick(EXTENSIONS)}`;
    return `${word()} ${word()} (${Math.floor(number() * 100)}).${pick(EXTENSIONS)}`;
  };
  return { number, fileName, folderName: () => (number() < 0.3 ? `${2000 + Math.floor(number() * 25)}-${word()}` : `${word()} ${hex()}`) };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // Another system has other folders.
  }
}
