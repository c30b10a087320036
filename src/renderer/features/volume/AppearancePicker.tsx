import { Popover } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { VOLUME_ICONS, type Volume } from '../../../shared/contract/volume.ts';
import { Button } from '../../components/Button.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useVolumeActions } from './use-volume-actions.ts';
import { VolumeTile } from './VolumeTile.tsx';
import { colorOf, VOLUME_COLORS, VOLUME_ICON } from './volume-icons.ts';

/** The volume's tile; a tracked volume's opens a palette of colours and icons. */
export function AppearancePicker({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const actions = useVolumeActions(volume);
  if (!volume.tracking) return <VolumeTile volume={volume} size="lg" />;
  const { color, icon } = volume.tracking;
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={t('volume.appearance')}
        className="rounded-[15px] transition-transform duration-150 hover:scale-104 data-[state=open]:scale-104"
      >
        <VolumeTile volume={volume} size="lg" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={t('volume.appearance')}
          align="start"
          sideOffset={8}
          className="z-50 w-67 rounded-2xl bg-raised p-3.5 shadow-float data-[state=open]:animate-appear"
        >
          <p className="mb-2 font-medium text-soft text-xs">{t('volume.color')}</p>
          <div className="grid grid-cols-9 gap-1.5">
            {VOLUME_COLORS.map((value, index) => (
              <button
                key={value}
                type="button"
                aria-label={t('volume.colorNumber', { number: index + 1 })}
                aria-pressed={color === value}
                onClick={() => actions.update({ color: value })}
                className={classNames(
                  'size-5.5 rounded-full transition-transform hover:scale-110',
                  color === value && 'ring-2 ring-accent ring-offset-2 ring-offset-raised',
                )}
                style={{ backgroundColor: value }}
              />
            ))}
          </div>
          <p className="mt-4 mb-2 font-medium text-soft text-xs">{t('volume.icon')}</p>
          <div className="grid grid-cols-7 gap-1">
            {VOLUME_ICONS.map((name) => {
              const Icon = VOLUME_ICON[name];
              return (
                <button
                  key={name}
                  type="button"
                  aria-label={t(`volumeIcon.${name}`)}
                  aria-pressed={icon === name}
                  onClick={() => actions.update({ icon: name })}
                  className={classNames(
                    'flex size-8 items-center justify-center rounded-lg transition-colors',
                    icon === name ? 'text-white' : 'text-soft hover:bg-hover hover:text-ink',
                  )}
                  style={icon === name ? { backgroundColor: colorOf(volume) } : undefined}
                >
                  <Icon aria-hidden className="size-4.5" strokeWidth={1.8} />
                </button>
              );
            })}
          </div>
          {(color || icon) && (
            <Button size="sm" variant="ghost" className="mt-2 w-full" onClick={() => actions.update({ color: null, icon: null })}>
              {t('volume.resetAppearance')}
            </Button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
