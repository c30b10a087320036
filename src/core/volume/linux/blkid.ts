import { CommandError, type CommandFailure, type CommandRunner, runCommand } from '../run-command.ts';

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
    const answers = new Map<string, BlkidValues>();
    const ask = async (asked: readonly string[]) => {
      const { values, failure } = await this.#ask(asked);
      for (const [device, found] of values) answers.set(device, found);
      return failure;
    };
    for (let rest = devices; rest.length > 0; ) {
      const failure = await ask(rest);
      const unanswered = rest.filter((device) => !answers.has(device));
      if (failure === 'timed-out' && rest.length > 1) {
        // One of them does not answer, and must not keep the others waiting one by one.
        await Promise.all(unanswered.map((device) => ask([device])));
        return answers;
      }
      // blkid ends at the first device of which it knows nothing; those behind it are asked again.
      rest = failure === 'exit-code' ? unanswered.slice(1) : [];
    }
    return answers;
  }

  async #ask(devices: readonly string[]): Promise<{ values: Map<string, BlkidValues>; failure: CommandFailure | null }> {
    try {
      const { stdout } = await this.#run('blkid', ['-p', '-o', 'export', '--', ...devices], { timeoutMs: 2000 });
      return { values: parseBlkidExport(stdout), failure: null };
    } catch (error) {
      if (error instanceof CommandError) return { values: parseBlkidExport(error.stdout), failure: error.failure };
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
