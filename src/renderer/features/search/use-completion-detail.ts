import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { en } from '../../i18n/en.ts';

export interface Completion {
  text: string;
  label: string;
  detail: string;
}

type Explained = keyof typeof en.search.about;
const isExplained = (name: string): name is Explained => Object.hasOwn(en.search.about, name);
/** Sizes and ages, which explain themselves. */
const IS_FIGURE = /^[<>\d]/;

/** What a proposal means. The engine says it in English; in other languages what the language of searches is made of is explained here. */
export function useCompletionDetail(): (item: Completion) => string {
  const { t, i18n } = useTranslation();
  const isEnglish = i18n.language === 'en';
  return useCallback(
    ({ text, detail }) => {
      if (isEnglish) return detail;
      const name = text.endsWith(':') ? text.slice(0, -1) : text.replace(/^is:/, '');
      if (isExplained(name)) return t(`search.about.${name}`);
      if (isExplained(detail)) return t(`search.about.${detail}`);
      return IS_FIGURE.test(text) ? '' : detail;
    },
    [isEnglish, t],
  );
}
