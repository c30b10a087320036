/** What starts this program again. An AppImage unpacks itself to a new place at each start; its own path is in the environment. */
export function programPath(): string {
  return process.env.APPIMAGE ?? process.execPath;
}
