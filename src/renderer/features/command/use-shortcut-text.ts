import { useTranslation } from 'react-i18next';
import type { CommandId } from '../../../shared/command-keys.ts';
import { shortcutText } from './command-item.ts';
import { useCustomKeys } from './shortcuts.ts';

/** The keys of a command for people to read, kept up with while they are changed. */
export function useShortcutText(id: CommandId): string | undefined {
  const { t } = useTranslation();
  useCustomKeys((state) => state.custom);
  return shortcutText(id, t);
}
