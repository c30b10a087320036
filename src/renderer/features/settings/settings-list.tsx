import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { query } from '../../app/engine.ts';
import { useShell } from '../../app/shell.ts';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../components/Button.tsx';
import { Name } from '../../components/Name.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { LibraryFolders } from './LibraryFolders.tsx';
import type { Setting, SettingProps } from './setting.ts';
import { choice, duration, selection, toggle } from './setting-controls.tsx';
import { ShortcutList } from './shortcuts/ShortcutList.tsx';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Everything that can be set, in the order in which it is shown. */
export const SETTINGS: readonly Setting[] = [
  {
    id: 'language',
    section: 'general',
    Control: choice(
      'language',
      (t) => [
        { value: 'system', label: t('settings.system') },
        { value: 'en', label: 'English' },
        { value: 'de', label: 'Deutsch' },
      ],
      ({ appearance }) => appearance.language,
      (language) => ({ appearance: { language } }),
    ),
  },
  {
    id: 'units',
    section: 'general',
    Control: choice(
      'units',
      () => [
        { value: 'si', label: 'kB, MB, GB' },
        { value: 'iec', label: 'KiB, MiB, GiB' },
      ],
      ({ appearance }) => appearance.sizeUnits,
      (sizeUnits) => ({ appearance: { sizeUnits } }),
    ),
  },
  ...(['keepInTray', 'startAtLogin', 'notifications'] as const).map(
    (id): Setting => ({
      id,
      section: 'general',
      isOfDesktop: true,
      Control: toggle(
        id,
        ({ desktop }) => desktop[id],
        (isOn) => ({ desktop: { [id]: isOn } }),
      ),
    }),
  ),
  {
    id: 'theme',
    section: 'appearance',
    Control: choice(
      'theme',
      (t) => (['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`settings.${value}`) })),
      ({ appearance }) => appearance.theme,
      (theme) => ({ appearance: { theme } }),
    ),
  },
  {
    id: 'density',
    section: 'appearance',
    Control: choice(
      'density',
      (t) => (['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`settings.${value}`) })),
      ({ appearance }) => appearance.density,
      (density) => ({ appearance: { density } }),
    ),
  },
  {
    id: 'motion',
    section: 'appearance',
    Control: choice(
      'motion',
      (t) => (['system', 'reduced'] as const).map((value) => ({ value, label: t(`settings.${value}`) })),
      ({ appearance }) => appearance.motion,
      (motion) => ({ appearance: { motion } }),
    ),
  },
  {
    id: 'foldersFirst',
    section: 'explorer',
    Control: toggle(
      'foldersFirst',
      ({ explorer }) => explorer.foldersFirst,
      (foldersFirst) => ({ explorer: { foldersFirst } }),
    ),
  },
  {
    id: 'opensBy',
    section: 'explorer',
    Control: choice(
      'opensBy',
      (t) => [
        { value: 'double-click', label: t('settings.doubleClick') },
        { value: 'click', label: t('settings.click') },
      ],
      ({ explorer }) => explorer.opensBy,
      (opensBy) => ({ explorer: { opensBy } }),
    ),
  },
  { id: 'showHidden', section: 'explorer', Control: HiddenFiles },
  {
    id: 'autoTrack',
    section: 'volumes',
    Control: toggle(
      'autoTrack',
      ({ volumes }) => volumes.autoTrack === 'external',
      (isOn) => ({ volumes: { autoTrack: isOn ? 'external' : 'never' } }),
    ),
  },
  ...(['prompt', 'includeSystem', 'includeVirtual'] as const).map(
    (id): Setting => ({
      id,
      section: 'volumes',
      Control: toggle(
        id,
        ({ volumes }) => volumes[id],
        (isOn) => ({ volumes: { [id]: isOn } }),
      ),
    }),
  ),
  { id: 'neverPrompt', section: 'volumes', isShown: ({ volumes }) => volumes.neverPrompt.length > 0, Control: NeverPrompted },
  {
    id: 'watchDebounce',
    section: 'indexing',
    Control: duration(
      'watchDebounce',
      [50, 100, 250, 500, SECOND, 2 * SECOND, 5 * SECOND],
      ({ indexing }) => indexing.watchDebounceMs,
      (watchDebounceMs) => ({ indexing: { watchDebounceMs } }),
    ),
  },
  {
    id: 'networkPoll',
    section: 'indexing',
    Control: duration(
      'networkPoll',
      [10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE],
      ({ indexing }) => indexing.networkPollMs,
      (networkPollMs) => ({ indexing: { networkPollMs } }),
    ),
  },
  {
    id: 'verify',
    section: 'copying',
    Control: selection(
      'verify',
      (t) => (['auto', 'hash', 'size', 'none'] as const).map((value) => ({ value, label: t(`transfer.verifyChoice.${value}`) })),
      ({ copying }) => copying.verify,
      (verify) => ({ copying: { verify } }),
    ),
  },
  { id: 'shortcuts', section: 'shortcuts', isWide: true, Control: ShortcutList },
  {
    id: 'logLevel',
    section: 'advanced',
    Control: selection(
      'logLevel',
      (t) => (['error', 'warn', 'info', 'debug', 'trace'] as const).map((value) => ({ value, label: t(`settings.logLevels.${value}`) })),
      ({ log }) => log.level,
      (level) => ({ log: { level } }),
    ),
  },
  { id: 'logFiles', section: 'advanced', isOfDesktop: true, Control: LogFiles },
  { id: 'libraryFolders', section: 'advanced', isWide: true, Control: LibraryFolders },
  {
    id: 'refreshInterval',
    section: 'advanced',
    Control: duration(
      'refreshInterval',
      [10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE],
      ({ volumes }) => volumes.refreshIntervalMs,
      (refreshIntervalMs) => ({ volumes: { refreshIntervalMs } }),
    ),
  },
  {
    id: 'probeTimeout',
    section: 'advanced',
    Control: duration(
      'probeTimeout',
      [500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND],
      ({ volumes }) => volumes.probeTimeoutMs,
      (probeTimeoutMs) => ({ volumes: { probeTimeoutMs } }),
    ),
  },
  { id: 'dataFolder', section: 'advanced', Control: DataFolder },
];

function HiddenFiles() {
  const { t } = useTranslation();
  const isOn = useUi((state) => state.showHidden);
  const toggleHidden = useUi((state) => state.toggleHidden);
  return <Toggle label={t('settings.showHidden')} isOn={isOn} onChange={toggleHidden} />;
}

function NeverPrompted({ update }: SettingProps) {
  const { t } = useTranslation();
  return (
    <Button size="sm" onClick={() => update({ volumes: { neverPrompt: [] } })}>
      {t('settings.forgetNever')}
    </Button>
  );
}

function LogFiles() {
  const { t } = useTranslation();
  const shell = useShell((state) => state.client);
  return (
    <Button size="sm" onClick={() => shell?.openLogs()}>
      {t('settings.openLogs')}
    </Button>
  );
}

function DataFolder() {
  const system = useQuery(query.system.info.queryOptions());
  return <Name className="min-w-0 max-w-[55%] break-all text-right font-mono text-soft text-xs">{system.data?.dataDir ?? ''}</Name>;
}
