export interface SpaceOfMount {
  totalBytes: number;
  availableBytes: number;
}

/** Parses `df -kP` (POSIX: 1024-byte blocks, one line each): space by mount point. */
export function parseDf(stdout: string): Map<string, SpaceOfMount> {
  const spaceByMountPoint = new Map<string, SpaceOfMount>();
  for (const line of stdout.split('\n')) {
    const match = /^.+?\s+(\d+)\s+-?\d+\s+(-?\d+)\s+\d+%\s+(\/.*)$/.exec(line);
    if (!match) continue;
    const [, blocks = '0', available = '0', mountPoint = ''] = match;
    spaceByMountPoint.set(mountPoint, { totalBytes: Number(blocks) * 1024, availableBytes: Math.max(0, Number(available)) * 1024 });
  }
  return spaceByMountPoint;
}
