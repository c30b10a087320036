import { useQuery } from '@tanstack/react-query';
import { Unplug } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../../../shared/contract/entry.ts';
import { query } from '../../app/engine.ts';
import { openVolume } from '../../app/navigation.ts';
import { Name } from '../../components/Name.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { extensionOf, viewerOf } from '../preview/content-url.ts';
import { FilePreview } from '../preview/FilePreview.tsx';
import { useReadableAddress } from '../volume/use-readable-address.ts';
import { useVolumeKind } from '../volume/use-volume-kind.ts';
import { useVolume } from '../volume/volume-queries.ts';
import { kindNameOf, kindText } from './chosen-summary.ts';
import { InspectorActivity } from './InspectorActivity.tsx';
import { Fact, FactGrid, Section, TimeFact } from './InspectorFacts.tsx';
import { permissionText } from './permission-text.ts';
import { useSettled } from './use-settled.ts';

/** A key held down goes through thirty entries a second. */
const SETTLED_MS = 120;

/** All that is known of one entry. */
export function EntryDetails({ entry }: { entry: Entry }) {
  const settled = useSettled(entry, SETTLED_MS);
  const [dimensions, setDimensions] = useState<{ path: string; width: number; height: number } | null>(null);
  const isSettled = settled.path === entry.path;
  return (
    <>
      <div className="relative mx-4 h-48 overflow-hidden rounded-xl border border-line bg-sunken">
        {isSettled && (
          <FilePreview key={entry.path} entry={settled} isCompact onSize={(size) => setDimensions({ path: settled.path, ...size })} />
        )}
      </div>
      <Heading entry={entry} />
      <OfflineNote entry={entry} />
      <GeneralFacts entry={entry} dimensions={dimensions?.path === entry.path ? dimensions : null} />
      <PlaceFacts entry={entry} />
      <DiskFacts entry={entry} isAsked={isSettled} />
      {isSettled && <InspectorActivity key={entry.path} entry={settled} />}
    </>
  );
}

function Heading({ entry }: { entry: Entry }) {
  return (
    <h2 data-selectable className="px-4 pt-3 pb-2.5 font-semibold text-sm [overflow-wrap:anywhere]">
      <Name>{entry.name}</Name>
    </h2>
  );
}

