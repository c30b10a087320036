import { fileURLToPath, pathToFileURL } from 'node:url';

/** Files as one platform's clipboard holds them. */
export interface ClipboardFiles {
  paths: string[];
  isCut: boolean;
}

/** How a platform's file managers write files into the clipboard. */
export interface ClipboardFormat {
  /** Its name in the clipboard. */
  name: string;
  /** Null where the platform reads it alone. */
  write(files: ClipboardFiles): Buffer | null;
  read(content: Buffer): ClipboardFiles;
}

const NONE: ClipboardFiles = { paths: [], isCut: false };

/** GNOME's, which the file managers of most Linux desktops read and write: `copy` or `cut`, then one address a line. */
export const GNOME_FORMAT: ClipboardFormat = {
  name: 'x-special/gnome-copied-files',
  write: ({ paths, isCut }) => Buffer.from([isCut ? 'cut' : 'copy', ...paths.map((path) => pathToFileURL(path).href)].join('\n')),
  read: (content) => {
    const [verb = '', ...addresses] = textOf(content).split('\n');
    if (verb !== 'copy' && verb !== 'cut') return NONE;
    return { paths: localPaths(addresses), isCut: verb === 'cut' };
  },
};

/** What all others on Linux offer. It does not say whether they were cut. */
export const URI_LIST_FORMAT: ClipboardFormat = {
  name: 'text/uri-list',
  write: ({ paths }) => Buffer.from(paths.map((path) => `${pathToFileURL(path).href}\r\n`).join('')),
  read: (content) => ({ paths: localPaths(textOf(content).split(/\r?\n/)), isCut: false }),
};

/** macOS: a property list with an array of paths. The Finder knows no cutting: it asks for it when it pastes. */
export const MAC_FORMAT: ClipboardFormat = {
  name: 'NSFilenamesPboardType',
  write: ({ paths }) => Buffer.from(plistOf(paths)),
  read: (content) => ({
    paths: [...textOf(content).matchAll(/<string>([\s\S]*?)<\/string>/g)].map(([, text = '']) => unescapeXml(text)),
    isCut: false,
  }),
};

/** Windows: the first path alone is to be had from this format, in UTF-16 with a zero at its end. Written it means nothing to anybody. */
export const WINDOWS_FORMAT: ClipboardFormat = {
  name: 'FileNameW',
  write: () => null,
  read: (content) => {
    const path = content.toString('utf16le').replace(/\0[\s\S]*$/, '');
    return path === '' ? NONE : { paths: [path], isCut: false };
  },
};

const textOf = (content: Buffer) => content.toString('utf8').replaceAll('\0', '');

/** What is on another computer, or is no file, cannot be pasted. */
function localPaths(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => {
    try {
      return /^file:\/\//i.test(address) ? [fileURLToPath(address.trim())] : [];
    } catch {
      // An address that names another host, or is damaged.
      return [];
    }
  });
}

function plistOf(paths: readonly string[]): string {
  const items = paths.map((path) => `<string>${escapeXml(path)}</string>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><array>${items}</array></plist>`;
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const unescapeXml = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
