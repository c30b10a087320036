import { createInstance, type TFunction } from 'i18next';
import type { Config } from '#shared/contract/config.ts';
import { formatSize } from '#shared/format-size.ts';
import { de } from './locales/de.ts';
import { en } from './locales/en.ts';

/** The texts of the shell in the language that the user chose; `update` follows the configuration. */
export class Texts {
  readonly #i18n = createInstance();
  readonly #systemLocale: string;
  #units: Config['appearance']['sizeUnits'] = 'si';

  /** @param systemLocale a BCP 47 tag; English is shown where there is no translation for it */
  constructor(systemLocale: string) {
    this.#systemLocale = systemLocale;
    void this.#i18n.init({
      resources: { en: { translation: en }, de: { translation: de } },
      lng: systemLocale,
      fallbackLng: 'en',
      // These texts are never HTML: names of drives are shown as they are.
      interpolation: { escapeValue: false },
      initAsync: false,
    });
  }

  get t(): TFunction {
    return this.#i18n.t;
  }

  size(bytes: number): string {
    return formatSize(bytes, this.#units, this.#i18n.language);
  }

  async update(appearance: Config['appearance']): Promise<void> {
    this.#units = appearance.sizeUnits;
    await this.#i18n.changeLanguage(appearance.language === 'system' ? this.#systemLocale : appearance.language);
  }
}
