import { Search, X } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/IconButton.tsx';
import { useShortcutText } from '../command/use-shortcut-text.ts';
import { usePaneId } from '../workspace/workspace-store.ts';
import { CompletionList } from './CompletionList.tsx';
import { ProblemMarks } from './ProblemMarks.tsx';
import { useSearchAnswer } from './search-answer-store.ts';
import { problemsId, SEARCH_FIELD_ID } from './search-field.ts';
import { useSearchField } from './use-search-field.ts';

/** Long enough for everything that people write or paste: the engine's limit. */
const MOST_LETTERS = 4096;

/** One field for everything that the library knows, with what could be written in it. */
export function SearchBox() {
  const { t } = useTranslation();
  const shortcut = useShortcutText('go.search');
  const box = useSearchField();
  const { field, text, completion, active } = box;
  const listId = useId();
  const [scrolled, setScrolled] = useState(0);
  const paneId = usePaneId();
  const answer = useSearchAnswer();
  const hasProblems = answer.query === text && answer.problems.length > 0;
  const isListShown = completion.items.length > 0;
  return (
    <search className="relative mx-3 min-w-0 max-w-150 flex-1">
      <div className="flex h-8 items-center rounded-lg border border-transparent bg-hover pl-2.5 transition-colors duration-100 focus-within:border-accent focus-within:bg-canvas focus-within:ring-3 focus-within:ring-accent/20">
        <Search aria-hidden className="size-4 shrink-0 text-faint" strokeWidth={1.9} />
        <div className="relative h-full min-w-0 flex-1 overflow-hidden">
          <ProblemMarks text={text} scrolled={scrolled} />
          <input
            ref={field}
            id={SEARCH_FIELD_ID}
            type="text"
            role="combobox"
            aria-label={t('search.field')}
            aria-expanded={isListShown}
            aria-controls={isListShown ? listId : undefined}
            aria-autocomplete="list"
            aria-activedescendant={isListShown && active >= 0 ? `${listId}-${active}` : undefined}
            aria-invalid={hasProblems || undefined}
            aria-describedby={hasProblems ? problemsId(paneId) : undefined}
            placeholder={t('search.placeholder')}
            maxLength={MOST_LETTERS}
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCorrect="off"
            autoCapitalize="off"
            enterKeyHint="search"
            onChange={(event) => box.onChange(event.target.value)}
            onSelect={box.noteCaret}
            onKeyDown={box.onKeyDown}
            onBlur={box.close}
            onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
            className="relative h-full w-full bg-transparent px-2 text-sm outline-none placeholder:text-faint"
          />
        </div>
        {text === '' ? (
          <kbd aria-hidden className="mr-2 shrink-0 font-sans text-2xs text-faint max-[760px]:hidden">
            {shortcut}
          </kbd>
        ) : (
          <IconButton icon={X} label={t('search.clear')} onClick={box.clear} className="mr-1 size-6 [&>svg]:size-3.5" />
        )}
      </div>
      {isListShown && (
        <CompletionList
          id={listId}
          items={completion.items}
          isCurrent={completion.isCurrent}
          active={active}
          onPoint={box.setActive}
          onChoose={box.choose}
        />
      )}
    </search>
  );
}
