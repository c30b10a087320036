import { useQuery } from '@tanstack/react-query';
import { Check, ChevronRight, Folder } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { query } from '../../app/engine.ts';
import { useUi } from '../../app/ui-store.ts';
import { MENU_CONTENT, MENU_ITEM } from '../../components/Menu.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { classNames } from '../../lib/class-names.ts';
import { displayName } from '../../lib/display-name.ts';
import type { PathStep } from '../../lib/entry-path.ts';
import { useErrorText } from '../../lib/use-error-text.ts';

/** More than anybody looks through in a menu. */
const MOST_SHOWN = 500;

interface SiblingFoldersProps {
  /** Whose folders are offered. */
  folder: PathStep;
  /** Address of the one that the way goes through. */
  current: string;
  onOpen: (folder: string) => void;
}

/** The sign between two steps: a menu of all folders that the way could go through there. They are read when it opens. */
export function SiblingFolders({ folder, current, onOpen }: SiblingFoldersProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [isOpen, setOpen] = useState(false);
  const showHidden = useUi((state) => state.showHidden);
  const listing = useQuery(
    query.entries.list.queryOptions({
      input: { path: folder.path, limit: MOST_SHOWN, showHidden },
      enabled: isOpen,
      staleTime: 0,
      gcTime: 0,
    }),
  );
  const folders = listing.data?.items.filter((entry) => entry.kind === 'folder') ?? [];
  return (
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={setOpen}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          aria-label={t('path.foldersIn', { name: displayName(folder.name) })}
          className="group grid size-6 shrink-0 cursor-default place-items-center rounded-md text-faint hover:bg-pressed hover:text-ink data-[state=open]:bg-pressed"
        >
          <ChevronRight aria-hidden className="size-3.5 transition-transform duration-100 group-data-[state=open]:rotate-90" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={MENU_CONTENT} align="start" sideOffset={4} collisionPadding={8}>
          {listing.isPending && (
            <div role="status" className="grid h-9 place-items-center">
              <Spinner className="size-4" />
              <span className="sr-only">{t('path.reading')}</span>
            </div>
          )}
          {listing.isError && <p className="px-2 py-1.5 text-bad text-xs">{errorText(listing.error)}</p>}
          {listing.data && folders.length === 0 && <p className="px-2 py-1.5 text-faint text-xs">{t('browser.noFolders')}</p>}
          {folders.map((entry) => (
            <DropdownMenu.Item
              key={entry.path}
              textValue={entry.name}
              onSelect={() => onOpen(entry.path)}
              className={classNames(MENU_ITEM, entry.path === current && 'font-medium')}
            >
              <Folder aria-hidden className="size-4 shrink-0 text-[#4a9fd4]" strokeWidth={1.6} fill="currentColor" fillOpacity={0.28} />
              <Name className="min-w-0 flex-1 truncate">{entry.name}</Name>
              {entry.path === current && <Check aria-hidden className="size-4 text-accent" />}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
