import { Columns3, GalleryThumbnails, LayoutGrid, LayoutPanelLeft, List, type LucideIcon } from 'lucide-react';
import type { Command } from '../command/command.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { VIEW_KINDS, type ViewKind } from './view-memory.ts';

export const VIEW_ICONS: Record<ViewKind, LucideIcon> = {
  list: List,
  grid: LayoutGrid,
  columns: Columns3,
  gallery: GalleryThumbnails,
  sizes: LayoutPanelLeft,
};

const openView = () => useFileScope.getState().view;

function showAs(kind: ViewKind): Command {
  return {
    icon: VIEW_ICONS[kind],
    where: 'anywhere',
    isEnabled: () => openView() !== null,
    isChecked: () => openView()?.controls.view.kind === kind,
    run: () => openView()?.controls.change({ kind }),
  };
}

/** The command for each way to look at a folder. */
export const VIEW_COMMANDS = {
  list: 'view.asList',
  grid: 'view.asGrid',
  columns: 'view.asColumns',
  gallery: 'view.asGallery',
  sizes: 'view.asSizes',
} as const satisfies Record<ViewKind, string>;

type ViewCommand = (typeof VIEW_COMMANDS)[ViewKind];

export const SHOW_AS_SET = Object.fromEntries(VIEW_KINDS.map((kind) => [VIEW_COMMANDS[kind], showAs(kind)])) as Record<
  ViewCommand,
  Command
>;
