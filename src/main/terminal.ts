import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join, win32 } from 'node:path';
import { MooringError } from '#shared/contract/error.ts';

/** A terminal, and what it is started with. The folder is never among its arguments: it is where the terminal is started. */
interface Terminal {
  file: string;
  args: readonly string[];
}

/** What desktops offer first, then what is installed most often. */
const LINUX_TERMINALS = [
  'xdg-terminal-exec',
  'x-terminal-emulator',
  ...['gnome-terminal', 'kgx', 'ptyxis', 'konsole', 'xfce4-terminal', 'mate-terminal', 'lxterminal', 'tilix'],
  ...['kitty', 'alacritty', 'foot', 'ghostty', 'wezterm', 'xterm'],
];

/**
 * The terminals that could be there, the likely one first. A name alone is looked for in `PATH`. On Windows none is: what is started by a name
 * alone is looked for in the folder that it is started in first, and any drive can have a `cmd.exe`.
 * @param env the user's environment; `TERMINAL` names their own
 */
export function terminalCandidates(platform: NodeJS.Platform, folder: string, env: NodeJS.ProcessEnv): Terminal[] {
  // `open` takes the folder as a document: it is absolute, so that it cannot be an option.
  if (platform === 'darwin') return [{ file: '/usr/bin/open', args: ['-a', 'Terminal', folder] }];
  if (platform === 'win32') {
    const { LOCALAPPDATA = '', SystemRoot = 'C:\\Windows' } = env;
    const system = win32.join(SystemRoot, 'System32');
    return [
      // The dot is the folder that it is started in: a path with `;` in it would be read as several commands.
      { file: win32.join(LOCALAPPDATA, 'Microsoft\\WindowsApps\\wt.exe'), args: ['-d', '.'] },
      { file: win32.join(system, 'WindowsPowerShell\\v1.0\\powershell.exe'), args: ['-NoLogo'] },
      { file: win32.join(system, 'cmd.exe'), args: [] },
    ].filter(({ file }) => win32.isAbsolute(file));
  }
  const chosen = env.TERMINAL;
  const isName = chosen !== undefined && /^[\w./+-]+$/.test(chosen) && !chosen.startsWith('-');
  return [...(isName ? [chosen] : []), ...LINUX_TERMINALS].map((file) => ({ file, args: [] }));
}

/** Where a program lies; null where it is not installed. Folders of `PATH` that are not absolute are left out: they would depend on where we are. */
export function findProgram(file: string, path: string, separator = ':'): string | null {
  const places = isAbsolute(file)
    ? [file]
    : path
        .split(separator)
        .filter(isAbsolute)
        .map((folder) => join(folder, file));
  return places.find(isProgram) ?? null;
}

/**
 * Opens the system's terminal in a folder, without a shell in between: no name on a disk can mean a command.
 * @param folder an absolute path
 * @throws NOT_SUPPORTED when no terminal is installed
 */
export async function openTerminal(folder: string): Promise<void> {
  const { PATH = '' } = process.env;
  for (const { file, args } of terminalCandidates(process.platform, folder, process.env)) {
    const program = process.platform === 'linux' ? findProgram(file, PATH) : file;
    if (program !== null && (await start(program, args, folder))) return;
  }
  throw new MooringError(
    'NOT_SUPPORTED',
    'No terminal was found on this computer. Install one, or name yours in the environment variable TERMINAL.',
  );
}

/** Whether the program could be started. It goes on when Mooring ends. */
function start(program: string, args: readonly string[], folder: string): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: folder,
    // Some go by this rather than by where they are.
    env: { ...process.env, PWD: folder },
    detached: true,
    stdio: 'ignore',
    shell: false,
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run.
    return false;
  }
}
