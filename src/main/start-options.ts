import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  dataDir: string | undefined;
  instance: string | undefined;
  /** Start in the tray, without a window: how a start at login begins. */
  hidden: boolean;
  /** A `mooring://` link, not yet validated. */
  link: string | undefined;
}

const OPTIONS = { 'data-dir': { type: 'string' }, instance: { type: 'string' }, hidden: { type: 'boolean' } } as const;

/**
 * Reads a command line of the desktop app. Chromium adds switches of its own to it, so that unknown ones are no error.
 * @param argv without the program's own name
 */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
  });
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    dataDir: text(values['data-dir']),
    instance: text(values.instance),
    hidden: values.hidden === true,
    link: positionals.find((argument) => argument.startsWith('mooring:')),
  };
}

/**
 * The command line for a start in place of this one, in whatever folder it happens: the same data folder and the switches
 * that Chromium was given, but a window in any case, and no link a second time. To be called before the process leaves
 * the folder that it was started from.
 * @param argv without the program's own name
 * @param appPath what Electron shall run; null when the app is packaged
 */
export function relaunchArguments(argv: readonly string[], appPath: string | null): string[] {
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  const kept = tokens.flatMap((token) => {
    if (token.kind !== 'option' || token.name === 'hidden') return [];
    if (token.name === 'data-dir' && token.value) return [`--data-dir=${resolve(token.value)}`];
    if (token.name === 'instance' && token.value) return [`--instance=${token.value}`];
    return token.rawName.startsWith('--') ? (argv[token.index] ?? []) : [];
  });
  return appPath === null ? kept : [appPath, ...kept];
}
