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
  view: FolderView;
  change: (change: Partial<FolderView>) => void;
}

/** How a folder is looked at, and what changes that. */
export function useFolderView(address: string): ViewControls {
  const memory = useViewMemory();
  const change = useCallback((wanted: Partial<FolderView>) => changeView(address, wanted), [address]);
  return useMemo(() => ({ address, view: viewOf(memory, address), change }), [memory, address, change]);
}

function changeView(address: string, change: Partial<FolderView>): void {
  useViewMemory.setState((memory) => withView(memory, address, change));
}

export function applyToAllFolders(address: string): void {
  useViewMemory.setState((memory) => forAllFolders(memory, address));
}

export function forgetView(address: string): void {
  useViewMemory.setState((memory) => withoutView(memory, address));
}

/** The address by its volume, so that a folder is looked at in the same way wherever its drive is mounted, and while it is away. */
export function useVolumeAddress({ fingerprint }: Pick<BrowserPlace, 'fingerprint'>, folder: string): string {
  const deviceId = useConnection((state) => state.engine?.device.id ?? '');
  return volumeAddress(folder, useVolume(fingerprint), deviceId);
}

function volumeAddress(folder: string, volume: Volume | undefined, deviceId: string): string {
  if (!volume || volume.mountPoint === null) return folder;
  const below = pathBelow(mountPointToSdPath(deviceId, volume.mountPoint), folder);
  return below === null ? folder : joinPath(volumeRoot(volume.fingerprint), below);
}
