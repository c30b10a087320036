import type { LucideIcon } from 'lucide-react';

/** One line of a drop-down or context menu, as data: both kinds of menu show the same items. */
export type MenuItem =
  | 'separator'
  | {
      label: string;
      icon?: LucideIcon;
      shortcut?: string;
      /** Why it is disabled. */
      note?: string | undefined;
      isDanger?: boolean;
      isDisabled?: boolean;
      isChecked?: boolean;
      onSelect: () => void;
    };
