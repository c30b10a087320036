import { Folder } from 'lucide-react';
import type { Location } from '../../../shared/contract/location.ts';
import { classNames } from '../../lib/class-names.ts';
import { colorOf } from '../volume/volume-icons.ts';
import { useVolume } from '../volume/volume-queries.ts';

const SIZES = { sm: 'size-5.5 [&>svg]:size-4.5', md: 'size-9 [&>svg]:size-7', lg: 'size-14 [&>svg]:size-11' };

/** A folder in the colour of its volume: locations of one drive are seen to belong together. Drained while that is away. */
export function LocationTile({ location, size = 'md' }: { location: Location; size?: keyof typeof SIZES }) {
  const volume = useVolume(location.volumeFingerprint);
  const color = volume ? colorOf(volume) : '#5f7080';
  return (
    <span
      aria-hidden
      className={classNames(
        'inline-flex shrink-0 items-center justify-center',
        SIZES[size],
        !location.isOnline && 'opacity-45 grayscale-[0.75]',
      )}
      style={{ color: `color-mix(in oklab, ${color}, var(--ink) 8%)` }}
    >
      <Folder strokeWidth={1.5} fill="currentColor" fillOpacity={0.3} />
    </span>
  );
}
