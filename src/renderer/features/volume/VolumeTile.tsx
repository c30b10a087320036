import type { Volume } from '../../../shared/contract/volume.ts';
import { classNames } from '../../lib/class-names.ts';
import { colorOf, iconOf } from './volume-icons.ts';

const SIZES = {
  sm: 'size-5.5 rounded-[6px] [&>svg]:size-3.25',
  md: 'size-9 rounded-[10px] [&>svg]:size-5',
  lg: 'size-14 rounded-[15px] [&>svg]:size-7.5',
};

/** The volume's icon on a tile in its colour. */
export function VolumeTile({ volume, size = 'md' }: { volume: Volume; size?: keyof typeof SIZES }) {
  const Icon = iconOf(volume);
  const color = colorOf(volume);
  return (
    <span
      aria-hidden
      className={classNames(
        'inline-flex shrink-0 items-center justify-center text-white shadow-[inset_0_1px_0_rgb(255_255_255/0.22),inset_0_0_0_0.5px_rgb(0_0_0/0.12)]',
        SIZES[size],
        !volume.isMounted && 'opacity-45 grayscale-[0.75]',
      )}
      style={{
        backgroundImage: `linear-gradient(160deg, color-mix(in oklab, ${color}, white 14%), color-mix(in oklab, ${color}, black 14%))`,
      }}
    >
      <Icon strokeWidth={1.8} />
    </span>
  );
}
