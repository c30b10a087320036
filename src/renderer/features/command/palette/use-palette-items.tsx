import { Bookmark, Folder, type LucideIcon, SquareChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COMMAND_IDS } from '../../../../shared/command-keys.ts';
import { navigate, openLocation, openSearch, openVolume } from '../../../app/navigation.ts';
import { displayName } from '../../../lib/display-name.ts';
import { lastName } from '../../../lib/entry-path.ts';
import { formatRoute } from '../../../lib/route.ts';
import { useLocations } from '../../location/location-queries.ts';
import { useSavedSearches } from '../../search/search-queries.ts';
import { useReadableAddress } from '../../volume/use-readable-address.ts';
import { useVolumeKind } from '../../volume/use-volume-kind.ts';
import { VolumeTile } from '../../volume/VolumeTile.tsx';
import { useVolumes } from '../../volume/volume-queries.ts';
import { COMMANDS, commandTitle, commandTitleNow, groupOf, isEnabled } from '../commands.ts';
import { runCommand } from '../run-command.ts';
import { shortcutsOf } from '../shortcuts.ts';
import type { PaletteItem } from './palette-item.ts';
import { recentFolders } from './recent-folders.ts';

/** Everything that the palette can lead to, but files: those are searched for. What cannot be done now is not there. */
export function usePaletteItems(): PaletteItem[] {
  const { t } = useTranslation();
  const places = usePlaces();
  return useMemo(() => {
    const commands = COMMAND_IDS.filter((id) => id !== 'app.palette' && !COMMANDS[id].isKeyOnly && isEnabled(id)).map((id): PaletteItem => {
      const title = commandTitleNow(id, t);
      const group = t(`commandGroup.${groupOf(id)}`);
      return {
        key: id,
        kind: 'command',
        label: title,
        keywords: [commandTitle(id, t), group],
        picture: sign(COMMANDS[id].icon ?? SquareChevronRight),
        detail: group,
        chord: shortcutsOf(id)[0],
        run: () => runCommand(id),
      };
    });
    return [...commands, ...places];
  }, [t, places]);
}

const sign = (Icon: LucideIcon) => <Icon className="size-4" strokeWidth={1.8} />;

function usePlaces(): PaletteItem[] {
  const volumes = useVolumes().data?.items;
  const locations = useLocations().data?.items;
  const searches = useSavedSearches().data?.items;
  const kindOf = useVolumeKind();
  const readable = useReadableAddress();
  return useMemo(() => {
    const ofVolumes = (volumes ?? [])
      .filter((volume) => volume.isUserVisible || volume.tracking !== null)
      .map(
        (volume): PaletteItem => ({
          key: `volume:${volume.fingerprint}`,
          kind: 'volume',
          label: volume.name,
          keywords: [volume.mountPoint ?? '', volume.label ?? ''],
          picture: <VolumeTile volume={volume} size="sm" />,
          detail: kindOf(volume),
          isAway: !volume.isMounted,
          run: () => openVolume(volume.fingerprint),
        }),
      );
    const ofLocations = (locations ?? []).map(
      (location): PaletteItem => ({
        key: `location:${location.id}`,
        kind: 'location',
        label: location.name,
        picture: sign(Folder),
        detail: readable(location.path),
        run: () => openLocation(location.id),
      }),
    );
    const ofSearches = (searches ?? []).map(
      (search): PaletteItem => ({
        key: `search:${search.id}`,
        kind: 'search',
        label: search.name,
        picture: sign(Bookmark),
        detail: search.query,
        run: () => openSearch({ saved: search.id }),
      }),
    );
    const recent = recentFolders(locations ?? []).map(
      ({ route, address }): PaletteItem => ({
        key: `recent:${formatRoute(route)}`,
        kind: 'recent',
        label: displayName(lastName(address)),
        picture: sign(Folder),
        detail: readable(address),
        run: () => navigate(route),
      }),
    );
    return [...ofVolumes, ...ofLocations, ...recent, ...ofSearches];
  }, [volumes, locations, searches, kindOf, readable]);
}
