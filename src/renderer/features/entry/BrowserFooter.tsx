import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { TileSizeSlider } from '../view/TileSizeSlider.tsx';
import type { ViewControls } from '../view/view-store.ts';
import type { BrowserPlace } from './browser-place.ts';
import { countSelected, type Selection } from './selection.ts';
import { selectionFacts } from './selection-facts.ts';
import { FreeSpace, VolumeJobs } from './VolumeStatus.tsx';

interface BrowserFooterProps {
  place: BrowserPlace;
  folder: Entry;
  /** What is selected, unless it is too much. */
  chosen: readonly Entry[];
  totalCount: number;
  /** How the folder is looked at. */
  controls: ViewControls;
  selection: Selection;
}

/** How much there is, how much of it is selected, what is done with the drive, how much room it has, and where the knowledge comes from while it is away. */
export function BrowserFooter({ place, folder, chosen, totalCount, controls, selection }: BrowserFooterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const summary =
    countSelected(selection, totalCount) > 0
      ? selectionFacts(chosen, selection, totalCount, { t, format })
      : [
          t('browser.items', { count: totalCount, shown: format.count(totalCount) }),
          ...(folder.fileCount === null || folder.fileCount === totalCount
            ? []
            : [t('browser.filesBelow', { count: folder.fileCount, shown: format.count(folder.fileCount) })]),
          ...(folder.sizeBytes === null ? [] : [format.size(folder.sizeBytes)]),
        ];
  return (
    <footer className="flex h-7 shrink-0 items-center gap-4 border-line border-t pr-5 pl-7 text-2xs text-faint tabular @max-[560px]/pane:pl-4">
      <span aria-live="polite" className="min-w-0 truncate">
        {summary.join(' · ')}
      </span>
      <span className="ml-auto flex shrink-0 items-center gap-4">
        <VolumeJobs fingerprint={place.fingerprint} />
        {place.isOffline ? (
          <span className="flex items-center gap-1.5">
            <Unplug aria-hidden className="size-3 shrink-0" />
            <span className="@max-[560px]/pane:hidden">{t('browser.fromIndex', { volume: displayName(place.volumeName) })}</span>
            <span className="hidden @max-[560px]/pane:inline">{t('status.offline')}</span>
          </span>
        ) : (
          <FreeSpace fingerprint={place.fingerprint} />
        )}
        <TileSizeSlider controls={controls} />
      </span>
    </footer>
  );
}
