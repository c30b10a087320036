import { setTimeout as delay } from 'node:timers/promises';
import type { VolumeDetector } from '../detector.ts';
import { type CommandRunner, runCommand } from '../run-command.ts';
import { watchCommand } from '../watch-command.ts';
import { parseNetworkDrives, parseVolumes, type WindowsNetworkDrive } from './parse-volumes.ts';
import { LISTENING, NETWORK_SCRIPT, POWERSHELL, powershellArguments, VOLUMES_SCRIPT, watchScript } from './powershell.ts';
import { win32Volumes } from './win32-volumes.ts';

/** Loading PowerShell's storage module takes seconds on a slow computer. */
const VOLUMES_TIMEOUT_MS = 30_000;

export interface Win32DetectorOptions {
  run?: CommandRunner;
  /** How much longer than for everything else one waits for network drives. */
  probeTimeoutMs?: () => number;
}

/** Windows: one PowerShell script says what is mounted; a second one, which nobody has to wait for, asks the servers of mapped drives. */
export function win32Detector(options: Win32DetectorOptions = {}): VolumeDetector {
  const { run = runCommand, probeTimeoutMs = () => 2000 } = options;
  let asking: Promise<WindowsNetworkDrive[] | null> | null = null;

  function askNetwork(): Promise<WindowsNetworkDrive[] | null> {
    asking ??= run(POWERSHELL, powershellArguments(NETWORK_SCRIPT), { timeoutMs: VOLUMES_TIMEOUT_MS })
      .then(
        ({ stdout }) => parseNetworkDrives(stdout),
        () => null,
      )
      .catch(() => null)
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  return {
    async detect() {
      const network = askNetwork();
      const { stdout } = await run(POWERSHELL, powershellArguments(VOLUMES_SCRIPT), { timeoutMs: VOLUMES_TIMEOUT_MS });
      const output = parseVolumes(stdout);
      const answers = output.mappings.length === 0 ? null : await Promise.race([network, delay(probeTimeoutMs(), null, { ref: false })]);
      return win32Volumes(output, answers);
    },

    watch: (onChange, onLost, signal) =>
      watchCommand({
        command: POWERSHELL,
        args: powershellArguments(watchScript(process.pid)),
        readyLine: LISTENING,
        onChange,
        onLost,
        signal,
      }),

    // Its text is in the language of the system and is not looked at, only compared.
    changeToken: async () => (await run('mountvol.exe', [], { timeoutMs: 5000 })).stdout,
  };
}
