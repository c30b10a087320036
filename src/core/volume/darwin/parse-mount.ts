/** One line of `mount` on macOS: `/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)`. */
export interface DarwinMount {
  source: string;
  mountPoint: string;
  fileSystemType: string;
  flags: ReadonlySet<string>;
}

/**
 * Parses what `mount` prints on macOS (format: `mount(8)`, `prmntinfo`). Names are not escaped: a mount point may
 * contain spaces, parentheses, " on ", and line breaks, so a line that does not end in options is continued.
 */
export function parseMount(stdout: string): DarwinMount[] {
  const mounts: DarwinMount[] = [];
  let pending = '';
  for (const line of stdout.split('\n')) {
    pending = pending ? `${pending}\n${line}` : line;
    const match = /^(.+?) on (\/.*) \(([a-z0-9_.]+(?:, [^()]+)*)\)$/s.exec(pending);
    if (!match) continue;
    pending = '';
    const [, source = '', mountPoint = '', options = ''] = match;
    const [fileSystemType = '', ...flags] = options.split(', ');
    mounts.push({ source, mountPoint, fileSystemType, flags: new Set(flags) });
  }
  return mounts;
}
