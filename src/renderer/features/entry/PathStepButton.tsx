import { Columns2, Copy, PanelTop, PencilLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ContextActions } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import { Name } from '../../components/Name.tsx';
import { classNames } from '../../lib/class-names.ts';
import type { PathStep } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useDropTarget } from '../file-operation/use-drop-target.ts';
import { showToast } from '../notification/toast-store.ts';
import { useReadableAddress } from '../volume/use-readable-address.ts';
import { opens } from '../workspace/opens.ts';
import { openInNewTab, openInOtherPane } from '../workspace/tab-commands.ts';
import type { BrowserPlace } from './browser-place.ts';

/** So that the room that a step takes can be measured without it. */
export const STEP_LOOK = 'h-6.5 max-w-56 truncate rounded-md px-1.5 leading-6.5';

interface PathStepButtonProps {
  place: BrowserPlace;
  step: PathStep;
  /** It is the open folder. */
  isLast: boolean;
  onEdit: () => void;
}

/** One folder of the way: opens it, takes what is dropped on it, and opens when a drag rests on it. */
export function PathStepButton({ place, step, isLast, onEdit }: PathStepButtonProps) {
  const items = useStepMenu(place, step, onEdit);
  const canReceive = !place.isReadOnly && !place.isOffline && !isLast;
  const { isOver, dropProps } = useDropTarget({
    folder: canReceive ? step.path : null,
    name: step.name,
    fingerprint: place.fingerprint,
    onSpring: () => place.open(step.path),
  });
  return (
    <ContextActions items={items}>
      <button
        type="button"
        data-step
        aria-current={isLast ? 'location' : undefined}
        {...opens(place.routeTo(step.path))}
        className={classNames(
          STEP_LOOK,
          'min-w-6 cursor-default transition-colors hover:bg-pressed',
          // Where there is no room for all, the open folder is the last to be cut.
          isLast ? 'shrink-0 font-medium max-w-[min(100%,theme(spacing.80))]' : 'shrink text-soft hover:text-ink',
          isOver && 'bg-accent text-on-accent',
        )}
        {...dropProps}
      >
        <Name>{step.name}</Name>
      </button>
    </ContextActions>
  );
}

function useStepMenu(place: BrowserPlace, step: PathStep, onEdit: () => void): MenuItem[] {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const readable = useReadableAddress();
  const route = () => place.routeTo(step.path);
  const write = (text: string) => {
    navigator.clipboard.writeText(text).catch((error: unknown) => {
      showToast({ tone: 'bad', title: t('path.copyFailed'), text: errorText(error) });
    });
  };
  return [
    { label: t('tab.openIn'), icon: PanelTop, onSelect: () => openInNewTab(route()) },
    { label: t('tab.openInOther'), icon: Columns2, onSelect: () => openInOtherPane(route()) },
    'separator',
    { label: t('path.copy'), icon: Copy, onSelect: () => write(readable(step.path)) },
    { label: t('path.copyAddress'), icon: Copy, onSelect: () => write(step.path) },
    // When the menu is gone, and would have given the focus back.
    { label: t('path.edit'), icon: PencilLine, onSelect: () => setTimeout(onEdit) },
  ];
}
