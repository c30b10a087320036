import { isAbsolute } from 'node:path';
import { ShellCommand } from '#shared/contract/shell.ts';

/**
 * `mooring://volume/FINGERPRINT`, `mooring://open?path=PATH` (an SdPath or an absolute path) and `mooring://settings`.
 * Any web page and any program can send a link, so that it may show something and never do anything.
 * @returns null for everything else
 */
export function parseDeepLink(link: string): ShellCommand | null {
  const url = URL.parse(link);
  if (url?.protocol !== 'mooring:') return null;
  const command = commandOf(url);
  const parsed = ShellCommand.safeParse(command);
  return parsed.success ? parsed.data : null;
}

function commandOf(url: URL): unknown {
  if (url.hostname === 'volume') return { type: 'open-volume', fingerprint: url.pathname.slice(1) };
  if (url.hostname === 'settings') return { type: 'command', command: 'app.settings' };
  if (url.hostname !== 'open') return null;
  const path = url.searchParams.get('path') ?? '';
  const isAddress = isAbsolute(path) || path.startsWith('sd://');
  // UNC paths would make Windows contact, and log in to, whatever server a link names.
  return isAddress && !path.includes('\0') && !/^[\\/]{2}/.test(path) ? { type: 'open-path', path } : null;
}
