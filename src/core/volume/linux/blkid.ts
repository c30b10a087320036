import { CommandError, type CommandRunner, runCommand } from '../run-command.ts';

/** `KEY=value` pairs as `blkid -o export` prints them of one device. */
export type BlkidValues = ReadonlyMap<string, string>;

/**
 * Asks `blkid` what lies on block devices. Devices asked for together share one process: fifty disks that appear at once
 * cost one start of a program, not fifty.
 */
export class Blkid {
  #devices = new Set<string>();
  #batch: Promise<Map<string, BlkidValues>> | null = null;
  readonly #run: CommandRunner;

  constructor(run: CommandRunner = runCommand) {
    this.#run = run;
  }

  /** Null when nothing that blkid knows lies on the device, or it is not allowed to look. */
  async probe(device: string): Promise<BlkidValues | null> {
    this.#devices.add(device);
    this.#batch ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#askTogether());
    return (await this.#batch).get(device) ?? null;
  }

  async #askTogether(): Promise<Map<string, BlkidValues>> {
    const devices = [...this.#devices];
    this.#devices.clear();
    this.#batch = null;
    const answers = await this.#ask(devices);
    const unanswered = devices.filter((device) => !answers.has(device));
    if (devices.length === 1 || unanswered.length === 0) return answers;
    // blkid ends at the first device of which it knows nothing.
    for (const single of await Promise.all(unanswered.map((device) => this.#ask([device])))) {
      for (const [device, values] of single) answers.set(device, values);
    }
    return answers;
  }

  async #ask(devices: readonly string[]): Promise<Map<string, BlkidValues>> {
    try {
      const { stdout } = await this.#run('blkid', ['-p', '-o', 'export', '--', ...devices], { timeoutMs: 2000 });
      return parseBlkidExport(stdout);
    } catch (error) {
      if (error instanceof CommandError) return parseBlkidExport(error.stdout);
      throw error;
    }
  }
}

/** Output of `blkid -o export`, by device: `KEY=value` lines, with a backslash before what a shell would not take as it is. */
export function parseBlkidExport(stdout: string): Map<string, BlkidValues> {
  const byDevice = new Map<string, Map<string, string>>();
  let values = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const equals = line.indexOf('=');
    if (equals <= 0) continue;
    const [key, value] = [line.slice(0, equals), line.slice(equals + 1).replace(/\\(.)/g, '$1')];
    if (key === 'DEVNAME') {
      values = new Map();
      byDevice.set(value, values);
    } else values.set(key, value);
  }
  return byDevice;
}
