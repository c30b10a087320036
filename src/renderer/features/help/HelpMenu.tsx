import { CircleQuestionMark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/IconButton.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import { commandMenu } from '../command/command-item.ts';

/** The palette, the keys, the help and what else a newcomer looks for, behind one button. */
export function HelpMenu() {
  const { t } = useTranslation();
  const items = () => commandMenu(['app.palette', 'help.shortcuts', '-', 'help.open', 'help.welcome', '-', 'help.about'], t);
  return (
    <ActionMenu items={items} align="start">
      <IconButton icon={CircleQuestionMark} label={t('help.title')} />
    </ActionMenu>
  );
}
