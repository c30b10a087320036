import { formatSdPath, parseSdPath } from '#shared/sd-path.ts';
import { fromBytes, type NativePath } from '../fs/native-path.ts';
import { joinVolumePath, splitVolumePath } from '../fs/path-names.ts';

/** Names that lead to a folder, as JSON can hold them: percent-encoded as in an SdPath, without a slash at its ends. */
export function encodeNames(names: readonly NativePath[]): string {
  return formatSdPath('', joinVolumePath(names)).slice('sd:///'.length);
}

/** The reverse of `encodeNames`; null for what it has not made. */
export function decodeNames(text: string): NativePath[] | null {
  const parsed = parseSdPath(`sd://x/${text}`);
  return parsed?.type === 'physical' ? splitVolumePath(fromBytes(Buffer.from(parsed.path))) : null;
}
