import {
  AppWindow,
  ArrowLeft,
  ArrowLeftRight,
  ArrowRight,
  ArrowUp,
  Bell,
  CircleQuestionMark,
  Eye,
  FolderPlus,
  FolderSymlink,
  History,
  Info,
  Keyboard,
  LayoutGrid,
  PanelLeft,
  PanelRight,
  PencilLine,
  RotateCw,
  Search,
  Settings,
  Sparkles,
  SquareChevronRight,
  Trash2,
} from 'lucide-react';
import { showDialog } from '../../app/dialog-store.ts';
import { goBack, goForward, goUp, navigate } from '../../app/navigation.ts';
import { openWindow } from '../../app/open-window.ts';
import { useUi } from '../../app/ui-store.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { beginSearch } from '../search/search-field.ts';
import { SHOW_AS_SET } from '../view/view-set.ts';
import { restartWelcome, useGettingStarted } from '../welcome/getting-started-store.ts';
import type { CommandsOf } from './command.ts';
import { usePalette } from './palette/palette-store.ts';

export const GO_SET: CommandsOf<'go'> = {
  'go.back': { icon: ArrowLeft, where: 'page', run: goBack },
  'go.forward': { icon: ArrowRight, where: 'page', run: goForward },
  'go.up': {
    icon: ArrowUp,
    where: 'page',
    isEnabled: () => useFileScope.getState().up !== null,
    run: goUp,
  },
  'go.path': {
    icon: PencilLine,
    where: 'anywhere',
    isEnabled: () => useFileScope.getState().editPath !== null,
    run: () => useFileScope.getState().editPath?.(),
  },
  'go.home': { icon: LayoutGrid, where: 'page', run: () => navigate({ page: 'home' }) },
  'go.search': { icon: Search, where: 'anywhere', run: beginSearch },
  'go.trash': { icon: Trash2, where: 'page', run: () => navigate({ page: 'trash' }) },
  'go.history': { icon: History, where: 'page', run: () => navigate({ page: 'history' }) },
};

export const VIEW_SET: CommandsOf<'view'> = {
  'view.refresh': { icon: RotateCw, where: 'anywhere', run: ({ client }) => client.invalidateQueries() },
  'view.hidden': {
    icon: Eye,
    where: 'page',
    isChecked: () => useUi.getState().showHidden,
    run: () => useUi.getState().toggleHidden(),
  },
  'view.sidebar': {
    icon: PanelLeft,
    where: 'anywhere',
    isChecked: () => useUi.getState().isSidebarShown,
    run: () => useUi.getState().toggleSidebar(),
  },
  'view.inspector': {
    icon: PanelRight,
    where: 'page',
    isChecked: () => useUi.getState().isInspectorShown,
    run: () => useUi.getState().toggleInspector(),
  },
  ...SHOW_AS_SET,
  'view.jobs': { icon: ArrowLeftRight, where: 'anywhere', run: () => togglePanel('jobs') },
  'view.notifications': { icon: Bell, where: 'anywhere', run: () => togglePanel('notifications') },
};

export const LIBRARY_SET: CommandsOf<'library'> = {
  'library.create': { icon: FolderPlus, where: 'page', run: () => showDialog({ kind: 'create-library' }) },
  'library.open': { icon: FolderSymlink, where: 'page', run: () => showDialog({ kind: 'open-library' }) },
};

export const APP_SET: CommandsOf<'app'> = {
  'app.newWindow': { icon: AppWindow, where: 'anywhere', run: () => openWindow() },
  'app.palette': { icon: SquareChevronRight, where: 'anywhere', run: openPalette },
  'app.settings': { icon: Settings, where: 'anywhere', run: () => navigate({ page: 'settings' }) },
};

export const HELP_SET: CommandsOf<'help'> = {
  'help.shortcuts': { icon: Keyboard, where: 'page', run: () => showDialog({ kind: 'shortcuts' }) },
  'help.open': { icon: CircleQuestionMark, where: 'page', run: () => navigate({ page: 'help', topic: null }) },
  'help.welcome': { icon: Sparkles, where: 'page', run: restartWelcome },
  'help.about': { icon: Info, where: 'page', run: () => showDialog({ kind: 'about' }) },
};

function openPalette(): void {
  useGettingStarted.setState({ hasSeenPalette: true });
  usePalette.getState().open();
}

function togglePanel(panel: 'jobs' | 'notifications'): void {
  const { openPanel, setPanel } = useUi.getState();
  setPanel(openPanel === panel ? null : panel);
}
