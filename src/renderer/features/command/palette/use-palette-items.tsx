import type { TFunction } from 'i18next';
import { Settings, SquareChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COMMAND_IDS } from '../../../../shared/command-keys.ts';
import type { Config } from '../../../../shared/contract/config.ts';
import { useShell } from '../../../app/shell.ts';
import { settingText, shownSettings } from '../../settings/find-settings.ts';
import { openSetting } from '../../settings/settings-place.ts';
import { useConfig } from '../../settings/settings-queries.ts';
import { COMMANDS, commandTitle, commandTitleNow, groupOf, isEnabled } from '../commands.ts';
import { runCommand } from '../run-command.ts';
import { shortcutsOf } from '../shortcuts.ts';
import type { PaletteItem } from './palette-item.ts';
import { usePlaces } from './use-places.tsx';

/** Everything that the palette can lead to, but files: those are searched for. What cannot be done now is not there. */
export function usePaletteItems(): PaletteItem[] {
  const { t } = useTranslation();
  const places = usePlaces();
  const config = useConfig();
  const isDesktop = useShell((state) => state.client !== null);
  // What can be done is asked once: nothing changes behind the palette while it is open.
  const commands = useMemo(() => commandItems(t), [t]);
  const settings = useMemo(() => (config ? settingItems(config, isDesktop, t) : []), [config, isDesktop, t]);
  return useMemo(() => [...commands, ...places, ...settings], [commands, places, settings]);
}

function commandItems(t: TFunction): PaletteItem[] {
  return COMMAND_IDS.filter((id) => id !== 'app.palette' && !COMMANDS[id].isKeyOnly && isEnabled(id)).map((id): PaletteItem => {
    const Icon = COMMANDS[id].icon ?? SquareChevronRight;
    const group = t(`commandGroup.${groupOf(id)}`);
    return {
      key: id,
      kind: 'command',
      label: commandTitleNow(id, t),
      keywords: [commandTitle(id, t), group],
      picture: <Icon className="size-4" strokeWidth={1.8} />,
      detail: group,
      chord: shortcutsOf(id)[0],
      run: () => runCommand(id),
    };
  });
}

function settingItems(config: Config, isDesktop: boolean, t: TFunction): PaletteItem[] {
  return shownSettings(config, isDesktop).map(({ id, section }): PaletteItem => {
    const text = settingText(id, config, t);
    return {
      key: `setting:${id}`,
      kind: 'setting',
      label: t(`settings.${id}`),
      keywords: text === undefined ? [] : [text],
      picture: <Settings className="size-4" strokeWidth={1.8} />,
      detail: t(`settings.section.${section}`),
      run: () => openSetting(id),
    };
  });
}
