import type { LucideIcon } from 'lucide-react';
import { History, LayoutGrid, Settings, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { InlineError } from '../components/ErrorNotice.tsx';
import { runAction } from '../features/action/run-action.ts';
import { SidebarFavourites } from '../features/favourite/SidebarFavourites.tsx';
import { useDrag } from '../features/file-operation/drag-store.ts';
import { useDragDrop } from '../features/file-operation/use-drop-target.ts';
import { HelpMenu } from '../features/help/HelpMenu.tsx';
import { LibrarySwitcher } from '../features/library/LibrarySwitcher.tsx';
import { SidebarLocations } from '../features/location/SidebarLocations.tsx';
import { SidebarSavedSearches } from '../features/search/SidebarSavedSearches.tsx';
import { SidebarVolume } from '../features/volume/SidebarVolume.tsx';
import { groupVolumes } from '../features/volume/volume-facts.ts';
import { useVolumes } from '../features/volume/volume-queries.ts';
import { SidebarSection } from '../features/workspace/SidebarSection.tsx';
import { classNames } from '../lib/class-names.ts';
import { useFormat } from '../lib/use-format.ts';
import { navigate, useRoute } from './navigation.ts';

/** The arrows lead from one thing in the sidebar to the next. */
function moveBetween(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-side], ul > li button, section h2 button')];
  const index = event.target instanceof HTMLElement ? items.indexOf(event.target) : -1;
  if (index < 0) return;
  event.preventDefault();
  items[index + by]?.focus();
}

export function Sidebar() {
  const { t } = useTranslation();
  const route = useRoute();
  return (
    <nav aria-label={t('sidebar.label')} onKeyDown={moveBetween} className="flex h-full flex-col bg-side">
      <div className="window-drag px-2.5 pt-2.5 pb-1.5">
        <LibrarySwitcher />
      </div>
      <div className="px-2.5">
        <SidebarLink
          icon={LayoutGrid}
          label={t('home.title')}
          isCurrent={route.page === 'home'}
          onOpen={() => navigate({ page: 'home' })}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-4">
        <SidebarFavourites />
        <SidebarLocations />
        <SidebarSavedSearches />
        <VolumeGroups />
      </div>
      <div className="border-line border-t px-2.5 py-2">
        <TrashLink />
        <SidebarLink
          icon={History}
          label={t('activity.title')}
          isCurrent={route.page === 'history'}
          onOpen={() => navigate({ page: 'history' })}
        />
        <div className="flex items-center gap-1">
          <div className="min-w-0 flex-1">
            <SidebarLink
              icon={Settings}
              label={t('settings.title')}
              isCurrent={route.page === 'settings'}
              onOpen={() => navigate({ page: 'settings' })}
            />
          </div>
          <HelpMenu />
        </div>
      </div>
    </nav>
  );
}

/** Opens the trash, and takes what is dropped on it. */
function TrashLink() {
  const { t } = useTranslation();
  const route = useRoute();
  const { isOver, dropProps } = useDragDrop({
    onDrop: () => void runAction({ type: 'file.trash', sources: useDrag.getState().sources }),
  });
  return (
    <div {...dropProps}>
      <SidebarLink
        icon={Trash2}
        label={t('trash.title')}
        isCurrent={route.page === 'trash'}
        isOver={isOver}
        onOpen={() => navigate({ page: 'trash' })}
      />
    </div>
  );
}

function VolumeGroups() {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const volumes = useVolumes();
  if (volumes.error) return <InlineError error={volumes.error} />;
  return groupVolumes(volumes.data?.items ?? [], locale).map(({ group, volumes: members }) => (
    <SidebarSection key={group} id={group} title={t(`group.${group}`)}>
      <ul aria-label={t(`group.${group}`)} className="space-y-px">
        {members.map((volume) => (
          <li key={volume.fingerprint}>
            <SidebarVolume volume={volume} />
          </li>
        ))}
      </ul>
    </SidebarSection>
  ));
}

interface SidebarLinkProps {
  icon: LucideIcon;
  label: string;
  isCurrent: boolean;
  /** Something that it takes is dragged over it. */
  isOver?: boolean;
  onOpen: () => void;
}

function SidebarLink({ icon: Icon, label, isCurrent, isOver = false, onOpen }: SidebarLinkProps) {
  return (
    <button
      type="button"
      aria-current={isCurrent ? 'page' : undefined}
      data-side
      onClick={onOpen}
      className={classNames(
        'flex h-8 w-full items-center gap-2.5 rounded-lg px-2 text-left font-medium transition-colors duration-100',
        isOver ? 'bg-accent text-on-accent' : isCurrent ? 'bg-pressed' : 'hover:bg-hover',
      )}
    >
      <Icon
        aria-hidden
        className={classNames('mx-0.75 size-4 shrink-0', isOver ? '' : isCurrent ? 'text-accent' : 'text-soft')}
        strokeWidth={1.9}
      />
      <span className="truncate">{label}</span>
    </button>
  );
}
