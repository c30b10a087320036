import type { LucideIcon } from 'lucide-react';

/** One line of a drop-down or context menu, as data: both kinds of menu show the same items. */
export type MenuItem =
  | 'separator'
  | {
      label: string;
      icon?: LucideIcon;
      shortcut?: string;
      isDanger?: boolean;
      isDisabled?: boolean;
      isChecked?: boolean;
      onSelect: () => void;
    };
