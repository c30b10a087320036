import { Box, Text } from 'ink';
import type { Volume } from '#shared/contract/volume.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { formatSize } from '../printers/figures.ts';
import { safeText } from '../printers/safe-text.ts';
import { barText } from '../progress-bar.ts';
import { Cell } from './screen-parts.tsx';

/** One volume on one line. */
export function VolumeLine({ volume, units, width }: { volume: Volume; units: SizeUnits; width: number }) {
  const usedFraction = volume.totalBytes > 0 ? 1 - volume.availableBytes / volume.totalBytes : 0;
  const color = !volume.isMounted ? 'gray' : usedFraction > 0.9 ? 'red' : usedFraction > 0.75 ? 'yellow' : 'green';
  const where = volume.isMounted ? (volume.mountPoint ?? '') : 'offline';
  return (
    <Box gap={2}>
      <Cell
        width={Math.max(12, Math.floor(width * 0.25))}
        text={`${volume.tracking ? '● ' : '○ '}${safeText(volume.name)}`}
        dim={!volume.isMounted}
      />
      <Text color={color}>{barText(usedFraction, 20)}</Text>
      <Cell width={22} text={`${formatSize(volume.availableBytes, units)} free of ${formatSize(volume.totalBytes, units)}`} />
      <Text dimColor wrap="truncate-end">
        {safeText(where)}
      </Text>
    </Box>
  );
}
