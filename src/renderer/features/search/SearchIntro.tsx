import { useTranslation } from 'react-i18next';
import { changeSearch } from '../../app/navigation.ts';
import type { en } from '../../i18n/en.ts';
import { useCurrentLibrary } from '../library/library-queries.ts';
import { useLocations } from '../location/location-queries.ts';
import { NothingIndexed } from './NothingFound.tsx';
import { focusSearchField } from './search-field.ts';

/** What can be asked, in the language of docs/search.md. */
const EXAMPLES: readonly { text: string; label: keyof typeof en.search.example }[] = [
  { text: '"exact phrase"', label: 'phrase' },
  { text: '-draft', label: 'not' },
  { text: 'kind:image', label: 'kind' },
  { text: 'ext:pdf,docx', label: 'extension' },
  { text: 'size:>100mb', label: 'size' },
  { text: 'modified:<7d', label: 'modified' },
  { text: 'modified:2024-05', label: 'month' },
  { text: 'in:"Photos/2023"', label: 'folder' },
  { text: 'is:offline', label: 'offline' },
  { text: 'jpg OR png', label: 'or' },
];

/** Before anything is written: what could be. */
export function SearchIntro() {
  const { t } = useTranslation();
  const library = useCurrentLibrary();
  const hasLocations = useLocations().data?.items.length !== 0;
  if (!hasLocations) return <NothingIndexed />;
  const use = (text: string) => {
    changeSearch({ query: text });
    requestAnimationFrame(() => focusSearchField());
  };
  return (
    <div className="h-full overflow-y-auto px-7 py-8">
      <div className="mx-auto max-w-200">
        <h2 className="font-semibold text-base">{t('search.introTitle', { name: library?.name ?? '' })}</h2>
        <p className="mt-1 text-soft">{t('search.introText')}</p>
        <ul className="mt-5 grid grid-cols-2 gap-x-6 gap-y-0.5 @max-[848px]/pane:grid-cols-1">
          {EXAMPLES.map(({ text, label }) => (
            <li key={text}>
              <button
                type="button"
                onClick={() => use(text)}
                className="-mx-2.5 flex w-full items-center gap-3 rounded-lg px-2.5 py-1.5 text-left transition-colors hover:bg-hover"
              >
                <code className="w-40 shrink-0 truncate font-medium font-mono text-accent text-xs">{text}</code>
                <span className="min-w-0 text-soft text-xs">{t(`search.example.${label}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
