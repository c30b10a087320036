import type { ContractRouterClient } from '@orpc/contract';
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { COMMAND_IDS } from '../command-keys.ts';
import { PathInput } from './entry.ts';
import { Fingerprint } from './volume.ts';

/**
 * What the desktop page can ask of its window's own process: the few things that only the operating system's shell can
 * do. Everything else is the engine's. The page has it on the second of the two ports that preload hands over; in a
 * plain browser there is none. See `../page-ports.ts` for how the page gets that port.
 */
export const AppInfo = z.object({
  name: z.string(),
  version: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
  arch: z.string(),
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  /** The system's language, as a BCP 47 tag. */
  locale: z.string(),
  /** `attached`: another process has the data folder open, and this window shows its engine. */
  engine: z.enum(['own', 'attached']),
});
export type AppInfo = z.infer<typeof AppInfo>;

/** What the menu, the tray, a notification or a `mooring://` link asks the page to do. */
export const ShellCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open-volume'), fingerprint: Fingerprint }),
  /** An SdPath or a plain absolute path of a folder or file on this device. */
  z.object({ type: z.literal('open-path'), path: PathInput }),
  z.object({ type: z.literal('command'), command: z.enum(COMMAND_IDS) }),
  /** As a notification means it: it stays open when it is open already. */
  z.object({ type: z.literal('show-jobs') }),
]);
export type ShellCommand = z.infer<typeof ShellCommand>;
const Nothing = z.object({});

/** So many files are handed to another program at once, at most: each is looked at before. */
export const MOST_DRAGGED = 500;
/** Plain absolute paths, as other programs understand them. */
const PlainPaths = z.array(z.string().min(1).max(16_384)).min(1).max(10_000);

export const shellContract = {
  appInfo: oc.output(AppInfo),
  /** The system's folder dialog. `path` is null when the user cancelled. */
  chooseFolder: oc
    .input(
      z.object({ title: z.string().max(200).optional(), buttonLabel: z.string().max(100).optional(), defaultPath: PathInput.optional() }),
    )
    .output(z.object({ path: z.string().nullable() })),
  /** Shows an entry, selected, in the system's own file manager. Only what the engine knows on a mounted volume. */
  showItemInFolder: oc.input(z.object({ path: PathInput })).output(Nothing),
  /** Opens a file or folder with the system's default program. Only what the engine knows on a mounted volume. */
  openPath: oc.input(z.object({ path: PathInput })).output(Nothing),
  /** Opens the system's terminal in a folder. Only what the engine knows on a mounted volume. */
  openTerminal: oc.input(z.object({ path: PathInput })).output(Nothing),
  /** Opens the folder with Mooring's log files. */
  openLogs: oc.output(Nothing),
  /** Has the system drag files, for whichever program they are dropped on; answers when the drag is over. Only what the engine knows on a mounted volume. */
  startDrag: oc.input(z.object({ paths: z.array(PathInput).min(1).max(MOST_DRAGGED) })).output(Nothing),
  /** Puts files into the system's clipboard, for other programs to paste. Does nothing where the platform has no way to. */
  writeFiles: oc.input(z.object({ paths: PlainPaths, isCut: z.boolean() })).output(Nothing),
  /** The files in the system's clipboard, by plain paths; none where there are none, or the platform does not tell. */
  readFiles: oc.output(z.object({ paths: z.array(z.string()), isCut: z.boolean() })),
  /** Asks where to save a text, and writes it there. False when the user cancelled. */
  saveText: oc
    .input(z.object({ name: z.string().min(1).max(255), text: z.string().max(256 * 1024 * 1024) }))
    .output(z.object({ isSaved: z.boolean() })),
  /** Opens another window. `address`: what its one tab shows, as the page writes it (`#/…`). */
  openWindow: oc.input(z.object({ address: z.string().startsWith('#/').max(32_768) })).output(Nothing),
  /** Makes native parts (title bar, menus, dialogs) follow the theme that the page shows. */
  setTheme: oc.input(z.object({ theme: z.enum(['system', 'light', 'dark']) })).output(Nothing),
  /** Ends Mooring and starts it again. */
  relaunch: oc.output(Nothing),
  /** Commands for the page, from the moment of the call; those that came before the page was ready are delivered first. */
  commands: oc.output(eventIterator(ShellCommand)),
};
export type ShellClient = ContractRouterClient<typeof shellContract>;
