import { count, dictionaries, flag, parsePlist, text } from './parse-plist.ts';

/** `diskutil info -plist DISK`, as far as it is used here. */
export interface DiskInfo {
  identifier: string;
  wholeDisk: string | null;
  content: string | null;
  /** E.g. `Case-sensitive APFS`, `Journaled HFS+`, `MS-DOS FAT32`. */
  fileSystemName: string | null;
  fileSystemType: string | null;
  volumeName: string | null;
  volumeUuid: string | null;
  partitionUuid: string | null;
  volumeGroupId: string | null;
  isSnapshot: boolean;
  containerReference: string | null;
  physicalStores: string[];
  totalBytes: number | null;
  freeBytes: number | null;
  isInternal: boolean;
  isRemovable: boolean;
  isEjectable: boolean;
  isSolidState: boolean | null;
  isWritable: boolean;
  isOsInternal: boolean;
  isDiskImage: boolean;
  mediaName: string | null;
}

/** Null when diskutil knows nothing of the disk (it then prints a dictionary with `Error`). */
export function parseDiskInfo(xml: string): DiskInfo | null {
  const info = parsePlist(xml);
  const identifier = info && text(info.DeviceIdentifier);
  if (!info || !identifier || flag(info.Error)) return null;
  const isApfs = text(info.FilesystemType) === 'apfs';
  return {
    identifier,
    wholeDisk: text(info.ParentWholeDisk),
    content: text(info.Content),
    fileSystemName: text(info.FilesystemName),
    fileSystemType: text(info.FilesystemType),
    volumeName: text(info.VolumeName),
    volumeUuid: text(info.VolumeUUID)?.toLowerCase() ?? null,
    // Of an APFS volume, `DiskUUID` repeats the volume's own UUID.
    partitionUuid: isApfs ? null : (text(info.DiskUUID)?.toLowerCase() ?? null),
    volumeGroupId: text(info.APFSVolumeGroupID),
    isSnapshot: flag(info.APFSSnapshot),
    containerReference: text(info.APFSContainerReference),
    physicalStores: dictionaries(info.APFSPhysicalStores)
      .map((store) => text(store.APFSPhysicalStore))
      .filter((store) => store !== null),
    totalBytes: count(info.APFSContainerSize) ?? count(info.TotalSize) ?? count(info.Size),
    freeBytes: count(info.APFSContainerFree) ?? count(info.FreeSpace),
    isInternal: flag(info.Internal),
    isRemovable: flag(info.RemovableMedia) || flag(info.RemovableMediaOrExternalDevice),
    isEjectable: flag(info.Ejectable),
    isSolidState: typeof info.SolidState === 'boolean' ? info.SolidState : null,
    isWritable: flag(info.WritableVolume),
    isOsInternal: flag(info.OSInternalMedia),
    isDiskImage: text(info.BusProtocol) === 'Disk Image',
    mediaName: text(info.MediaName) ?? text(info.IORegistryEntryName),
  };
}

/** Roles (`System`, `Data`, `Preboot`, `VM` …) by volume identifier, from `diskutil apfs list -plist`. */
export function parseApfsRoles(xml: string): Map<string, string[]> {
  const rolesByIdentifier = new Map<string, string[]>();
  for (const container of dictionaries(parsePlist(xml)?.Containers)) {
    for (const volume of dictionaries(container.Volumes)) {
      const identifier = text(volume.DeviceIdentifier);
      const roles = Array.isArray(volume.Roles) ? volume.Roles.filter((role) => typeof role === 'string') : [];
      if (identifier) rolesByIdentifier.set(identifier, roles);
    }
  }
  return rolesByIdentifier;
}

/** Image file by device node (`/dev/disk6s1`), from `hdiutil info -plist`. */
export function parseImagePaths(xml: string): Map<string, string> {
  const pathByDevice = new Map<string, string>();
  for (const image of dictionaries(parsePlist(xml)?.images)) {
    const path = text(image['image-path']);
    for (const entity of dictionaries(image['system-entities'])) {
      const device = text(entity['dev-entry']);
      if (path && device) pathByDevice.set(device, path);
    }
  }
  return pathByDevice;
}
