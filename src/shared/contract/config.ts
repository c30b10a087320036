import { oc } from '@orpc/contract';
import { z } from 'zod';
import { VerifyChoice } from './file.ts';

/** `mooring.json`, without its version number. Every field has a default; unknown keys survive a round trip. */
export const Config = z.object({
  volumes: z.object({
    /** Track external volumes without asking. */
    autoTrack: z.enum(['never', 'external']),
    /** Ask about external volumes that are not tracked. */
    prompt: z.boolean(),
    /** Fingerprints of volumes that are never asked about. */
    neverPrompt: z.array(z.string()),
    includeSystem: z.boolean(),
    includeVirtual: z.boolean(),
    /** Full refresh of all volumes. */
    refreshIntervalMs: z.number().int().min(1000).max(3_600_000),
    /** Where the platform reports nothing by itself. */
    pollIntervalMs: z.number().int().min(250).max(60_000),
    /** A file system that does not answer for so long is shown as unresponsive. */
    probeTimeoutMs: z.number().int().min(100).max(60_000),
  }),
  indexing: z.object({
    /** How long a folder under watch has to be quiet before its changes are looked at. */
    watchDebounceMs: z.number().int().min(10).max(10_000),
    /** Network volumes under watch are looked at so often at first, and less often while nothing changes. */
    networkPollMs: z.number().int().min(1000).max(3_600_000),
  }),
  libraries: z.object({
    /** Paths of the libraries that the next start opens. */
    open: z.array(z.string()),
    current: z.string().nullable(),
    /** Further folders in which libraries are looked for. */
    folders: z.array(z.string()),
  }),
  log: z.object({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error']) }),
  appearance: z.object({
    theme: z.enum(['system', 'light', 'dark']),
    language: z.enum(['system', 'en', 'de']),
    sizeUnits: z.enum(['si', 'iec']),
    /** How much room rows and controls have. */
    density: z.enum(['comfortable', 'compact']),
    /** `reduced`: nothing moves on the page, whatever the system says. */
    motion: z.enum(['system', 'reduced']),
  }),
  explorer: z.object({
    foldersFirst: z.boolean(),
    /** What opens an entry with the mouse. */
    opensBy: z.enum(['double-click', 'click']),
    /** Addresses of folders that the user keeps at hand, in the order that they have in the sidebar. */
    favourites: z.array(z.string().min(1).max(16_384)).max(200),
    /** Keys that the user has given to commands of the page, by the command's name (`mod+shift+n`); null: none. Others have their usual ones. */
    shortcuts: z.record(z.string().max(100), z.string().max(50).nullable()),
  }),
  copying: z.object({
    /** How the page has a copy compared with its original, where the user chooses nothing else. */
    verify: VerifyChoice,
  }),
  desktop: z.object({
    keepInTray: z.boolean(),
    startAtLogin: z.boolean(),
    notifications: z.boolean(),
  }),
});
export type Config = z.infer<typeof Config>;

/** Any part of the configuration; arrays replace, objects merge. */
export const ConfigPatch = z.strictObject({
  volumes: Config.shape.volumes.partial().strict().optional(),
  indexing: Config.shape.indexing.partial().strict().optional(),
  libraries: Config.shape.libraries.partial().strict().optional(),
  log: Config.shape.log.partial().strict().optional(),
  appearance: Config.shape.appearance.partial().strict().optional(),
  explorer: Config.shape.explorer.partial().strict().optional(),
  copying: Config.shape.copying.partial().strict().optional(),
  desktop: Config.shape.desktop.partial().strict().optional(),
});
export type ConfigPatch = z.infer<typeof ConfigPatch>;

const tag = 'Configuration';
export const configContract = {
  get: oc.route({ method: 'GET', path: '/config', tags: [tag] }).output(Config),
  update: oc
    .route({ method: 'PATCH', path: '/config', tags: [tag] })
    .input(ConfigPatch)
    .output(Config),
};
