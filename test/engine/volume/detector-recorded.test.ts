import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { darwinDetector } from '#core/volume/darwin/darwin-detector.ts';
import { type PortableDrive, portableDetector } from '#core/volume/portable-detector.ts';
import { CommandError, type CommandRunner } from '#core/volume/run-command.ts';
import { win32Detector } from '#core/volume/win32/win32-detector.ts';
import { describeDetector } from './detector-conformance.ts';
import { recordedRunner } from './recorded-runner.ts';

for (const machine of ['darwin/apple-silicon', 'darwin/intel-hfs']) {
  describeDetector(machine, {
    create: () => darwinDetector({ run: recordedRunner(machine) }),
    createWithFailure: () =>
      darwinDetector({ run: failing(recordedRunner(machine), (args) => args[0] === 'info' && args.includes('-plist')) }),
  });
}

for (const machine of ['win32/windows-11', 'win32/one-of-each']) {
  describeDetector(machine, {
    create: () => win32Detector({ run: recordedRunner(machine), probeTimeoutMs: () => 50 }),
    createWithFailure: () => win32Detector({ run: stuckOnNetwork(recordedRunner(machine)), probeTimeoutMs: () => 50 }),
  });
}

const drives: PortableDrive[] = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/volume/portable/drives.json'), 'utf8'));
describeDetector('portable', {
  create: () =>
    portableDetector({
      list: async () => drives,
      spaceOf: async (path) =>
        path.endsWith('/cut') ? null : path === '/dev' ? { totalBytes: 0, availableBytes: 0 } : { totalBytes: 1000, availableBytes: 400 },
    }),
});
describeDetector('portable, on this machine', { create: () => portableDetector() });

function failing(run: CommandRunner, fails: (args: readonly string[]) => boolean): CommandRunner {
  return async (command, args, options) => {
    if (fails(args)) throw new CommandError(command, 'timed-out', null, { stdout: '', stderr: '' });
    return run(command, args, options);
  };
}

/** A server that never answers: the script that asks it never ends. */
function stuckOnNetwork(run: CommandRunner): CommandRunner {
  return async (command, args, options) => {
    const script = Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le');
    return script.startsWith('# network') ? new Promise(() => undefined) : run(command, args, options);
  };
}
