import type { QueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { LucideIcon } from 'lucide-react';
import type { CommandId } from '../../../shared/command-keys.ts';

/** What a command may need of the page that no store has. */
export interface CommandContext {
  client: QueryClient;
}

/** One thing that the page can do, however it is asked for: by keys, a menu, a button, the palette or the system's menu bar. */
export interface Command {
  icon?: LucideIcon;
  /** Where its keys mean it: where a list of files has the keyboard, wherever no text is written, or there, too. */
  where: 'list' | 'page' | 'anywhere';
  isDanger?: boolean;
  /** Only worth a key: the palette has better ways to the same. */
  isKeyOnly?: boolean;
  /** Whether there is such a thing here at all; left out: yes. What only the desktop can do is not offered in a browser. */
  isOffered?: () => boolean;
  /** Whether it can be done now; left out: always. */
  isEnabled?: () => boolean;
  /** Of something that is on or off. */
  isChecked?: () => boolean;
  /** Its name for what it would do now; left out: the name that it always has. */
  title?: (t: TFunction) => string;
  /** Why it cannot be done, where that needs saying. */
  note?: (t: TFunction) => string | undefined;
  run: (context: CommandContext) => unknown;
}

/** So that a command that is in the list of keys, and nowhere else, does not compile. */
export type CommandsOf<Group extends string> = { [Id in Extract<CommandId, `${Group}.${string}`>]: Command };
