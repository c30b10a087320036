import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionPreview } from '../../../shared/contract/action.ts';
import type { RenameRule } from '../../../shared/contract/file.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { query } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { lastName } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useRunAction } from '../action/use-run-action.ts';
import { useReadableAddress } from '../volume/use-readable-address.ts';
import { RenameRuleFields } from './RenameRuleFields.tsx';

const UNCHANGED: RenameRule = {
  find: '',
  replace: '',
  isRegex: false,
  isCaseSensitive: true,
  template: null,
  letters: 'keep',
  start: 1,
  step: 1,
};
const SHOWN = 200;
/** What scrolls has to be reachable by the keyboard. */
const SCROLLABLE = { tabIndex: 0 };

/** New names for many files by a rule, each of them shown as it would be while the rule is written. */
export function RenameManyDialog({ sources }: { sources: string[] }) {
  const { t } = useTranslation();
  const close = useDialog((state) => state.close);
  const [rule, setRule] = useState<RenameRule>(UNCHANGED);
  const written = useDeferredValue(rule);
  const action = { type: 'file.rename-many' as const, sources, rule: written };
  const preview = useQuery(
    query.actions.preview.queryOptions({ input: { action }, staleTime: 0, gcTime: 0, placeholderData: keepPreviousData }),
  );
  const { run, isRunning, error } = useRunAction();
  const changeCount = preview.data?.changeCount ?? 0;
  const isShown = preview.isSuccess && !preview.isPlaceholderData && written === rule;
  const rename = async () => {
    if (await run({ type: 'file.rename-many', sources, rule })) close();
  };
  // Asked for before it is known what the rule does: it is done when that is shown, unless the rule is changed or cannot be shown.
  const [awaited, setAwaited] = useState<RenameRule | null>(null);
  const isAwaited = awaited === rule && !preview.isError;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is shown.
  useEffect(() => {
    if (!isAwaited || !isShown) return;
    setAwaited(null);
    if (changeCount > 0) void rename();
  }, [isAwaited, isShown]);
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (!isShown) setAwaited(rule);
    else if (changeCount > 0 && !isRunning) void rename();
  };
  /** A button that cannot be pressed as yet would keep Enter from its form. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.nativeEvent.isComposing) submit(event);
  };
  return (
    <Modal
      isWide
      title={t('file.renameManyTitle', { count: sources.length })}
      onClose={close}
      footer={
        <>
          <span className="mr-auto self-center text-soft text-xs" aria-live="polite">
            {preview.isFetching ? <Spinner className="size-3.5" /> : t('file.renamed', { count: changeCount, total: sources.length })}
          </span>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="rename-many" busy={isRunning || isAwaited} disabled={changeCount === 0}>
            {t('common.rename')}
          </Button>
        </>
      }
    >
      <form id="rename-many" onSubmit={submit} onKeyDown={onKeyDown} className="space-y-4">
        <RenameRuleFields rule={rule} onChange={setRule} />
        <InlineError error={error ?? preview.error} />
        {preview.data && <Names sources={sources} preview={preview.data} />}
      </form>
    </Modal>
  );
}

/** Every old name beside the new one, or what speaks against it. */
function Names({ sources, preview }: { sources: readonly string[]; preview: ActionPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const readable = useReadableAddress();
  // One file may go by several addresses.
  const newNames = new Map(preview.changes.map(({ from, to }) => [from === null ? '' : readable(from), to]));
  const problems = new Map(preview.obstacles.map((obstacle) => [readable(obstacle.path), obstacle]));
  const more = sources.length - SHOWN;
  return (
    <ul
      aria-label={t('file.newNames')}
      {...SCROLLABLE}
      className="max-h-64 divide-y divide-line overflow-y-auto rounded-xl border border-line"
    >
      {sources.slice(0, SHOWN).map((source) => {
        const name = lastName(source);
        const to = newNames.get(readable(source)) ?? null;
        const problem = problems.get(readable(source));
        const isChanged = to !== null && lastName(to) !== name;
        return (
          <li key={source} className="px-3 py-1.5">
            <div className="grid grid-cols-[minmax(0,1fr)_12px_minmax(0,1fr)] items-center gap-2.5">
              <Name className="truncate text-soft">{name}</Name>
              <ArrowRight aria-hidden className={classNames('size-3', isChanged ? 'text-accent' : 'text-line-strong')} />
              <Name className={classNames('truncate', isChanged ? 'font-medium' : 'text-faint')}>{to === null ? name : lastName(to)}</Name>
            </div>
            {problem && <p className="mt-0.5 text-bad text-xs">{errorText(problem)}</p>}
          </li>
        );
      })}
      {more > 0 && <li className="px-3 py-1.5 text-soft">{t('transfer.more', { count: more, shown: format.count(more) })}</li>}
    </ul>
  );
}