function OfflineNote({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const volume = useVolume(entry.volumeFingerprint);
  if (!volume || volume.isMounted) return null;
  return (
    <p className="mx-4 mb-3 flex gap-2 rounded-lg bg-warn-wash px-3 py-2 text-warn text-xs leading-4.5">
      <Unplug aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span>{t('inspector.offlineText', { volume: displayName(volume.name) })}</span>
    </p>
  );
}

function GeneralFacts({ entry, dimensions }: { entry: Entry; dimensions: { width: number; height: number } | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sizeBytes, fileCount, folderCount, linkTarget } = entry;
  const kind = kindText(kindNameOf(entry), t);
  const extension = entry.kind === 'file' ? extensionOf(entry.name) : null;
  const contents = [
    ...(fileCount === null ? [] : [t('inspector.files', { count: fileCount, shown: format.count(fileCount) })]),
    ...(folderCount === null ? [] : [t('inspector.folders', { count: folderCount, shown: format.count(folderCount) })]),
  ];
  return (
    <Section title={t('inspector.general')}>
      <FactGrid>
        <Fact label={t('inspector.kind')}>
          {extension === null ? kind : t('inspector.kindWithExtension', { kind, extension: displayName(extension.toUpperCase()) })}
        </Fact>
        {entry.kind !== 'symlink' && (
          <Fact
            label={t('inspector.size')}
            note={sizeBytes !== null && sizeBytes >= 1000 && t('inspector.bytes', { count: sizeBytes, shown: format.count(sizeBytes) })}
          >
            {sizeBytes === null ? t('inspector.sizeUnknown') : format.size(sizeBytes)}
          </Fact>
        )}
        {contents.length > 0 && <Fact label={t('inspector.contains')}>{contents.join(', ')}</Fact>}
        {dimensions && viewerOf(entry) === 'image' && (
          <Fact label={t('inspector.dimensions')}>
            {t('preview.pixels', { width: format.count(dimensions.width), height: format.count(dimensions.height) })}
          </Fact>
        )}
        {linkTarget !== null && (
          <Fact label={t('inspector.linksTo')}>
            <Name>{linkTarget}</Name>
          </Fact>
        )}
        {entry.isHidden && <Fact label={t('inspector.hidden')}>{t('inspector.yes')}</Fact>}
      </FactGrid>
    </Section>
  );
}

function PlaceFacts({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const readable = useReadableAddress();
  const kindOf = useVolumeKind();
  const volume = useVolume(entry.volumeFingerprint);
  const seen = volume?.isMounted === false ? volume.tracking?.lastSeenAt : null;
  return (
    <Section title={t('inspector.where')}>
      <FactGrid>
        <Fact label={t('inspector.path')}>
          <Name>{readable(entry.path)}</Name>
        </Fact>
        {volume && (
          <Fact
            label={t('inspector.drive')}
            note={
              volume.isMounted
                ? kindOf(volume)
                : [t('inspector.offline'), ...(seen ? [t('inspector.lastSeen', { ago: format.ago(seen) })] : [])].join(' · ')
            }
          >
            <button
              type="button"
              onClick={() => openVolume(volume.fingerprint)}
              className="rounded text-left text-accent underline-offset-2 hover:underline"
            >
              <Name>{volume.name}</Name>
            </button>
          </Fact>
        )}
      </FactGrid>
    </Section>
  );
}

/** What only the disk itself knows; of a drive that is away, what was written down of it. */
function DiskFacts({ entry, isAsked }: { entry: Entry; isAsked: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isThere = !entry.path.startsWith('sd://volume/') && entry.problem === null;
  const { data } = useQuery(
    query.entries.details.queryOptions({
      // A file that has changed is asked for anew.
      queryKey: [...query.entries.details.key({ input: { path: entry.path } }), entry.modifiedAt, entry.mode],
      input: { path: entry.path },
      enabled: isThere && isAsked,
      staleTime: 0,
      gcTime: 10_000,
    }),
  );
  const isHoley = data?.allocatedBytes != null && entry.sizeBytes !== null && data.allocatedBytes < entry.sizeBytes;
  const hasAccess = entry.mode !== null || (data && (data.owner !== null || data.group !== null));
  return (
    <>
      <Section title={t('inspector.dates')}>
        <FactGrid>
          <TimeFact label={t('inspector.modified')} at={entry.modifiedAt} />
          <TimeFact label={t('inspector.created')} at={entry.createdAt} />
          <TimeFact label={t('inspector.accessed')} at={data?.accessedAt} />
          <TimeFact label={t('inspector.changed')} at={data?.changedAt} />
        </FactGrid>
      </Section>
      {hasAccess && (
        <Section title={t('inspector.access')}>
          <FactGrid>
            {entry.mode !== null && (
              <Fact label={t('inspector.permissions')}>
                <span className="font-mono">{permissionText(entry.mode)}</span>
              </Fact>
            )}
            {data?.owner != null && <Fact label={t('inspector.owner')}>{displayName(data.owner)}</Fact>}
            {data?.group != null && <Fact label={t('inspector.group')}>{displayName(data.group)}</Fact>}
          </FactGrid>
        </Section>
      )}
      {(data || entry.uuid !== null) && (
        <Section title={t('inspector.fileSystem')}>
          <FactGrid>
            {isHoley && <Fact label={t('inspector.onDisk')}>{format.size(data?.allocatedBytes ?? 0)}</Fact>}
            {data && entry.kind !== 'folder' && data.hardLinkCount > 1 && (
              <Fact label={t('inspector.hardLinks')}>{format.count(data.hardLinkCount)}</Fact>
            )}
            {data && (
              <Fact label={t('inspector.inode')}>
                <span className="tabular">{data.inode}</span>
              </Fact>
            )}
            {entry.uuid !== null && (
              <Fact label={t('inspector.id')}>
                <span className="font-mono text-2xs">{entry.uuid}</span>
              </Fact>
            )}
          </FactGrid>
        </Section>
      )}
    </>
  );
}
