/**
 * The scripts that the Windows detector runs. They pass on raw numbers instead of the texts that PowerShell makes of them, which
 * depend on its version and language; what the numbers mean stands with the parser. None of them changes anything.
 */

const PRELUDE = `$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
function Raw($object, $name) { $p = $object.CimInstanceProperties[$name]; if ($p) { $p.Value } }`;

/** Volumes with partitions, disks, and the mapped network drives by name: nothing here waits for a server. */
export const VOLUMES_SCRIPT = `# volumes
${PRELUDE}
$volumes = @(Get-Volume | ForEach-Object { [ordered]@{
  path = $_.Path; letter = [string](Raw $_ 'DriveLetter'); fileSystem = Raw $_ 'FileSystem'; label = Raw $_ 'FileSystemLabel'
  driveType = Raw $_ 'DriveType'; size = Raw $_ 'Size'; sizeRemaining = Raw $_ 'SizeRemaining' } })
$partitions = @(Get-Partition | ForEach-Object { [ordered]@{
  disk = $_.DiskNumber; number = $_.PartitionNumber; guid = Raw $_ 'Guid'; gptType = Raw $_ 'GptType'; mbrType = Raw $_ 'MbrType'
  isSystem = $_.IsSystem; isBoot = $_.IsBoot; isReadOnly = $_.IsReadOnly; accessPaths = @($_.AccessPaths) } })
$disks = @(Get-Disk | ForEach-Object { [ordered]@{
  number = $_.Number; model = Raw $_ 'FriendlyName'; serial = Raw $_ 'SerialNumber'; busType = Raw $_ 'BusType'; location = Raw $_ 'Location'
  isSystem = $_.IsSystem; isBoot = $_.IsBoot; isReadOnly = $_.IsReadOnly } })
$physicalDisks = @(Get-PhysicalDisk | ForEach-Object { [ordered]@{ deviceId = Raw $_ 'DeviceId'; mediaType = Raw $_ 'MediaType' } })
$serials = @(Get-CimInstance -ClassName Win32_Volume -Property DeviceID, SerialNumber | ForEach-Object { [ordered]@{ path = $_.DeviceID; serial = $_.SerialNumber } })
$mappings = @(Get-SmbMapping | ForEach-Object { [ordered]@{ local = $_.LocalPath; remote = $_.RemotePath } })
[ordered]@{ volumes = $volumes; partitions = $partitions; disks = $disks; physicalDisks = $physicalDisks; serials = $serials; mappings = $mappings } |
  ConvertTo-Json -Depth 5 -Compress`;

/** Space on mapped network drives. Waits for their servers. */
export const NETWORK_SCRIPT = `# network
${PRELUDE}
$drives = @(Get-CimInstance -ClassName Win32_MappedLogicalDisk | ForEach-Object { [ordered]@{
  local = $_.DeviceID; remote = $_.ProviderName; label = $_.VolumeName; size = $_.Size; free = $_.FreeSpace } })
[ordered]@{ drives = $drives } | ConvertTo-Json -Depth 3 -Compress`;

export const LISTENING = 'listening';

/**
 * Prints a line for each drive letter or mounted folder that comes or goes (Win32_VolumeChangeEvent), and for each mapped network
 * drive. Ends by itself when the process that started it is gone.
 */
export function watchScript(parentPid: number): string {
  return `# watch
${PRELUDE}
Register-CimIndicationEvent -ClassName Win32_VolumeChangeEvent -SourceIdentifier volume -ErrorAction Stop
Register-CimIndicationEvent -Query 'SELECT * FROM __InstanceOperationEvent WITHIN 2 WHERE TargetInstance ISA ''Win32_NetworkConnection''' -SourceIdentifier network
[Console]::Out.WriteLine('${LISTENING}')
while (Get-Process -Id ${Math.trunc(parentPid)}) {
  $event = Wait-Event -Timeout 5
  if ($event) { $event | Remove-Event; [Console]::Out.WriteLine('changed') }
}`;
}

/** Arguments for `powershell.exe`. The script travels encoded, so that no quoting rule of any shell touches it. */
export function powershellArguments(script: string): string[] {
  return [
    '-NoProfile',
    '-NonInteractive',
    '-ExecutionPolicy',
    'Bypass',
    '-EncodedCommand',
    Buffer.from(script, 'utf16le').toString('base64'),
  ];
}

export const POWERSHELL = 'powershell.exe';
