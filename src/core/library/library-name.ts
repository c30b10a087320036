import { MooringError } from '#shared/contract/error.ts';

export const LIBRARY_SUFFIX = '.sdlibrary';

const MAX_NAME_BYTES = 255 - LIBRARY_SUFFIX.length;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f]/;
const WINDOWS_FORBIDDEN = /[<>:"|?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A library's name as it is kept: without surrounding spaces and without the suffix of its folder.
 * @throws MooringError `INVALID_INPUT`, saying what is wrong with it
 */
export function parseLibraryName(input: string, platform: NodeJS.Platform = process.platform): string {
  const trimmed = input.trim().normalize('NFC');
  const name = trimmed.endsWith(LIBRARY_SUFFIX) ? trimmed.slice(0, -LIBRARY_SUFFIX.length) : trimmed;
  const problem = nameProblem(name, platform);
  if (problem) throw new MooringError('INVALID_INPUT', `This cannot be a library’s name: ${problem}`, { details: { field: 'name' } });
  return name;
}

/** The name of the folder that holds the library of that name. */
export function libraryFolderName(name: string): string {
  return `${name}${LIBRARY_SUFFIX}`;
}

function nameProblem(name: string, platform: NodeJS.Platform): string | null {
  if (name === '') return 'it is empty. Give it at least one letter.';
  if (name === '.' || name === '..') return `“${name}” means a folder to the system. Choose another name.`;
  if (/[/\\]/.test(name)) return 'it contains / or \\, which separate folders. Leave them out.';
  if (CONTROL_CHARACTERS.test(name)) return 'it contains control characters. Leave them out.';
  if (!name.isWellFormed()) return 'it contains half a character. Type it again.';
  const bytes = Buffer.byteLength(name);
  if (bytes > MAX_NAME_BYTES) return `it is ${bytes} bytes long, and at most ${MAX_NAME_BYTES} are possible. Shorten it.`;
  if (platform === 'win32' && WINDOWS_FORBIDDEN.test(name)) return 'Windows does not allow it as the name of a folder. Choose another one.';
  return null;
}
