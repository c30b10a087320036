import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CommandError, type CommandRunner } from '#core/volume/run-command.ts';

/** Answers commands from a folder of recorded outputs (see the README files in `test/fixtures/volume/`); a command that was not recorded fails. */
export function recordedRunner(machine: string): CommandRunner & { calls: string[] } {
  const folder = join(import.meta.dirname, '../../fixtures/volume', machine);
  const calls: string[] = [];
  const run: CommandRunner = async (command, args) => {
    const line = commandLine(command, args);
    calls.push(line);
    try {
      return { stdout: readFileSync(join(folder, `${line.replace(/[^A-Za-z0-9.-]+/g, '_')}.txt`), 'utf8'), stderr: '' };
    } catch (cause) {
      throw new CommandError(command, 'exit-code', 1, { stdout: '', stderr: 'not recorded' }, cause);
    }
  };
  return Object.assign(run, { calls });
}

/** A PowerShell script travels encoded; its first line, a comment, is its name. */
function commandLine(command: string, args: readonly string[]): string {
  const encoded = args[args.indexOf('-EncodedCommand') + 1];
  if (!args.includes('-EncodedCommand') || !encoded) return [basename(command), ...args].join(' ');
  const [name = ''] = Buffer.from(encoded, 'base64').toString('utf16le').split('\n');
  return `powershell ${name.replace('# ', '')}`;
}
