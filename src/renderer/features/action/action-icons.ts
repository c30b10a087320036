import {
  Copy,
  CopyPlus,
  FilePlus,
  FolderInput,
  FolderPlus,
  HardDrive,
  Library,
  Link,
  type LucideIcon,
  MapPin,
  Pencil,
  RotateCcw,
  Trash2,
  Undo2,
  X,
} from 'lucide-react';
import type { ActionRecord } from '../../../shared/contract/action.ts';

const ICONS: Partial<Record<ActionRecord['type'], LucideIcon>> = {
  'file.copy': Copy,
  'file.move': FolderInput,
  'file.duplicate': CopyPlus,
  'file.rename': Pencil,
  'file.rename-many': Pencil,
  'file.create-folder': FolderPlus,
  'file.create-file': FilePlus,
  'file.create-link': Link,
  'file.trash': Trash2,
  'file.delete': X,
  'file.restore': RotateCcw,
  undo: Undo2,
};

/** What kind of thing was done, by one picture. */
export function iconOfAction(type: ActionRecord['type']): LucideIcon {
  if (type.startsWith('library.')) return Library;
  if (type.startsWith('location.')) return MapPin;
  return ICONS[type] ?? HardDrive;
}
