import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type PlistValue, parse } from 'plist';
import { DEFAULT_INSTANCE, type HostPaths, hostPaths } from '#core/host/host-paths.ts';
import { PACKAGE_ROOT } from '#core/host/package-root.ts';
import { MooringError } from '#shared/contract/error.ts';

export interface DaemonUnit {
  kind: 'systemd' | 'launchd';
  /** Where the system looks for it. */
  suggestedPath: string;
  text: string;
}

/** A description of the daemon for the system's own service manager. */
export function daemonUnit(paths: HostPaths, options: { kind?: string | undefined; http?: number | undefined }): DaemonUnit {
  const kind = options.kind ?? (process.platform === 'darwin' ? 'launchd' : 'systemd');
  if (kind !== 'systemd' && kind !== 'launchd') {
    throw new MooringError('INVALID_INPUT', `“${kind}” is not known; the kinds are systemd and launchd.`);
  }
  if (process.platform === 'win32' && !options.kind) {
    throw new MooringError(
      'NOT_SUPPORTED',
      'Windows has neither systemd nor launchd. Use the Task Scheduler to run `mooring start` at sign-in.',
    );
  }
  const command = startCommand(paths, options.http);
  const suffix = paths.instance === DEFAULT_INSTANCE ? '' : `-${paths.instance}`;
  return kind === 'systemd'
    ? { kind, suggestedPath: `~/.config/systemd/user/mooring${suffix}.service`, text: systemdUnit(command) }
    : {
        kind,
        suggestedPath: `~/Library/LaunchAgents/app.mooring.daemon${suffix}.plist`,
        text: launchdAgent(command, `app.mooring.daemon${suffix}`),
      };
}

function startCommand(paths: HostPaths, http: number | undefined): string[] {
  const command = [process.execPath, join(PACKAGE_ROOT, 'bin', 'mooring.js'), 'start', '--foreground'];
  if (paths.baseDir !== hostPaths({}, {}).baseDir) command.push('--data-dir', paths.baseDir);
  if (paths.instance !== DEFAULT_INSTANCE) command.push('--instance', paths.instance);
  if (http !== undefined) command.push('--http', String(http));
  return command;
}

function systemdUnit(command: readonly string[]): string {
  return template('mooring.service').replace('@COMMAND@', () => command.map(quoteForSystemd).join(' '));
}

/** systemd.service(5): double quotes group, backslash escapes, `%` and `$` would be expanded. */
function quoteForSystemd(argument: string): string {
  const escaped = argument.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%').replace(/\$/g, '$$$$');
  return /^[\w@./:=,+-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}

function launchdAgent(command: readonly string[], label: string): string {
  const agent = parse(template('app.mooring.daemon.plist')) as { [key: string]: PlistValue };
  return `${build({ ...agent, Label: label, ProgramArguments: [...command] })}\n`;
}

function template(name: string): string {
  return readFileSync(join(PACKAGE_ROOT, 'resources', 'units', name), 'utf8');
}
