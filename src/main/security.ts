import { app, type Session, type WebFrameMain } from 'electron';
import type { Logger } from '#core/log/logger.ts';

/** Copying a path to the clipboard; nothing else is ever granted. */
const GRANTED = new Set(['clipboard-sanitized-write']);

/** A window stays on its own page, opens no other, embeds and downloads nothing, and is granted nothing. */
export function lockDownPages(session: Session, isOwnPage: (url: string) => boolean, log: Logger): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(GRANTED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => GRANTED.has(permission));
  session.on('will-download', (event) => event.preventDefault());
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      log.warn({ url }, 'The page tried to open a window');
      return { action: 'deny' };
    });
    contents.on('will-navigate', (event) => {
      if (isOwnPage(event.url)) return;
      event.preventDefault();
      log.warn({ url: event.url }, 'The page tried to leave');
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Whether a message came from the top frame of our own page. A frame that is gone sends nothing we would answer. */
export function isTrustedSender(frame: WebFrameMain | null, isOwnPage: (url: string) => boolean): boolean {
  return frame !== null && frame.parent === null && isOwnPage(frame.url);
}
