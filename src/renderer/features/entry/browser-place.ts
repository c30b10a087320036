import type { Route } from '../../lib/route.ts';

/** What a list of files shows: a volume, or a location. */
export interface BrowserPlace {
  /** Its name: the first step of the path. */
  name: string;
  /** Address of the folder above which nobody goes here. */
  root: string;
  /** Name of the volume that it lies on. */
  volumeName: string;
  /** Of that volume. */
  fingerprint: string;
  /** Nothing can be dropped or made here. */
  isReadOnly: boolean;
  /** The volume is not plugged in: names, sizes and times are there, bytes are not. */
  isOffline: boolean;
  /** Where a folder is shown, by its address. */
  routeTo(folder: string): Route;
  /** Goes there. */
  open(folder: string): void;
}
