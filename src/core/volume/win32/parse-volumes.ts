import { z } from 'zod';

/** PowerShell's ConvertTo-Json: an array of one may come as that one, an empty one as null, and any array as `{ value, Count }`. */
function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value) => {
      if (value === null || value === undefined) return [];
      if (Array.isArray(value)) return value.filter((entry) => entry !== null);
      if (typeof value === 'object' && 'value' in value && 'Count' in value)
        return Array.isArray(value.value) ? value.value : [value.value];
      return [value];
    },
    z.array(item.catch(null as never)).transform((items) => items.filter((entry) => entry !== null)),
  );
}

const Text = z
  .preprocess((value) => (typeof value === 'string' ? value.replaceAll('\0', '').trim() : null), z.string().nullable())
  .transform((value) => value || null);
const Count = z.preprocess((value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? Math.min(number, Number.MAX_SAFE_INTEGER) : null;
}, z.number().nullable());
const Truth = z.preprocess((value) => value === true, z.boolean());

const Output = z.object({
  volumes: listOf(
    z.object({
      path: z.string(),
      letter: Text,
      fileSystem: Text,
      label: Text,
      /** MSFT_Volume: 2 removable, 3 fixed, 4 remote, 5 CD-ROM, 6 RAM disk. */
      driveType: Count,
      size: Count,
      sizeRemaining: Count,
    }),
  ),
  partitions: listOf(
    z.object({
      disk: Count,
      number: Count,
      guid: Text,
      gptType: Text,
      mbrType: Count,
      isSystem: Truth,
      isBoot: Truth,
      isReadOnly: Truth,
      accessPaths: listOf(z.string()),
    }),
  ),
  disks: listOf(
    z.object({
      number: Count,
      model: Text,
      serial: Text,
      /** MSFT_Disk: 4 FireWire, 7 USB, 9 iSCSI, 12 SD, 13 MMC, 14 virtual, 15 file-backed virtual, 17 NVMe … */
      busType: Count,
      location: Text,
      isSystem: Truth,
      isBoot: Truth,
      isReadOnly: Truth,
    }),
  ),
  /** MSFT_PhysicalDisk, MediaType: 0 not told, 3 HDD, 4 SSD, 5 storage-class memory. */
  physicalDisks: listOf(z.object({ deviceId: z.coerce.string(), mediaType: Count })),
  serials: listOf(z.object({ path: z.string(), serial: Count })),
  mappings: listOf(z.object({ local: Text, remote: Text })),
});
export type WindowsVolumes = z.infer<typeof Output>;
export type WindowsVolume = WindowsVolumes['volumes'][number];
export type WindowsPartition = WindowsVolumes['partitions'][number];
export type WindowsDisk = WindowsVolumes['disks'][number];

const NetworkOutput = z.object({ drives: listOf(z.object({ local: Text, remote: Text, label: Text, size: Count, free: Count })) });
export type WindowsNetworkDrive = z.infer<typeof NetworkOutput>['drives'][number];

/** @throws SyntaxError when this is no JSON: PowerShell could not run the script */
export function parseVolumes(stdout: string): WindowsVolumes {
  return Output.parse(parseJson(stdout));
}

/** @throws SyntaxError as `parseVolumes` */
export function parseNetworkDrives(stdout: string): WindowsNetworkDrive[] {
  return NetworkOutput.parse(parseJson(stdout)).drives;
}

function parseJson(stdout: string): unknown {
  // Windows PowerShell may put a byte order mark before its output.
  return JSON.parse(stdout.replace(/^\uFEFF/, '').trim());
}
