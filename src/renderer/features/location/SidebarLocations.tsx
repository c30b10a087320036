import { FolderPlus, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { showDialog } from '../../app/dialog-store.ts';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useDrag } from '../file-operation/drag-store.ts';
import { useDragDrop } from '../file-operation/use-drop-target.ts';
import { SidebarSection } from '../workspace/SidebarSection.tsx';
import { sortLocations } from './location-facts.ts';
import { useLocations } from './location-queries.ts';
import { SidebarLocation } from './SidebarLocation.tsx';

const add = () => showDialog({ kind: 'add-location', paths: [] });

/** The locations of the sidebar. Folders that are dropped on them become locations, too. */
export function SidebarLocations() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const locations = useLocations();
  const { isOver, dropProps } = useDragDrop({
    onDrop: () => showDialog({ kind: 'add-location', paths: useDrag.getState().sources }),
  });
  const items = sortLocations(locations.data?.items ?? [], locale);
  return (
    <div
      data-drop="locations"
      className={classNames('-mx-1 rounded-xl px-1 pb-1 transition-colors', isOver && 'bg-accent-wash ring-2 ring-accent ring-inset')}
      {...dropProps}
    >
      <SidebarSection
        id="locations"
        title={t('location.title')}
        action={<IconButton icon={Plus} label={t('location.addMenu')} onClick={add} className="size-6 [&>svg]:size-3.5" />}
      >
        <InlineError error={locations.error} />
        {locations.data && items.length === 0 ? (
          <button
            type="button"
            onClick={add}
            className="flex w-full items-center gap-2.5 rounded-lg border border-line-strong border-dashed px-2 py-2 text-left text-soft text-xs leading-4 hover:bg-hover hover:text-ink"
          >
            <FolderPlus aria-hidden className="mx-0.75 size-4 shrink-0" strokeWidth={1.8} />
            {t('location.sidebarEmpty')}
          </button>
        ) : (
          <ul aria-label={t('location.title')} className="space-y-px">
            {items.map((location) => (
              <li key={location.id}>
                <SidebarLocation location={location} />
              </li>
            ))}
          </ul>
        )}
      </SidebarSection>
    </div>
  );
}
