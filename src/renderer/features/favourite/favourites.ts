import i18next from 'i18next';
import type { Location } from '../../../shared/contract/location.ts';
import type { Volume } from '../../../shared/contract/volume.ts';
import { parseSdPath } from '../../../shared/sd-path.ts';
import { useConnection } from '../../app/connection-store.ts';
import { engine } from '../../app/engine.ts';
import { afterMoves, type Move } from '../../lib/after-moves.ts';
import { lastingAddress, lastName, pathBelow, presentAddress, volumeRoot } from '../../lib/entry-path.ts';
import type { Route } from '../../lib/route.ts';
import { errorText } from '../../lib/use-error-text.ts';
import { useLocations } from '../location/location-queries.ts';
import { showToast } from '../notification/toast-store.ts';
import { useConfig } from '../settings/settings-queries.ts';
import { useVolumes } from '../volume/volume-queries.ts';

/** A folder that the user keeps at hand in the sidebar. */
export interface Favourite {
  /** By volume, so that it is known while that is away: what the configuration keeps. */
  address: string;
  /** The address that it has now. */
  path: string;
  name: string;
  /** Undefined of a drive that is not known any more. */
  volume: Volume | undefined;
  route: Route;
}

interface Known {
  volumes: readonly Volume[];
  locations: readonly Location[];
  deviceId: string;
}

/** The favourites, in their order. */
export function useFavourites(): Favourite[] {
  const addresses = useConfig()?.explorer.favourites ?? [];
  const volumes = useVolumes().data?.items ?? [];
  const locations = useLocations().data?.items ?? [];
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  return addresses.map((address) => readFavourite(address, { volumes, locations, deviceId }));
}

/** What an address among the favourites means now. */
export function readFavourite(address: string, { volumes, locations, deviceId }: Known): Favourite {
  const path = presentAddress(address, volumes, deviceId);
  const lasting = parseSdPath(lastingAddress(address, volumes, deviceId));
  const fingerprint = lasting?.type === 'volume' ? lasting.fingerprint : '';
  const volume = volumes.find((candidate) => candidate.fingerprint === fingerprint);
  const isRoot = pathBelow(volumeRoot(fingerprint), address) === '';
  const name = isRoot ? (volume?.name ?? fingerprint.slice(0, 8)) : lastName(address);
  // A location knows its folders also without its drive. Of locations in one another, the innermost.
  const [location] = locations
    .flatMap(({ id, path: root }) => [path, address].map((folder) => ({ id, below: pathBelow(root, folder) })))
    .filter(({ below }) => below !== null)
    .sort((a, b) => (a.below ?? '').length - (b.below ?? '').length);
  const route: Route = location
    ? { page: 'location', id: location.id, below: location.below === '' ? null : location.below }
    : { page: 'volume', fingerprint, section: 'files', path: isRoot ? null : path };
  return { address, path, name, volume, route };
}

/** Adds folders, by their addresses, in front of the favourite that is at `index` now; left out: at the end. What is one already stays. */
export function addFavourites(folders: readonly string[], index?: number): Promise<void> {
  return change((favourites, lasting) => {
    const added = [...new Set(folders.map(lasting))].filter((folder) => !favourites.includes(folder));
    return favourites.toSpliced(index ?? favourites.length, 0, ...added);
  });
}

export function removeFavourite(address: string): Promise<void> {
  return change((favourites) => favourites.filter((favourite) => favourite !== address));
}

/** Puts a favourite in front of the one that is at `index` now. */
export function moveFavourite(address: string, index: number): Promise<void> {
  return change((favourites) => {
    const before = favourites.slice(0, index).filter((favourite) => favourite !== address);
    return [...before, address, ...favourites.slice(index).filter((favourite) => favourite !== address)];
  });
}

/** Keeps favourites that have another name or place now. */
export function followFavourites(
  moves: readonly Move[],
  favourites: readonly string[],
  { volumes, deviceId }: Omit<Known, 'locations'>,
): void {
  const after = (favourite: string) => {
    const path = presentAddress(favourite, volumes, deviceId);
    const now = afterMoves(path, moves);
    return now === path ? favourite : lastingAddress(now, volumes, deviceId);
  };
  if (favourites.some((favourite) => after(favourite) !== favourite)) void change((current) => current.map(after));
}

type Change = (favourites: readonly string[], lasting: (folder: string) => string) => string[];

let lastChange = Promise.resolve();

/** One after the other: two at once would both change what was there before, and the first would be lost. */
function change(make: Change): Promise<void> {
  lastChange = lastChange.then(() => changeNow(make));
  return lastChange;
}

/** Other windows may have changed them: what is changed is what the engine says. */
async function changeNow(make: Change): Promise<void> {
  try {
    const [{ explorer }, { items }] = await Promise.all([engine.config.get(), engine.volumes.list({})]);
    const deviceId = useConnection.getState().engine?.device.id ?? '';
    const favourites = make(explorer.favourites, (folder) => lastingAddress(folder, items, deviceId));
    await engine.config.update({ explorer: { favourites: [...new Set(favourites)] } });
  } catch (error) {
    showToast({ tone: 'bad', title: i18next.t('favourite.failed'), text: errorText(error) });
  }
}
