import { displayName, type NativePath } from '#core/fs/native-path.ts';

/** Ends of names that browsers, sync programs and editors give to what is not finished yet. */
const TEMPORARY_EXTENSIONS = new Set([
  'tmp',
  'temp',
  'swp',
  'swo',
  'swx',
  'part',
  'partial',
  'crdownload',
  'download',
  'opdownload',
  'filepart',
  '!ut',
  'aria2',
]);
/** In this order: backups of editors, locks of Emacs and LibreOffice, owner files of Office, GLib's replacements, Vim's test for a writable folder, rsync's copies. */
const TEMPORARY_NAMES = [/~$/, /^\.#/, /^\.~lock\..*#$/, /^~\$/, /^\.goutputstream-/, /^4913$/, /^\..+\.[A-Za-z0-9]{6}$/];

/**
 * Whether a name looks as if it were soon gone again. Such names are looked at later than others, when they are still there: what lives
 * shorter never shows up, and what stays is indexed like anything else.
 */
export function isTemporaryName(name: NativePath): boolean {
  const text = displayName(name);
  const extension = text.slice(text.lastIndexOf('.') + 1).toLowerCase();
  return (text.includes('.') && TEMPORARY_EXTENSIONS.has(extension)) || TEMPORARY_NAMES.some((pattern) => pattern.test(text));
}
