import type { VolumeCapabilities } from '#shared/contract/volume.ts';
import { fileSystemFacts, WINDOWS_FORBIDDEN_CHARACTERS } from './file-system-facts.ts';

/** Names that Windows keeps for devices, with any extension and in any case (Microsoft, "Naming Files, Paths, and Namespaces"). */
const WINDOWS_FORBIDDEN_NAMES: readonly string[] = [
  ...['CON', 'PRN', 'AUX', 'NUL'],
  ...['COM', 'LPT'].flatMap((port) => ['1', '2', '3', '4', '5', '6', '7', '8', '9', '¹', '²', '³'].map((digit) => port + digit)),
];

/**
 * What a volume can hold when it is mounted on `platform`: what its file system can, less what the system refuses. Windows refuses
 * its forbidden names on every file system; Linux and macOS refuse what the file system's own driver refuses.
 */
export function capabilitiesOf(
  volume: { fileSystem: string; isReadOnly: boolean },
  platform: NodeJS.Platform = process.platform,
): VolumeCapabilities {
  const facts = fileSystemFacts(volume.fileSystem);
  const isWindows = platform === 'win32';
  const isNative = isNativeTo(volume.fileSystem, platform);
  return {
    fileSystem: volume.fileSystem,
    copyOnWrite: facts.supportsCow,
    caseSensitive: isNative ? facts.caseSensitive : null,
    maxFileSizeBytes: facts.maxFileSizeBytes,
    maxNameLength: facts.maxNameLength,
    maxNameUnit: facts.maxNameUnit,
    timestampGranularityNs: facts.timestampGranularityNs,
    forbiddenCharacters: `\0/${isWindows ? WINDOWS_FORBIDDEN_CHARACTERS : facts.forbiddenCharacters}`,
    forbiddenNames: ['.', '..', ...(isWindows ? WINDOWS_FORBIDDEN_NAMES : [])],
    forbidsTrailingDotOrSpace: isWindows || facts.forbidsTrailingDotOrSpace,
    symlinks: facts.symlinks,
    hardLinks: facts.hardLinks,
    // NTFS keeps access lists, not the mode bits that a copy between Unix systems carries.
    permissions: facts.permissions && !isWindows,
    extendedAttributes: facts.extendedAttributes && !isWindows,
    sparseFiles: facts.sparseFiles,
    isReadOnly: volume.isReadOnly,
  };
}

/** Whether names are compared as the format's own system compares them: NTFS on Linux depends on the driver and its options. */
function isNativeTo(fileSystem: string, platform: NodeJS.Platform): boolean {
  if (fileSystem === 'NTFS' || fileSystem === 'ReFS') return platform === 'win32';
  if (fileSystem.startsWith('APFS') || fileSystem.startsWith('HFS+')) return platform === 'darwin';
  return true;
}
