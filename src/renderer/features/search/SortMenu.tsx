import { ArrowDownWideNarrow, ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchSort } from '../../../shared/contract/search.ts';
import { changeSearch } from '../../app/navigation.ts';
import { Button } from '../../components/Button.tsx';
import { ActionMenu } from '../../components/Menu.tsx';
import type { MenuItem } from '../../components/menu-item.ts';
import type { SearchQuestion } from './search-queries.ts';

const SORTS: readonly SearchSort[] = ['relevance', 'name', 'size', 'modified', 'created'];

/** In which order results come, also by what has no column. */
export function SortMenu({ question }: { question: SearchQuestion }) {
  const { t } = useTranslation();
  const { sort, order } = question;
  const items: MenuItem[] = [
    ...SORTS.map((choice) => ({
      label: t(`search.sort.${choice}`),
      isChecked: choice === sort,
      onSelect: () => changeSearch({ sort: choice, order: null }),
    })),
    'separator',
    ...(['asc', 'desc'] as const).map((choice) => ({
      label: t(`search.order.${choice}`),
      isChecked: choice === order && sort !== 'relevance',
      isDisabled: sort === 'relevance',
      onSelect: () => changeSearch({ sort, order: choice }),
    })),
  ];
  return (
    <ActionMenu items={items}>
      <Button variant="ghost" icon={ArrowDownWideNarrow}>
        {t(`search.sort.${sort}`)}
        <ChevronDown aria-hidden className="size-3.5 opacity-70" />
      </Button>
    </ActionMenu>
  );
}
