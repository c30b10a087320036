import { Tooltip } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { openVolume } from '../../app/navigation.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { usedFraction } from './volume-facts.ts';
import { colorOf } from './volume-icons.ts';

/** A stick must stay visible beside a disk a thousand times its size. */
const SMALLEST_SHARE = 0.03;

/** All mounted drives side by side, each as wide as it is large and filled as far as it is full. */
export function FleetBar({ volumes }: { volumes: Volume[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = volumes.reduce((sum, volume) => sum + volume.totalBytes, 0);
  const sorted = [...volumes].sort((a, b) => b.totalBytes - a.totalBytes);
  if (total === 0) return null;
  return (
    <div className="mt-2.5 flex gap-1">
      {sorted.map((volume) => (
        <Tooltip.Root key={volume.fingerprint}>
          <Tooltip.Trigger asChild>
            <button
              type="button"
              aria-label={`${displayName(volume.name)}: ${t('volume.freeOf', { free: format.size(volume.availableBytes), total: format.size(volume.totalBytes) })}`}
              onClick={() => openVolume(volume.fingerprint)}
              // Twice as high as what is drawn of it, and never narrower than a finger or a pointer needs.
              className="group h-6 min-w-6 rounded-md py-1.5"
              style={{ flexGrow: Math.max(volume.totalBytes / total, SMALLEST_SHARE), flexBasis: 0 }}
            >
              <span className="block h-3 overflow-hidden rounded-full bg-track transition-[filter] group-hover:brightness-95 dark:group-hover:brightness-115">
                <span
                  className="block h-full rounded-full"
                  style={{
                    width: `max(${usedFraction(volume) * 100}%, 3px)`,
                    backgroundColor: `color-mix(in oklab, ${colorOf(volume)}, transparent 10%)`,
                  }}
                />
              </span>
            </button>
          </Tooltip.Trigger>
          <Tooltip.Portal>
            <Tooltip.Content
              sideOffset={8}
              className="z-50 rounded-lg bg-raised px-3 py-2 text-xs shadow-float data-[state=delayed-open]:animate-appear"
            >
              <bdi className="block font-semibold">{displayName(volume.name)}</bdi>
              <span className="text-soft">
                {t('volume.freeOf', { free: format.size(volume.availableBytes), total: format.size(volume.totalBytes) })}
              </span>
            </Tooltip.Content>
          </Tooltip.Portal>
        </Tooltip.Root>
      ))}
    </div>
  );
}
