import { ArrowLeftRight, Columns2, CopyPlus, Plus, RotateCcw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MenuItem } from '../../components/menu-item.ts';
import {
  closeOtherTabs,
  closeTab,
  closeTabsToTheRight,
  duplicateOpenTab,
  moveTabToOtherPane,
  newTabHere,
  reopenTab,
  selectTab,
} from './tab-commands.ts';
import type { Pane, Tab } from './workspace.ts';
import { useWorkspace } from './workspace-store.ts';

/** What can be done with a tab. */
export function useTabMenu(tab: Tab, pane: Pane): MenuItem[] {
  const { t } = useTranslation();
  const isSplit = useWorkspace((workspace) => workspace.panes.length > 1);
  const canReopen = useWorkspace((workspace) => workspace.closed.length > 0);
  const isLast = pane.tabs.at(-1)?.id === tab.id;
  const newTab = () => {
    selectTab(tab.id);
    newTabHere();
  };
  return [
    { label: t('tab.new'), icon: Plus, onSelect: newTab },
    { label: t('tab.duplicate'), icon: CopyPlus, onSelect: () => duplicateOpenTab(tab.id) },
    isSplit
      ? { label: t('tab.moveOver'), icon: ArrowLeftRight, onSelect: () => moveTabToOtherPane(tab.id) }
      : { label: t('tab.openBeside'), icon: Columns2, onSelect: () => moveTabToOtherPane(tab.id) },
    'separator',
    { label: t('tab.reopen'), icon: RotateCcw, isDisabled: !canReopen, onSelect: reopenTab },
    'separator',
    { label: t('tab.close'), icon: X, onSelect: () => closeTab(tab.id) },
    { label: t('tab.closeOthers'), isDisabled: pane.tabs.length === 1, onSelect: () => closeOtherTabs(tab.id) },
    { label: t('tab.closeRight'), isDisabled: isLast, onSelect: () => closeTabsToTheRight(tab.id) },
  ];
}
