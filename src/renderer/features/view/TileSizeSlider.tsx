import { Slider } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { LEAST_TILE, MOST_TILE } from './view-memory.ts';
import type { ViewControls } from './view-store.ts';

const STEP = 11;

/** How large the tiles of a grid are. */
export function TileSizeSlider({ controls }: { controls: ViewControls }) {
  const { t } = useTranslation();
  const { view, change } = controls;
  if (view.kind !== 'grid') return null;
  return (
    <Slider.Root
      value={[view.tileSize]}
      min={LEAST_TILE}
      max={MOST_TILE}
      step={STEP}
      onValueChange={([tileSize = view.tileSize]) => change({ tileSize })}
      className="relative flex h-5 w-24 shrink-0 items-center"
    >
      <Slider.Track className="relative h-0.75 grow rounded-full bg-track">
        <Slider.Range className="absolute h-full rounded-full bg-accent" />
      </Slider.Track>
      <Slider.Thumb
        aria-label={t('view.tileSize')}
        className="block size-3 rounded-full border border-line-strong bg-raised shadow-card hover:border-accent"
      />
    </Slider.Root>
  );
}
