import { parseArgs } from 'node:util';

export interface StartOptions {
  dataDir: string | undefined;
  instance: string | undefined;
  /** Start in the tray, without a window: how a start at login begins. */
  hidden: boolean;
  /** A `mooring://` link, not yet validated. */
  link: string | undefined;
}

/**
 * Reads a command line of the desktop app. Chromium adds switches of its own to it, so that unknown ones are no error.
 * @param argv without the program's own name
 */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { 'data-dir': { type: 'string' }, instance: { type: 'string' }, hidden: { type: 'boolean' } },
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
