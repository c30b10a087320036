import { useQuery } from '@tanstack/react-query';
import { ArrowUp, ChevronRight, Folder } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { query } from '../../app/engine.ts';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Name } from '../../components/Name.tsx';
import { Spinner } from '../../components/Spinner.tsx';
import { mountPointToSdPath, parentPath, pathBelow, plainPath } from '../../lib/entry-path.ts';
import { useFormat } from '../../lib/use-format.ts';
import { VolumeTile } from '../volume/VolumeTile.tsx';
import { groupVolumes } from '../volume/volume-facts.ts';
import { useVolumes } from '../volume/volume-queries.ts';

const ROW = 'flex h-8 w-full items-center gap-2.5 rounded-lg px-2 text-left hover:bg-hover';
const MOST_SHOWN = 1000;

/** Chooses a folder where there is no dialog of the system: a drive first, then folder by folder. Each step is already the choice. */
export function FolderChooser({ label, onChoose }: { label: string; onChoose: (path: string) => void }) {
  const [at, setAt] = useState<{ volume: Volume; folder: string } | null>(null);
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  const open = (volume: Volume, folder: string) => {
    setAt({ volume, folder });
    onChoose(plainPath(folder));
  };
  return (
    <section aria-label={label} className="mt-2 rounded-xl border border-line">
      {at ? (
        <Folders {...at} onOpen={(folder) => open(at.volume, folder)} onLeave={() => setAt(null)} />
      ) : (
        <Drives onOpen={(volume) => open(volume, mountPointToSdPath(deviceId, volume.mountPoint ?? '/'))} />
      )}
    </section>
  );
}

function Drives({ onOpen }: { onOpen: (volume: Volume) => void }) {
  const { locale } = useFormat();
  const volumes = useVolumes().data?.items ?? [];
  const mounted = groupVolumes(volumes, locale)
    .flatMap((group) => group.volumes)
    .filter((volume) => volume.isMounted && !volume.unresponsive);
  return (
    <ul className="max-h-56 overflow-y-auto p-1">
      {mounted.map((volume) => (
        <li key={volume.fingerprint}>
          <button type="button" onClick={() => onOpen(volume)} className={ROW}>
            <VolumeTile volume={volume} size="sm" />
            <Name className="min-w-0 flex-1 truncate font-medium">{volume.name}</Name>
            <ChevronRight aria-hidden className="size-3.5 text-faint" />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface FoldersProps {
  volume: Volume;
  folder: string;
  onOpen: (folder: string) => void;
  onLeave: () => void;
}

function Folders({ volume, folder, onOpen, onLeave }: FoldersProps) {
  const { t } = useTranslation();
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  const root = mountPointToSdPath(deviceId, volume.mountPoint ?? '/');
  const listing = useQuery(
    query.entries.list.queryOptions({ input: { path: folder, limit: MOST_SHOWN, showHidden: false }, staleTime: 0, gcTime: 0 }),
  );
  const folders = listing.data?.items.filter((entry) => entry.kind === 'folder') ?? [];
  const parent = pathBelow(folder, root) === '' ? null : parentPath(folder);
  return (
    <>
      <div className="flex h-9 items-center gap-1.5 border-line border-b px-1">
        <IconButton icon={ArrowUp} label={t('browser.up')} onClick={() => (parent === null ? onLeave() : onOpen(parent))} />
        <Name className="min-w-0 flex-1 truncate font-medium text-xs">{plainPath(folder)}</Name>
      </div>
      <InlineError error={listing.error} />
      {listing.isPending && <Spinner className="mx-auto my-6 size-4" />}
      {listing.data && folders.length === 0 && <p className="py-5 text-center text-faint text-xs">{t('browser.noFolders')}</p>}
      <ul className="max-h-48 overflow-y-auto p-1">
        {folders.map((entry) => (
          <li key={entry.path}>
            <button type="button" onClick={() => onOpen(entry.path)} className={ROW}>
              <Folder
                aria-hidden
                className="size-4.5 shrink-0 text-[#4a9fd4] dark:text-[#5aa9dc]"
                strokeWidth={1.6}
                fill="currentColor"
                fillOpacity={0.28}
              />
              <Name className="min-w-0 flex-1 truncate">{entry.name}</Name>
              <ChevronRight aria-hidden className="size-3.5 text-faint" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
