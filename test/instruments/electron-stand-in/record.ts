/** What a person would have seen or what the system would have been told: the tests read it through the control channel. */
export const record = {
  calls: [] as string[],
  protocolClients: [] as string[],
  loginItem: null as { openAtLogin: boolean; args: string[] } | null,
  badgeCount: 0,
  progress: -1,
  backgroundColor: '',
  shownItems: [] as string[],
  openedPaths: [] as string[],
  /** Files that were handed to the system to be dragged. */
  dragged: [] as string[][],
  deniedWindows: [] as string[],
  deniedNavigations: [] as string[],
  /** Requests of a page to anything but a registered scheme: none may ever leave. */
  foreignRequests: [] as string[],
  messageBoxes: [] as { message: string; detail: string; buttons: string[] }[],
  errorBoxes: [] as { title: string; content: string }[],
};
