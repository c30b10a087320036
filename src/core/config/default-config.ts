import type { Config } from '#shared/contract/config.ts';

/** What holds where `mooring.json` says nothing. */
export const DEFAULT_CONFIG: Config = {
  volumes: {
    autoTrack: 'never',
    prompt: true,
    neverPrompt: [],
    includeSystem: false,
    includeVirtual: false,
    refreshIntervalMs: 30_000,
    pollIntervalMs: 2000,
    probeTimeoutMs: 2000,
  },
  indexing: { watchDebounceMs: 100, networkPollMs: 30_000 },
  libraries: { open: [], current: null, folders: [] },
  log: { level: 'info' },
  appearance: { theme: 'system', language: 'system', sizeUnits: 'si', density: 'comfortable', motion: 'system' },
  explorer: { foldersFirst: true, opensBy: 'double-click', favourites: [], shortcuts: {} },
  copying: { verify: 'auto' },
  desktop: { keepInTray: true, startAtLogin: false, notifications: true },
};
