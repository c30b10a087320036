import type { ComponentType } from 'react';
import type { Config, ConfigPatch } from '../../../shared/contract/config.ts';
import type { en } from '../../i18n/en.ts';

export const SECTIONS = ['general', 'appearance', 'explorer', 'volumes', 'indexing', 'copying', 'shortcuts', 'advanced'] as const;
export type SettingSection = (typeof SECTIONS)[number];

export interface SettingProps {
  config: Config;
  update: (patch: ConfigPatch) => void;
}

type Texts = typeof en.settings;
/** What has a name and is no part of the page itself. */
export type SettingId = Exclude<
  { [Key in keyof Texts]: Texts[Key] extends string ? Key : never }[keyof Texts],
  `${string}Text` | 'title' | 'search'
>;

/** One setting, as data: the page shows it, its search and the palette find it. Its name is `settings.ID`, what it does `settings.IDText`. */
export interface Setting {
  id: SettingId;
  section: SettingSection;
  /** Only the desktop has it. */
  isOfDesktop?: boolean;
  isShown?: (config: Config) => boolean;
  /** It needs the whole width, below its name. */
  isWide?: boolean;
  Control: ComponentType<SettingProps>;
}
