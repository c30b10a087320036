import { ArrowUp, Copy, Eye, EyeOff, FolderInput, FolderPlus, RotateCw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../components/Button.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { classNames } from '../../lib/class-names.ts';
import { useShortcutText } from '../command/use-shortcut-text.ts';
import { DragOutHandle } from '../file-operation/DragOutHandle.tsx';
import { copyChosenTo, makeNew, trashChosen } from '../file-operation/file-commands.ts';
import { ViewSwitcher } from '../view/ViewSwitcher.tsx';
import type { ViewControls } from '../view/view-store.ts';
import type { BrowserPlace } from './browser-place.ts';
import { PathBar } from './PathBar.tsx';
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
  const isChosen = selection.paths.size > 0 && !selection.isAll;
  return (
    // Where there is no room for both, the path has a line of its own.
    <div className="flex min-h-11 flex-wrap items-center gap-x-1 px-5 @max-[680px]/pane:pt-1.5 @max-[560px]/pane:px-2.5">
      <div className="flex min-w-0 flex-1 items-center gap-1 @max-[680px]/pane:basis-full">
        <IconButton icon={ArrowUp} label={t('browser.up')} shortcut={useShortcutText('go.up')} disabled={isRoot} onClick={onUp} />
        <PathBar key={folder} place={place} folder={folder} />
      </div>
      <div className="flex min-w-0 items-center gap-1 @max-[680px]/pane:ml-auto @max-[680px]/pane:h-10">
        {isChosen && (
          <>
            <Button size="sm" icon={Copy} onClick={() => copyChosenTo('copy')}>
              <span className="@max-[560px]/pane:sr-only">{t('file.copyTo')}</span>
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
          shortcut={useShortcutText('file.newFolder')}
          disabled={place.isReadOnly || place.isOffline}
          onClick={() => makeNew('folder')}
        />
        <IconButton
          icon={showHidden ? Eye : EyeOff}
          label={showHidden ? t('browser.hideHidden') : t('browser.showHidden')}
          shortcut={useShortcutText('view.hidden')}
          isActive={showHidden}
          aria-pressed={showHidden}
          className="@max-[560px]/pane:hidden"
          onClick={toggleHidden}
        />
        <ViewSwitcher controls={controls} />
        <IconButton
          icon={RotateCw}
          label={t('browser.refresh')}
          shortcut={useShortcutText('view.refresh')}
          className={classNames('@max-[560px]/pane:hidden', isRefreshing && '[&>svg]:animate-spin')}
          onClick={onRefresh}
        />
      </div>
    </div>
  );
}
