import { MooringError } from '#shared/contract/error.ts';
import type { CommandRunner } from '../run-command.ts';
import { POWERSHELL, powershellArguments } from '../win32/powershell.ts';
import { busyError, type NamedVolume, type VolumePlatform } from './volume-platform.ts';

const TIMEOUT_MS = 60_000;

/** Windows: the Explorer's own “Eject” for drives, the SMB client for shares. (`mountvol /p` would close other programs' files.) */
export function win32Platform(run: CommandRunner): VolumePlatform {
  return {
    async unmount(volume) {
      const script = unmountScript(volume);
      const { stdout } = await run(POWERSHELL, powershellArguments(script), { timeoutMs: TIMEOUT_MS });
      if (stdout.trim() !== 'done') throw busyError(volume, []);
    },
    // Ejecting and unmounting are one thing to the Explorer.
    release: async (volume) => ({ released: volume.mountType === 'Network' ? 'unmounted' : 'ejected' }),
    async mount({ label }) {
      throw new MooringError(
        'NOT_SUPPORTED',
        `Windows mounts drives by itself. Give “${label}” a letter in Disk Management, or plug it in again.`,
      );
    },
  };
}

/**
 * Prints `done` or `busy`. The Explorer's “Eject” answers nothing: whether it has worked is seen by the root folder being gone.
 * @throws MooringError `NOT_SUPPORTED` for a volume without a drive letter
 */
export function unmountScript(volume: Pick<NamedVolume, 'mountType' | 'mountPoints'>): string {
  const root = volume.mountPoints.find((mountPoint) => /^[a-z]:\\$/i.test(mountPoint));
  if (!root) throw new MooringError('NOT_SUPPORTED', 'This volume has no drive letter. Remove its folder in Disk Management.');
  const letter = root.slice(0, 2);
  if (volume.mountType === 'Network') {
    return `# unmount-share
try { Remove-SmbMapping -LocalPath ${quote(letter)} -UpdateProfile -Confirm:$false -ErrorAction Stop; 'done' } catch { 'busy' }`;
  }
  return `# eject
(New-Object -ComObject Shell.Application).Namespace(17).ParseName(${quote(letter)}).InvokeVerb('Eject')
for ($i = 0; $i -lt 40; $i++) { if (-not (Test-Path -LiteralPath ${quote(root)})) { 'done'; exit }; Start-Sleep -Milliseconds 250 }
'busy'`;
}

/** A PowerShell string that means exactly these characters (about_Quoting_Rules: in single quotes only the quote itself is special). */
function quote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}
