import { useTranslation } from 'react-i18next';
import type { Volume, VolumeCapabilities } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { Button } from '../../components/Button.tsx';
import { InlineError } from '../../components/ErrorNotice.tsx';
import { Badge, Fact, FactList, Panel } from '../../components/Facts.tsx';
import { Name } from '../../components/Name.tsx';
import { displayName } from '../../lib/display-name.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useLocations } from '../location/location-queries.ts';
import { VolumeLocations } from '../location/VolumeLocations.tsx';
import { useIndexVolume } from './use-volume-actions.ts';
import { usedFraction } from './volume-facts.ts';
import { useVolumeCapabilities } from './volume-queries.ts';

export function VolumeDetails({ volume }: { volume: Volume }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by the keyboard.
    <div tabIndex={0} className="h-full overflow-y-auto px-7 py-5">
      <div className="grid max-w-250 grid-cols-2 items-start gap-4 @max-[828px]/pane:grid-cols-1">
        <div className="space-y-4">
          <DrivePanel volume={volume} />
          {volume.tracking && <TrackingPanel volume={volume} />}
          <LocationsPanel volume={volume} />
        </div>
        <div className="space-y-4">
          <IdentityPanel volume={volume} />
          <CapabilitiesPanel volume={volume} />
        </div>
      </div>
    </div>
  );
}

function LocationsPanel({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const index = useIndexVolume(volume);
  const hasLocations = useLocations().data?.items.some((location) => location.volumeFingerprint === volume.fingerprint) ?? false;
  return (
    <Panel
      title={t('location.onDrive')}
      action={
        volume.isMounted &&
        !index.isIndexed && (
          <Button size="sm" variant="link" onClick={index.run}>
            {t('location.indexDriveMenu')}
          </Button>
        )
      }
    >
      {hasLocations ? <VolumeLocations volume={volume} /> : <p className="px-4 py-3 text-faint">{t('location.none')}</p>}
    </Panel>
  );
}

function DrivePanel({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const used = volume.totalBytes - volume.availableBytes;
  return (
    <Panel title={t('details.drive')}>
      <FactList>
        <Fact label={t('details.capacity')}>{format.size(volume.totalBytes)}</Fact>
        <Fact label={t('details.used')}>
          {format.size(used)} <span className="text-faint">({Math.round(usedFraction(volume) * 100)} %)</span>
        </Fact>
        <Fact label={volume.isMounted ? t('details.free') : t('details.freeLastSeen')}>{format.size(volume.availableBytes)}</Fact>
        <Fact label={t('details.fileSystem')}>{volume.fileSystem}</Fact>
        {volume.label && (
          <Fact label={t('details.label')}>
            <Name>{volume.label}</Name>
          </Fact>
        )}
        {volume.mountPoints.length > 0 && (
          <Fact label={t('details.mountPoints', { count: volume.mountPoints.length })}>
            {volume.mountPoints.map((point) => (
              <Name key={point} className="block break-all font-mono text-xs leading-4.5">
                {point}
              </Name>
            ))}
          </Fact>
        )}
        {volume.device && (
          <Fact label={t('details.device')}>
            <Name className="font-mono text-xs">{volume.device}</Name>
          </Fact>
        )}
        {volume.hardwareModel && (
          <Fact label={t('details.model')}>
            <Name>{volume.hardwareModel}</Name>
          </Fact>
        )}
        <Fact label={t('details.kind')}>{t(`diskType.${volume.diskType}`)}</Fact>
      </FactList>
    </Panel>
  );
}

function TrackingPanel({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const format = useFormat();
  const thisDevice = useConnection((state) => state.engine?.device.id);
  const { tracking } = volume;
  if (!tracking) return null;
  const device = tracking.lastSeenDeviceId === thisDevice ? t('volume.thisComputer') : displayName(tracking.lastSeenDeviceName);
  return (
    <Panel title={t('details.tracking')}>
      <FactList>
        <Fact label={t('details.trackedSince')}>{format.dateTime(tracking.trackedAt)}</Fact>
        <Fact label={t('details.lastSeen')}>
          {volume.isMounted ? t('details.now') : `${format.ago(tracking.lastSeenAt)} (${format.dateTime(tracking.lastSeenAt)})`}
        </Fact>
        {tracking.lastSeenMountPoint && (
          <Fact label={t('details.lastSeenWhere')}>
            <Name className="break-all font-mono text-xs">{tracking.lastSeenMountPoint}</Name>, {device}
          </Fact>
        )}
      </FactList>
    </Panel>
  );
}

const CONFIDENCE_TONE = { strong: 'good', weak: 'warn', doubtful: 'warn' } as const;

/** How Mooring recognises the drive, in words that need no knowledge of file systems. */
function IdentityPanel({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const { source, confidence } = volume.identity;
  return (
    <Panel title={t('details.identity')} action={<Badge tone={CONFIDENCE_TONE[confidence]}>{t(`confidence.${confidence}`)}</Badge>}>
      <div className="space-y-2 px-4 py-3 leading-5">
        <p>{t(`identitySource.${source}`)}</p>
        <p className="text-soft">{t(`confidenceText.${confidence}`)}</p>
        <p data-selectable className="break-all pt-1 font-mono text-2xs text-faint">
          {volume.fingerprint}
        </p>
      </div>
    </Panel>
  );
}

function CapabilitiesPanel({ volume }: { volume: Volume }) {
  const { t } = useTranslation();
  const capabilities = useVolumeCapabilities(volume.fingerprint, volume.isMounted);
  if (!volume.isMounted) return null;
  return (
    <Panel title={t('details.capabilities')}>
      {capabilities.error && (
        <div className="p-3">
          <InlineError error={capabilities.error} />
        </div>
      )}
      {capabilities.data && <Capabilities capabilities={capabilities.data} />}
    </Panel>
  );
}

function Capabilities({ capabilities }: { capabilities: VolumeCapabilities }) {
  const { t } = useTranslation();
  const format = useFormat();
  const largest = capabilities.maxFileSizeBytes;
  // NUL is forbidden everywhere, and nobody has it on a keyboard.
  const forbidden = capabilities.forbiddenCharacters.replaceAll('\0', '');
  // A limit beyond a pebibyte is no limit to anyone.
  const limit = largest === null || largest >= 2 ** 50 ? t('capability.noLimit') : format.size(largest);
  const features = ['copyOnWrite', 'symlinks', 'hardLinks', 'permissions', 'extendedAttributes', 'sparseFiles'] as const;
  return (
    <>
      <FactList>
        <Fact label={t('capability.maxFileSize')}>{limit}</Fact>
        <Fact label={t('capability.caseSensitive')}>
          {capabilities.caseSensitive === null
            ? t('common.unknown')
            : capabilities.caseSensitive
              ? t('capability.caseDiffers')
              : t('capability.caseSame')}
        </Fact>
        {forbidden !== '' && (
          <Fact label={t('capability.forbidden')}>
            <span className="font-mono text-xs tracking-widest">{displayName(forbidden)}</span>
          </Fact>
        )}
      </FactList>
      <ul className="flex flex-wrap gap-1.5 border-line border-t px-4 py-3">
        {features.map((feature) => (
          <li key={feature} className={capabilities[feature] ? '' : 'line-through decoration-faint'}>
            <Badge tone={capabilities[feature] ? 'accent' : 'neutral'}>
              {t(`capability.${feature}`)}
              {!capabilities[feature] && <span className="sr-only"> ({t('capability.missing')})</span>}
            </Badge>
          </li>
        ))}
      </ul>
    </>
  );
}
