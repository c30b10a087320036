import { ArrowUp, ChevronRight, Copy, Eye, EyeOff, FolderInput, FolderPlus, RotateCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import { lastName, type PathStep, stepsBelow } from '../../lib/entry-path.ts';
import { DragOutHandle } from '../file-operation/DragOutHandle.tsx';
import { copyChosenTo, makeNew, trashChosen } from '../file-operation/file-commands.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { ViewSwitcher } from '../view/ViewSwitcher.tsx';
import type { ViewControls } from '../view/view-store.ts';
import type { BrowserPlace } from './browser-place.ts';
import type { Selection } from './selection.ts';

interface BrowserToolbarProps {
  place: BrowserPlace;
  folder: string;
  isRoot: boolean;
  selection: Selection;
  /** How the folder is looked at. */
  controls: ViewControls;
  isRefreshing: boolean;
  onUp: () => void;
  onRefresh: () => void;
}

export function BrowserToolbar({ place, folder, isRoot, selection, controls, isRefreshing, onUp, onRefresh }: BrowserToolbarProps) {
  const { t } = useTranslation();
  const showHidden = useUi((state) => state.showHidden);
  const toggleHidden = useUi((state) => state.toggleHidden);
  // A folder reached by another mount point of the volume has no steps below this one: its own name has to do.
  const steps = stepsBelow(place.root, folder) ?? [{ name: lastName(folder), path: folder }];
  const isChosen = selection.paths.size > 0 && !selection.isAll;
  return (
    <div className="flex h-11 items-center gap-1 pr-5 pl-5">
      <IconButton icon={ArrowUp} label={t('browser.up')} disabled={isRoot} onClick={onUp} />
      <nav aria-label={t('browser.path')} className="flex min-w-0 flex-1 items-center">
        <Step place={place} step={{ name: place.name, path: place.root }} isRoot isLast={steps.length === 0} />
        {steps.map((step, index) => (
          <Step key={step.path} place={place} step={step} isLast={index === steps.length - 1} />
        ))}
      </nav>
      {isChosen && (
        <>
          <Button size="sm" icon={Copy} onClick={() => copyChosenTo('copy')}>
            {t('file.copyTo')}
          </Button>
          <IconButton icon={FolderInput} label={t('file.moveTo')} disabled={place.isReadOnly} onClick={() => copyChosenTo('move')} />
          <IconButton icon={Trash2} label={t('file.trash')} disabled={place.isReadOnly || place.isOffline} onClick={trashChosen} />
          {!place.isOffline && <DragOutHandle />}
          <span aria-hidden className="mx-1 h-4 w-px bg-line" />
        </>
      )}
      <IconButton
        icon={FolderPlus}
        label={t('file.newFolder')}
        disabled={place.isReadOnly || place.isOffline}
        onClick={() => makeNew('folder')}
      />
      <IconButton
        icon={showHidden ? Eye : EyeOff}
        label={showHidden ? t('browser.hideHidden') : t('browser.showHidden')}
        isActive={showHidden}
        aria-pressed={showHidden}
        onClick={toggleHidden}
      />
      <ViewSwitcher controls={controls} />
      <IconButton icon={RotateCw} label={t('browser.refresh')} className={isRefreshing ? '[&>svg]:animate-spin' : ''} onClick={onRefresh} />
    </div>
  );
}

function Step({ place, step, isRoot = false, isLast }: { place: BrowserPlace; step: PathStep; isRoot?: boolean; isLast: boolean }) {
  const open = () => place.open(step.path);
  const canReceive = !place.isReadOnly && !place.isOffline && !isLast;
  const { isOver, dropProps } = useDropTarget({
    folder: canReceive ? step.path : null,
    name: step.name,
    fingerprint: place.fingerprint,
    onSpring: open,
  });
  return (
    <>
      {!isRoot && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint" />}
      <button
        type="button"
        aria-current={isLast ? 'location' : undefined}
        onClick={open}
        className={classNames(
          'h-7 min-w-0 truncate rounded-md px-1.5 transition-colors hover:bg-hover',
          // Where there is no room for all, the open folder is the last to be cut.
          isLast ? 'shrink-0 max-w-3/5 font-medium' : 'text-soft hover:text-ink',
          isOver && 'bg-accent text-on-accent',
        )}
        {...dropProps}
      >
        <Name>{step.name}</Name>
      </button>
    </>
  );
}
