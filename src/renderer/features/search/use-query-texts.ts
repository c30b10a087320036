/** @file What the engine says of a query, in the language of the page. Where that has no words for it, the engine's own English ones. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type CompletionDetailCode, type QueryProblem, RegexReason } from '../../../shared/contract/search.ts';

export interface Completion {
  text: string;
  label: string;
  detail: string;
  detailCode: CompletionDetailCode | null;
  detailParams: Record<string, string>;
}

/** What is wrong with a part of a query, and what can be done. Has in it what was written: it is to be shown as any name is. */
export function useProblemText(): (problem: QueryProblem) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ code, params, message }) => {
      const { data: reasonCode } = RegexReason.safeParse(params.reasonCode);
      const reason = reasonCode && { reason: t(`search.regexReason.${reasonCode}`) };
      return t(`search.problem.${code}`, { ...params, ...reason, defaultValue: message });
    },
    [t],
  );
}

/** What a proposal means; empty where its label says it. */
export function useCompletionDetail(): (item: Completion) => string {
  const { t } = useTranslation();
  return useCallback(
    ({ detail, detailCode, detailParams }) =>
      detailCode === null ? detail : t(`search.about.${detailCode}`, { ...detailParams, defaultValue: detail }),
    [t],
  );
}
