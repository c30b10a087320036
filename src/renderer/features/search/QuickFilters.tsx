import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { QueryTerm } from '../../../shared/contract/search.ts';
import { ActionMenu } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import { classNames } from '../../lib/class-names.ts';
import { termsNow } from './query-now.ts';
import { chooseFilter, chosenOf } from './query-text.ts';
import { groupOf, QUICK_FILTERS, type QuickFilter } from './quick-filters.ts';

interface QuickFiltersProps {
  /** What was understood, as `terms`. */
  query: string;
  /** What is written by now. */
  text: string;
  terms: readonly QueryTerm[];
  onChange: (query: string) => void;
}

/** The filters that one wants most, without having to know how they are written. */
export function QuickFilters(props: QuickFiltersProps) {
  return QUICK_FILTERS.map((filter) => <FilterMenu key={filter.name} filter={filter} {...props} />);
}

function FilterMenu({ filter, query, text: written, terms, onChange }: QuickFiltersProps & { filter: QuickFilter }) {
  const { t } = useTranslation();
  const group = groupOf(filter);
  const chosen = chosenOf(query, terms, group);
  const choose = (choice: string | null) => onChange(chooseFilter(written, termsNow(terms, query, written), group, choice));
  const items: MenuItem[] = [
    { label: t(`search.any.${filter.name}`), isChecked: chosen === null, onSelect: () => choose(null) },
    'separator',
    ...filter.choices.map(({ text, label }) => ({
      label: t(`search.choice.${label}`),
      isChecked: text === chosen,
      onSelect: () => choose(text),
    })),
  ];
  return (
    <ActionMenu items={items} align="start">
      <button
        type="button"
        className={classNames(
          'inline-flex h-7 shrink-0 items-center gap-1 rounded-lg px-2 font-medium text-xs transition-colors duration-100 hover:bg-hover data-[state=open]:bg-pressed',
          chosen === null ? 'text-soft' : 'text-accent',
        )}
      >
        {t(`search.quick.${filter.name}`)}
        <ChevronDown aria-hidden className="size-3.5 opacity-70" strokeWidth={2} />
      </button>
    </ActionMenu>
  );
}
