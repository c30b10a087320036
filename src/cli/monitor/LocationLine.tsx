import { Box, Text } from 'ink';
import type { Location } from '#shared/contract/location.ts';
import type { SizeUnits } from '#shared/format-size.ts';
import { shownPath } from '../printers/address.ts';
import { formatCount, formatSize } from '../printers/figures.ts';
import { safeText } from '../printers/safe-text.ts';
import { Cell } from './screen-parts.tsx';

/** One location on one line. */
export function LocationLine({ location, units, width }: { location: Location; units: SizeUnits; width: number }) {
  const { isOnline, name, scanState, watchState, totalFileCount, totalBytes, path, volumeName, pathInVolume } = location;
  const state = !isOnline ? 'offline' : scanState === 'complete' ? WATCH_WORDS[watchState] : SCAN_WORDS[scanState];
  return (
    <Box gap={2}>
      <Cell width={Math.max(12, Math.floor(width * 0.25))} text={safeText(name)} dim={!isOnline} />
      <Cell width={12} text={state} color={scanState === 'error' ? 'red' : isOnline ? 'green' : 'gray'} />
      <Cell width={28} text={`${formatCount(totalFileCount, 'file')}, ${formatSize(totalBytes, units)}`} />
      <Text dimColor wrap="truncate-end">
        {isOnline ? shownPath(path) : `${safeText(volumeName)}: /${safeText(pathInVolume)}`}
      </Text>
    </Box>
  );
}

const SCAN_WORDS = { pending: 'not scanned', scanning: 'scanning', error: 'scan failed', paused: 'paused' };
const WATCH_WORDS = { watching: 'watched', polling: 'polled', limited: 'polled', off: 'not watched', offline: 'offline' };
