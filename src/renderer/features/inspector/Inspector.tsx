import { PanelRight, ScanSearch, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useUi } from '../../app/ui-store.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorBoundary } from '../../components/ErrorBoundary.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useFileScope } from '../file-operation/file-scope.ts';
import { ChosenDetails } from './ChosenDetails.tsx';
import { EntryDetails } from './EntryDetails.tsx';

/** A panel with all that is known of what is chosen in the active pane. */
export function Inspector() {
  const { t } = useTranslation();
  const selection = useFileScope((state) => state.selection);
  const [first] = selection.entries;
  return (
    <aside aria-label={t('inspector.title')} className="flex h-full flex-col bg-side">
      <div className="flex h-11 shrink-0 items-center justify-between pr-2 pl-4">
        <span className="font-semibold text-sm">{t('inspector.title')}</span>
        <IconButton icon={X} label={t('inspector.hide')} onClick={() => useUi.getState().toggleInspector()} />
      </div>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        tabIndex={0}
        role="document"
        aria-label={t('inspector.title')}
        className="min-h-0 flex-1 overflow-y-auto pb-4 outline-offset-[-2px]"
      >
        <ErrorBoundary key={first?.path}>
          {selection.count > 1 ? (
            <ChosenDetails selection={selection} />
          ) : first === undefined ? (
            <EmptyState icon={ScanSearch} title={t('inspector.nothing')} text={t('inspector.nothingText')} />
          ) : (
            <EntryDetails entry={first} />
          )}
        </ErrorBoundary>
      </div>
    </aside>
  );
}

/** Shows and hides the panel. */
export function InspectorButton() {
  const { t } = useTranslation();
  const isShown = useUi((state) => state.isInspectorShown);
  return (
    <IconButton
      icon={PanelRight}
      label={t(isShown ? 'inspector.hide' : 'inspector.show')}
      isActive={isShown}
      aria-pressed={isShown}
      onClick={() => useUi.getState().toggleInspector()}
    />
  );
}
