import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_CHOSEN } from '../../../shared/contract/file.ts';
import { useDialog } from '../../app/dialog-store.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Modal } from '../../components/Modal.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { useFileScope } from '../file-operation/file-scope.ts';
import { namePattern } from './name-pattern.ts';

/** Selects what is called like a pattern, and says how much that is before. */
export function SelectByNameDialog() {
  const { t } = useTranslation();
  const format = useFormat();
  const close = useDialog((state) => state.close);
  const [text, setText] = useState('*.');
  // The folder that was open when it was asked for, whatever happens behind the dialog.
  const [view] = useState(() => useFileScope.getState().view);
  const rows = view?.rows;
  const all = useQuery({
    queryKey: ['select-by-name', rows?.version],
    queryFn: () => rows?.load(0, rows.count - 1) ?? [],
    gcTime: 0,
    structuralSharing: false,
  });
  const matches = namePattern(text);
  const found = matches && all.data ? all.data.filter(({ name }) => matches(name)) : [];
  const isTooMuch = found.length > MOST_CHOSEN;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (found.length === 0 || isTooMuch) return;
    const paths = found.map(({ path }) => path);
    view?.select({ paths: new Set(paths), isAll: false, active: paths[0] ?? null, anchor: paths[0] ?? null });
    close();
  };
  const count = { count: found.length, shown: format.count(found.length) };
  const told = isTooMuch
    ? t('view.patternTooMany', { most: format.count(MOST_CHOSEN) })
    : found.length > 0
      ? t('view.patternFound', count)
      : matches && all.isSuccess
        ? t('view.patternNone')
        : '\u00a0';
  return (
    <Modal
      title={t('view.selectByName')}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" form="select-by-name" busy={all.isLoading} disabled={found.length === 0 || isTooMuch}>
            {t('view.select')}
          </Button>
        </>
      }
    >
      <form id="select-by-name" onSubmit={submit} className="space-y-3">
        <TextField label={t('view.pattern')} value={text} maxLength={255} autoFocus onChange={(event) => setText(event.target.value)} />
        <p className="text-faint text-xs">{t('view.patternHint')}</p>
        <p aria-live="polite" className="text-soft text-xs tabular">
          {told}
        </p>
        <InlineError error={all.error} />
      </form>
    </Modal>
  );
}
