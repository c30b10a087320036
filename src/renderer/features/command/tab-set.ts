import {
  ArrowLeftRight,
  ChevronLeft,
  ChevronRight,
  Columns2,
  CopyPlus,
  FolderInput,
  PanelRight,
  PanelTop,
  Plus,
  RotateCcw,
  SquareArrowOutUpRight,
  X,
} from 'lucide-react';
import { sendChosenBeside } from '../file-operation/file-commands.ts';
import { chosenRoutes, scopeBeside, useFileScope } from '../file-operation/file-scope.ts';
import {
  canReopenTab,
  closeOtherTabs,
  closeTab,
  duplicateOpenTab,
  focusOtherPane,
  isSplit,
  moveTabToOtherPane,
  newTabHere,
  nextTab,
  openInNewTab,
  openInOtherPane,
  reopenTab,
  selectTabNumber,
  toggleSplit,
} from '../workspace/tab-commands.ts';
import type { Command, CommandsOf } from './command.ts';

/** So many folders are opened in tabs of their own at once, at most. */
const MOST_TABS = 20;

const tabNumber = (number: number): Command => ({
  icon: PanelTop,
  where: 'anywhere',
  isKeyOnly: true,
  run: () => selectTabNumber(number),
});

export const TAB_SET: CommandsOf<'tab'> = {
  'tab.new': { icon: Plus, where: 'anywhere', run: newTabHere },
  'tab.close': { icon: X, where: 'anywhere', run: () => closeTab() },
  'tab.closeOthers': { icon: X, where: 'page', run: () => closeOtherTabs() },
  'tab.reopen': { icon: RotateCcw, where: 'anywhere', isEnabled: canReopenTab, run: reopenTab },
  'tab.next': { icon: ChevronRight, where: 'anywhere', run: () => nextTab(1) },
  'tab.previous': { icon: ChevronLeft, where: 'anywhere', run: () => nextTab(-1) },
  'tab.duplicate': { icon: CopyPlus, where: 'page', run: () => duplicateOpenTab() },
  'tab.moveOver': { icon: ArrowLeftRight, where: 'page', run: () => moveTabToOtherPane() },
  'tab.first': tabNumber(1),
  'tab.second': tabNumber(2),
  'tab.third': tabNumber(3),
  'tab.fourth': tabNumber(4),
  'tab.fifth': tabNumber(5),
  'tab.sixth': tabNumber(6),
  'tab.seventh': tabNumber(7),
  'tab.eighth': tabNumber(8),
  'tab.last': tabNumber(9),
};

const canSend = () => useFileScope.getState().chosenPaths().length > 0 && scopeBeside()?.folder() != null;

export const PANE_SET: CommandsOf<'pane'> = {
  'pane.split': { icon: Columns2, where: 'anywhere', isChecked: isSplit, run: toggleSplit },
  'pane.other': { icon: ArrowLeftRight, where: 'anywhere', isEnabled: isSplit, run: focusOtherPane },
  'pane.openTab': {
    icon: PanelTop,
    where: 'list',
    isEnabled: () => chosenRoutes().length > 0,
    run: () => {
      for (const route of chosenRoutes().slice(0, MOST_TABS)) openInNewTab(route, { inBackground: true });
    },
  },
  'pane.openBeside': {
    icon: PanelRight,
    where: 'list',
    isEnabled: () => chosenRoutes().length === 1,
    run: () => {
      const [route] = chosenRoutes();
      if (route) openInOtherPane(route);
    },
  },
  'pane.copyBeside': {
    icon: SquareArrowOutUpRight,
    where: 'list',
    isEnabled: canSend,
    run: () => sendChosenBeside('copy'),
  },
  'pane.moveBeside': { icon: FolderInput, where: 'list', isEnabled: canSend, run: () => sendChosenBeside('move') },
};
