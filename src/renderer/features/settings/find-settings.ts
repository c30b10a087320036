import type { TFunction } from 'i18next';
import type { Config } from '../../../shared/contract/config.ts';
import { en } from '../../i18n/en.ts';
import type { Setting, SettingId } from './setting.ts';
import { SETTINGS } from './settings-list.tsx';

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** What a setting does, in a sentence; undefined where its name says it. */
export function settingText(id: SettingId, config: Config, t: TFunction): string | undefined {
  if (id === 'neverPrompt') return t('settings.neverPromptText', { count: config.volumes.neverPrompt.length });
  const key = `${id}Text`;
  // Not every setting has one.
  return Object.hasOwn(en.settings, key) ? t(`settings.${key as 'unitsText'}`) : undefined;
}

/** The settings that there are here and now. */
export function shownSettings(config: Config, isDesktop: boolean): Setting[] {
  return SETTINGS.filter(({ isOfDesktop, isShown }) => (isDesktop || !isOfDesktop) && (isShown?.(config) ?? true));
}

/** The settings that have all words of the text in their names, texts or sections. */
export function findSettings(settings: readonly Setting[], text: string, config: Config, t: TFunction): Setting[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  return settings.filter(({ id, section }) => {
    const texts = fold([t(`settings.${id}`), settingText(id, config, t) ?? '', t(`settings.section.${section}`)].join(' '));
    return words.every((word) => texts.includes(word));
  });
}
