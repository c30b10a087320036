import { useCallback, useMemo } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Volume } from '../../../shared/contract/volume.ts';
import { useConnection } from '../../app/connection-store.ts';
import { joinPath, mountPointToSdPath, pathBelow, volumeRoot } from '../../lib/entry-path.ts';
import type { BrowserPlace } from '../entry/browser-place.ts';
import { useVolume } from '../volume/volume-queries.ts';
import { type FolderView, forAllFolders, NO_MEMORY, type ViewMemory, viewOf, withoutView, withView } from './view-memory.ts';

/** How folders were looked at last. */
const useViewMemory = create<ViewMemory>()(persist((): ViewMemory => NO_MEMORY, { name: 'mooring-views', version: 1 }));

export interface ViewControls {
  address: string;
  /** Of the volume or location that it is seen in. */
  root: string;
  view: FolderView;
  change: (change: Partial<FolderView>) => void;
}

/** How a folder is looked at, and what changes that. */
/** @param root of the volume or location that the folder is seen in, as `useVolumeAddress` gives it */
export function useFolderView(address: string, root: string): ViewControls {
  const memory = useViewMemory();
  const change = useCallback(
    (wanted: Partial<FolderView>) => useViewMemory.setState((now) => withView(now, address, root, wanted)),
    [address, root],
  );
  return useMemo(() => ({ address, root, view: viewOf(memory, address, root), change }), [memory, address, root, change]);
}

export function applyToAllFolders({ address, root }: ViewControls): void {
  useViewMemory.setState((memory) => forAllFolders(memory, address, root));
}

export function forgetView({ address, root }: ViewControls): void {
  useViewMemory.setState((memory) => withoutView(memory, address, root));
}

/** The address by its volume, so that a folder is looked at in the same way wherever its drive is mounted, and while it is away. */
export function useVolumeAddress({ fingerprint }: Pick<BrowserPlace, 'fingerprint'>, folder: string): string {
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  return volumeAddress(folder, useVolume(fingerprint), deviceId);
}

function volumeAddress(folder: string, volume: Volume | undefined, deviceId: string): string {
  // What is listed may be told a moment later than the drive that the cable was pulled from its address.
  const mountPoint = volume?.mountPoint ?? volume?.tracking?.lastSeenMountPoint ?? null;
  if (!volume || mountPoint === null) return folder;
  const below = pathBelow(mountPointToSdPath(deviceId, mountPoint), folder);
  return below === null ? folder : joinPath(volumeRoot(volume.fingerprint), below);
}
