import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Config } from '../../shared/contract/config.ts';
import { de } from './de.ts';
import { en } from './en.ts';

const LANGUAGES = ['en', 'de'] as const;
type Language = (typeof LANGUAGES)[number];

/** The language to show: the chosen one, else the first of the system's that is translated, else English. */
export function resolveLanguage(setting: Config['appearance']['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  for (const tag of preferred) {
    const language = LANGUAGES.find((candidate) => tag.toLowerCase().split('-')[0] === candidate);
    if (language) return language;
  }
  return 'en';
}

export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, de: { translation: de } },
    lng: resolveLanguage('system', navigator.languages),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
