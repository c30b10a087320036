import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QueryProblem, QueryTerm } from '../../../shared/contract/search.ts';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import { placeNow } from './query-now.ts';
import { removeRange, textOf, valueRange } from './query-text.ts';
import { focusSearchField } from './search-field.ts';

interface QueryChipsProps {
  /** What was understood, as `terms` and `problems`. */
  query: string;
  /** What is written by now. */
  text: string;
  terms: readonly QueryTerm[];
  problems: readonly QueryProblem[];
  onChange: (query: string) => void;
}

/** What of the query is more than a word: each can be taken out, or clicked to be written anew. */
export function QueryChips({ query, text: written, terms, problems, onChange }: QueryChipsProps) {
  const { t } = useTranslation();
  const special = terms.filter((term) => term.kind !== 'word' || term.isNegated);
  if (special.length === 0) return null;
  return (
    <ul aria-label={t('search.filters')} className="ml-2 flex min-w-0 flex-wrap items-center gap-1.5">
      {special.map((term) => {
        const text = displayName(textOf(query, term));
        const problem = problems.find(({ start, end }) => start < term.end && end > term.start);
        const edit = () => {
          const now = placeNow(term, query, written);
          if (now) focusSearchField(valueRange(written, now));
        };
        const remove = () => {
          const now = placeNow(term, query, written);
          if (now) onChange(removeRange(written, now));
        };
        return (
          <li
            key={`${term.start} ${text}`}
            title={problem ? displayName(problem.message) : undefined}
            className={classNames(
              'inline-flex h-7 min-w-0 max-w-80 items-center rounded-full border pr-px font-medium text-xs',
              problem === undefined && 'border-transparent bg-accent-wash text-accent',
              problem?.kind === 'mistake' && 'border-bad/40 bg-bad-wash text-bad',
              problem?.kind === 'unknown-yet' && 'border-warn/40 bg-warn-wash text-warn',
            )}
          >
            <button
              type="button"
              title={t('search.editFilter')}
              onClick={edit}
              className="flex h-full min-w-0 items-center gap-1 rounded-l-full pr-1 pl-3"
            >
              {term.isNegated && <span className="shrink-0 rounded bg-current/12 px-1 text-2xs">{t('search.not')}</span>}
              <ChipText term={term} />
            </button>
            <button
              type="button"
              aria-label={t('search.removeFilter', { text })}
              onClick={remove}
              className="grid size-6 shrink-0 place-items-center rounded-full transition-colors hover:bg-current/12"
            >
              <X aria-hidden className="size-3" strokeWidth={2.4} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function ChipText({ term }: { term: QueryTerm }) {
  const value = displayName(term.text);
  if (term.kind === 'phrase') return <bdi className="truncate">“{value}”</bdi>;
  if (term.kind !== 'filter' || term.filter === null) {
    return <bdi className={classNames('truncate', term.kind === 'regex' && 'font-mono')}>{value}</bdi>;
  }
  return (
    <>
      <span className="shrink-0 font-normal">{term.filter}</span>
      <bdi className="truncate">{value}</bdi>
    </>
  );
}
