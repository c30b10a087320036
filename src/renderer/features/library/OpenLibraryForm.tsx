import { useQuery } from '@tanstack/react-query';
import { LibraryBig, RotateCw } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Library } from '../../../shared/contract/library.ts';
import { query } from '../../app/engine.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Badge } from '../../components/Facts.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { FolderField } from './FolderField.tsx';
import { useEnterLibrary } from './use-enter-library.ts';

/** Libraries found on this computer and its drives, and a field for one that lies elsewhere. */
export function OpenLibraryForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation();
  const found = useQuery(query.libraries.discover.queryOptions({ input: {}, staleTime: 0 }));
  const { enter, isPending } = useEnterLibrary();
  const [error, setError] = useState<unknown>(null);
  const [path, setPath] = useState('');
  const openLibrary = (library: string, name: string) => {
    setError(null);
    enter(library, name, { onError: setError, ...(onDone ? { onDone } : {}) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    openLibrary(path.trim(), path.trim());
  };
  const items = (found.data?.items ?? []).filter((library) => !library.isCurrent);
  return (
    <div className="space-y-4">
      <div className="rounded-xl border border-line">
        {found.isPending && (
          <p className="flex items-center gap-2 px-3 py-3 text-soft">
            <Spinner /> {t('library.looking')}
          </p>
        )}
        {found.data && items.length === 0 && (
          <p className="flex items-center justify-between gap-3 px-3 py-3 text-soft">
            {t('library.noneFound')}
            <Button size="sm" variant="ghost" icon={RotateCw} busy={found.isFetching} onClick={() => found.refetch()}>
              {t('library.lookAgain')}
            </Button>
          </p>
        )}
        <ul className="divide-y divide-line">
          {items.map((library) => (
            <FoundLibrary key={library.path} library={library} isBusy={isPending} onOpen={() => openLibrary(library.path, library.name)} />
          ))}
        </ul>
      </div>
      <form onSubmit={submit} className="space-y-3">
        <FolderField label={t('library.otherPlace')} placeholder="/…/Name.sdlibrary" value={path} onChange={setPath} />
        <InlineError error={error ?? found.error} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" busy={isPending} disabled={path.trim() === ''}>
            {t('library.open')}
          </Button>
        </div>
      </form>
    </div>
  );
}

function FoundLibrary({ library, isBusy, onOpen }: { library: Library; isBusy: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="flex items-center gap-3 px-3 py-2.5">
      <LibraryBig aria-hidden className="size-5 shrink-0 text-accent" strokeWidth={1.6} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <Name className="truncate font-medium">{library.name}</Name>
          {library.problem && <Badge tone="warn">{t(`library.status.${library.status}`)}</Badge>}
        </span>
        <span className="block truncate text-faint text-xs">
          <Name>{library.problem?.message ?? library.path}</Name>
        </span>
      </span>
      <Button size="sm" disabled={isBusy || library.status === 'offline'} onClick={onOpen}>
        {t('library.open')}
      </Button>
    </li>
  );
}
