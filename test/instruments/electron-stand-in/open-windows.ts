/** The windows that exist, for those who must ask all of them without importing the window class. */
export interface OpenWindow {
  /** False when a listener prevented it. */
  close(): boolean;
}

export const openWindows = new Set<OpenWindow>();
