import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { implement } from '@orpc/server';
import { app, dialog, shell, type WebContents } from 'electron';
import { toFsError } from '#core/fs/fs-error.ts';
import { toNativePath } from '#core/fs/native-path.ts';
import { MooringError } from '#shared/contract/error.ts';
import { type AppInfo, shellContract } from '#shared/contract/shell.ts';
import type { AppWindows } from './app-windows.ts';
import type { EngineConnection } from './engine-connection.ts';
import type { PageCommands } from './page-commands.ts';
import { programPath } from './program-path.ts';
import { readClipboardFiles, writeClipboardFiles } from './system-clipboard.ts';
import { openTerminal } from './terminal.ts';
import type { Texts } from './texts.ts';

export interface ShellServices {
  connection: EngineConnection;
  windows: AppWindows;
  commands: PageCommands;
  texts: Texts;
  /** Path of the picture that a drag to another program shows. */
  dragIcon: string;
  logsFolder: string;
  /** The command line for a new start. */
  relaunchArgs: string[];
}

/** Whose page asks. */
interface ShellContext {
  sender: WebContents;
}

const api = implement(shellContract).$context<ShellContext>();

/** What the page may ask of its window's process. */
export function createShellRouter({ connection, windows, commands, texts, dragIcon, logsFolder, relaunchArgs }: ShellServices) {
  return {
    appInfo: api.appInfo.handler(
      (): AppInfo => ({
        name: app.name,
        version: app.getVersion(),
        platform: process.platform as AppInfo['platform'],
        arch: process.arch,
        electron: process.versions.electron ?? '',
        chrome: process.versions.chrome ?? '',
        node: process.versions.node,
        locale: app.getLocale(),
        engine: connection.mode,
      }),
    ),
    chooseFolder: api.chooseFolder.handler(async ({ input }) => {
      const options: Electron.OpenDialogOptions = {
        title: input.title ?? texts.t('dialog.chooseFolder'),
        properties: ['openDirectory', 'createDirectory'],
        ...(input.buttonLabel ? { buttonLabel: input.buttonLabel } : {}),
        ...(input.defaultPath ? { defaultPath: input.defaultPath } : {}),
      };
      const result = windows.front ? await dialog.showOpenDialog(windows.front, options) : await dialog.showOpenDialog(options);
      return { path: result.canceled ? null : (result.filePaths[0] ?? null) };
    }),
    showItemInFolder: api.showItemInFolder.handler(async ({ input }) => {
      shell.showItemInFolder(await knownPath(connection, input.path));
      return {};
    }),
    openPath: api.openPath.handler(async ({ input }) => {
      const path = await knownPath(connection, input.path);
      await openWithSystem(path);
      return {};
    }),
    openTerminal: api.openTerminal.handler(async ({ input }) => {
      await openTerminal(await knownPath(connection, input.path, 'folder'));
      return {};
    }),
    startDrag: api.startDrag.handler(async ({ input, context }) => {
      const files = await Promise.all(input.paths.map((path) => knownPath(connection, path)));
      const [file = ''] = files;
      context.sender.startDrag({ file, files, icon: dragIcon });
      return {};
    }),
    writeFiles: api.writeFiles.handler(async ({ input }) => {
      await writeClipboardFiles(input);
      return {};
    }),
    readFiles: api.readFiles.handler(() => readClipboardFiles()),
    saveText: api.saveText.handler(async ({ input }) => {
      const options: Electron.SaveDialogOptions = {
        title: texts.t('dialog.saveText'),
        defaultPath: join(app.getPath('documents'), input.name),
      };
      const { canceled, filePath } = windows.front
        ? await dialog.showSaveDialog(windows.front, options)
        : await dialog.showSaveDialog(options);
      if (canceled || filePath === '') return { isSaved: false };
      try {
        // The dialog has asked already whether a file of that name may go.
        await writeFile(filePath, input.text);
      } catch (error) {
        throw toFsError(error, filePath);
      }
      return { isSaved: true };
    }),
    openLogs: api.openLogs.handler(async () => {
      await openWithSystem(logsFolder);
      return {};
    }),
    setTheme: api.setTheme.handler(({ input }) => {
      windows.setTheme(input.theme);
      return {};
    }),
    openWindow: api.openWindow.handler(({ input }) => {
      windows.openAnother(input.address);
      return {};
    }),
    relaunch: api.relaunch.handler(() => {
      app.relaunch({ args: relaunchArgs, execPath: programPath() });
      app.quit();
      return {};
    }),
    commands: api.commands.handler(({ signal, context }) => commands.follow(signal ?? new AbortController().signal, context.sender)),
  };
}

async function openWithSystem(path: string): Promise<void> {
  const problem = await shell.openPath(path);
  if (problem) throw new MooringError('IO_ERROR', `The system could not open it: ${problem}. Open it from the program that it belongs to.`);
}

/**
 * The page's word is not enough: only what the engine finds on a drive that is there, and that it shows to users, is
 * given to another program.
 */
async function knownPath(connection: EngineConnection, input: string, kind?: 'folder'): Promise<string> {
  const client = await connection.client();
  const [entry, { device }] = await Promise.all([client.entries.get({ path: input }), client.system.info()]);
  const volume = entry.volumeFingerprint === null ? null : await client.volumes.get({ volume: entry.volumeFingerprint });
  const isOnDrive = volume?.isMounted === true && (volume.isUserVisible || volume.tracking !== null);
  if (!isOnDrive || entry.kind === 'other') {
    throw new MooringError('NOT_SUPPORTED', 'This cannot be opened: it is not a file or folder on a drive that Mooring knows.');
  }
  if (kind && entry.kind !== kind) throw new MooringError('NOT_A_FOLDER', 'That is not a folder. Choose the folder that it lies in.');
  const path = toNativePath(entry.path, device.id);
  if (typeof path !== 'string') {
    throw new MooringError('NOT_SUPPORTED', 'Its name has bytes that other programs cannot be given. Rename it first.');
  }
  return path;
}
