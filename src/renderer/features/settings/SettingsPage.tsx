import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import appIcon from '../../../../resources/icon.svg';
import type { Config, ConfigPatch } from '../../../shared/contract/config.ts';
import { query } from '../../app/engine.ts';
import { useShell } from '../../app/shell.ts';
import { Button } from '../../components/Button.tsx';
import { ErrorNotice, InlineError } from '../../components/ErrorNotice.tsx';
import { Fact, FactList, Panel } from '../../components/Facts.tsx';
import { Name } from '../../components/Name.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { configQuery, useUpdateConfig } from './settings-queries.ts';

interface SectionProps {
  config: Config;
  update: (patch: ConfigPatch) => void;
}

export function SettingsPage() {
  const { t } = useTranslation();
  const config = useQuery(configQuery);
  const update = useUpdateConfig();
  const isDesktop = useShell((state) => state.client !== null);
  if (config.error) return <ErrorNotice error={config.error} onRetry={() => config.refetch()} />;
  if (!config.data) return null;
  const section: SectionProps = { config: config.data, update: (patch) => update.mutate(patch) };
  return (
    <div className="h-full overflow-y-auto px-8 pt-5 pb-16">
      <div className="mx-auto max-w-170 space-y-6">
        <h1 className="font-semibold text-2xl tracking-[-0.025em]">{t('settings.title')}</h1>
        <InlineError error={update.error} />
        <Appearance {...section} />
        <Volumes {...section} />
        {isDesktop && <Desktop {...section} />}
        <About />
      </div>
    </div>
  );
}

function Setting({ label, text, children }: { label: string; text?: string; children: ReactNode }) {
  return (
    <div className="flex min-h-12 items-center gap-6 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{label}</p>
        {text && <p className="mt-0.5 text-soft text-xs leading-4.5">{text}</p>}
      </div>
      {children}
    </div>
  );
}

function Appearance({ config, update }: SectionProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('settings.appearance')}>
      <div className="divide-y divide-line">
        <Setting label={t('settings.theme')}>
          <Segmented
            label={t('settings.theme')}
            value={config.appearance.theme}
            options={[
              { value: 'system', label: t('settings.system') },
              { value: 'light', label: t('settings.light') },
              { value: 'dark', label: t('settings.dark') },
            ]}
            onChange={(theme) => update({ appearance: { theme } })}
          />
        </Setting>
        <Setting label={t('settings.language')}>
          <Segmented
            label={t('settings.language')}
            value={config.appearance.language}
            options={[
              { value: 'system', label: t('settings.system') },
              { value: 'en', label: 'English' },
              { value: 'de', label: 'Deutsch' },
            ]}
            onChange={(language) => update({ appearance: { language } })}
          />
        </Setting>
        <Setting label={t('settings.units')} text={t('settings.unitsText')}>
          <Segmented
            label={t('settings.units')}
            value={config.appearance.sizeUnits}
            options={[
              { value: 'si', label: 'kB, MB, GB' },
              { value: 'iec', label: 'KiB, MiB, GiB' },
            ]}
            onChange={(sizeUnits) => update({ appearance: { sizeUnits } })}
          />
        </Setting>
      </div>
    </Panel>
  );
}

function Volumes({ config, update }: SectionProps) {
  const { t } = useTranslation();
  const { volumes } = config;
  return (
    <Panel title={t('settings.volumes')}>
      <div className="divide-y divide-line">
        <Setting label={t('settings.autoTrack')} text={t('settings.autoTrackText')}>
          <Toggle
            label={t('settings.autoTrack')}
            isOn={volumes.autoTrack === 'external'}
            onChange={(isOn) => update({ volumes: { autoTrack: isOn ? 'external' : 'never' } })}
          />
        </Setting>
        <Setting label={t('settings.prompt')} text={t('settings.promptText')}>
          <Toggle label={t('settings.prompt')} isOn={volumes.prompt} onChange={(prompt) => update({ volumes: { prompt } })} />
        </Setting>
        {volumes.neverPrompt.length > 0 && (
          <Setting label={t('settings.neverPrompt')} text={t('settings.neverPromptText', { count: volumes.neverPrompt.length })}>
            <Button size="sm" onClick={() => update({ volumes: { neverPrompt: [] } })}>
              {t('settings.forgetNever')}
            </Button>
          </Setting>
        )}
        <Setting label={t('settings.includeSystem')} text={t('settings.includeSystemText')}>
          <Toggle
            label={t('settings.includeSystem')}
            isOn={volumes.includeSystem}
            onChange={(includeSystem) => update({ volumes: { includeSystem } })}
          />
        </Setting>
        <Setting label={t('settings.includeVirtual')} text={t('settings.includeVirtualText')}>
          <Toggle
            label={t('settings.includeVirtual')}
            isOn={volumes.includeVirtual}
            onChange={(includeVirtual) => update({ volumes: { includeVirtual } })}
          />
        </Setting>
      </div>
    </Panel>
  );
}

function Desktop({ config, update }: SectionProps) {
  const { t } = useTranslation();
  const keys = ['keepInTray', 'startAtLogin', 'notifications'] as const;
  return (
    <Panel title={t('settings.desktop')}>
      <div className="divide-y divide-line">
        {keys.map((key) => (
          <Setting key={key} label={t(`settings.${key}`)} text={t(`settings.${key}Text`)}>
            <Toggle label={t(`settings.${key}`)} isOn={config.desktop[key]} onChange={(isOn) => update({ desktop: { [key]: isOn } })} />
          </Setting>
        ))}
      </div>
    </Panel>
  );
}

function About() {
  const { t } = useTranslation();
  const system = useQuery(query.system.info.queryOptions());
  const shell = useShell((state) => state.client);
  return (
    <Panel
      title={t('settings.about')}
      action={
        shell && (
          <Button size="sm" variant="ghost" onClick={() => shell.openLogs()}>
            {t('settings.openLogs')}
          </Button>
        )
      }
    >
      <div className="flex items-center gap-3.5 px-4 pt-4 pb-2">
        <img src={appIcon} alt="" className="size-12" />
        <div>
          <p className="font-semibold text-base">Mooring {system.data?.version}</p>
          <p className="text-soft">{t('settings.tagline')}</p>
        </div>
      </div>
      {system.error && (
        <div className="p-4">
          <InlineError error={system.error} />
        </div>
      )}
      {system.data && (
        <FactList>
          <Fact label={t('settings.device')}>
            <Name>{system.data.device.name}</Name> <span className="text-faint">({system.data.device.osVersion})</span>
          </Fact>
          <Fact label={t('settings.dataFolder')}>
            <Name className="break-all font-mono text-xs">{system.data.dataDir}</Name>
          </Fact>
          <Fact label={t('settings.runtime')}>
            Node {system.data.runtime.node} · SQLite {system.data.runtime.sqlite}
          </Fact>
          <Fact label={t('settings.licence')}>MIT</Fact>
        </FactList>
      )}
    </Panel>
  );
}
